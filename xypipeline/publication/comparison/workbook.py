"""comparison.xlsx: the changes, the improved, and the year's ledger, one sheet each."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.workbook import Workbook

from xypipeline.policy.policy import Policy
from xypipeline.publication.comparison.compare import Comparison, HospitalChange
from xypipeline.publication.comparison.wording import (
    CHANGES,
    IMPROVED,
    MOVEMENT_NOTES,
    YEAR,
    improvement_rule,
    no_comparison,
    order_note,
    quarters_compared,
    rounded,
    unfinished,
    year_rule,
)
from xypipeline.publication.comparison.year import YearLedger
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.wording import period_title, versions
from xypipeline.publication.workbook_styles import Styles, set_up_page, write_row

# A hospital's name is text, whatever it begins with.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_HEADER_ROW = 1
# Points: three lines of a header, two of a note.
_HEADER_HEIGHT, _NOTE_HEIGHT = 54, 34
_COMPARED = ("上传表数量", "已上传数据量", "中断天数", "综合得分")
_CHANGE_HEADER = (
    "序号",
    "地区",
    "医院",
    *(f"{title}\n{when}" for title in _COMPARED for when in ("上季", "本季", "变化")),
    *(f"名次\n{when}" for when in ("上季", "本季", "升降")),
    *(f"升降中\n{part}" for part in ("口径", "他院", "本院")),
    "说明",
)
_SCORE_COLUMNS = range(12, 15)


@dataclass(frozen=True)
class Sheet:
    """What one sheet holds; cells are numbers, texts or None."""

    name: str
    title: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[tuple[object, ...]]
    notes: tuple[str, ...]
    decimals: Mapping[int, int]


def comparison_workbook(now: QuarterFigures, comparison: Comparison | None, ledger: YearLedger) -> bytes:
    """The workbook; the same figures always give the same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        # Left to itself, the writer would put the time of writing into the file.
        created = datetime.combine(now.as_of, time())
        workbook.set_properties({"title": CHANGES, "comments": versions(now.attachment), "created": created})
        styles = Styles(workbook)
        for sheet in (_changes(now, comparison), _improved(now, comparison), _year(now, ledger)):
            _add_sheet(workbook, sheet, styles)
    return content.getvalue()


def _add_sheet(workbook: Workbook, sheet: Sheet, styles: Styles) -> None:
    page = workbook.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    last = len(sheet.header) - 1
    set_up_page(page, header_rows=(_HEADER_ROW, _HEADER_ROW), frozen_columns=3)
    page.set_row(0, 34)
    page.merge_range(0, 0, 0, last, sheet.title, styles.title)
    page.set_row(_HEADER_ROW, _HEADER_HEIGHT)
    for column, title in enumerate(sheet.header):
        page.write_string(_HEADER_ROW, column, title, styles.header)
    for row, cells in enumerate(sheet.rows, start=_HEADER_ROW + 1):
        write_row(page, row, cells, styles, sheet.decimals)
    for row, note in enumerate(sheet.notes, start=_HEADER_ROW + 1 + len(sheet.rows)):
        page.set_row(row, _NOTE_HEIGHT)
        page.merge_range(row, 0, row, last, note, styles.note)


def _changes(now: QuarterFigures, comparison: Comparison | None) -> Sheet:
    notes = (no_comparison(now),)
    if comparison:
        warnings = filter(None, map(unfinished, (comparison.before, now)))
        left = (f"上季度在册、本季度不在册：{'、'.join(comparison.left)}",) if comparison.left else ()
        notes = (quarters_compared(comparison), *warnings, *left, *MOVEMENT_NOTES)
    changes = comparison.changes if comparison else ()
    return Sheet(
        name=CHANGES,
        title=f"{period_title(now.attachment)}{CHANGES}",
        header=_CHANGE_HEADER,
        widths=(5, 8, 25, *(7, 7, 7), *(11, 11, 11), *(7, 7, 7), *(8, 8, 8), *(6, 6, 6), *(7, 7, 7), 30),
        rows=[_change_cells(one, now.policy) for one in changes],
        notes=notes,
        decimals=dict.fromkeys(_SCORE_COLUMNS, now.policy.decimals["score"]),
    )


def _change_cells(change: HospitalChange, policy: Policy) -> tuple[object, ...]:
    now, before, movement = change.now, change.before, change.movement
    changed = {
        "tables_uploaded": change.tables,
        "rows_uploaded": change.rows,
        "interruption_days": change.interruption_days,
        "score": rounded(change.score, policy),
        "rank": movement and movement.places,
    }
    compared = (
        cell
        for name, difference in changed.items()
        for cell in (before and getattr(before, name), getattr(now, name), difference)
    )
    parts = (movement.by_rules, movement.by_others, movement.by_own) if movement else (None,) * 3
    remark = change.unmoved_because or order_note(movement)
    return (now.seq, now.district, now.hospital, *compared, *parts, remark or None)


def _improved(now: QuarterFigures, comparison: Comparison | None) -> Sheet:
    improved = comparison.improved if comparison else ()
    return Sheet(
        name=IMPROVED,
        title=f"{period_title(now.attachment)}{IMPROVED}",
        header=("序号", "地区", "医院", "本院变化\n增加得分"),
        widths=(8, 12, 40, 16),
        rows=[
            (number, one.district, one.hospital, rounded(one.own_points, now.policy))
            for number, one in enumerate(improved, start=1)
        ],
        notes=(improvement_rule(now.policy),) if comparison else (no_comparison(now),),
        decimals={3: now.policy.decimals["score"]},
    )


def _year(now: QuarterFigures, ledger: YearLedger) -> Sheet:
    numbers = len(ledger.quarters) + 2
    return Sheet(
        name=YEAR,
        title=f"{ledger.year}年{YEAR}",
        header=("序号", "地区", "医院", *map(str, ledger.quarters), "合计", "年度得分", "未评分的季度"),
        widths=(6, 10, 28, *(11 for _ in range(numbers)), 50),
        rows=[
            (
                line.seq,
                line.district,
                line.hospital,
                *line.points,
                line.total,
                line.mean,
                "；".join(line.unscored) or None,
            )
            for line in ledger.lines
        ],
        notes=(year_rule(ledger),),
        decimals=dict.fromkeys(range(3, 3 + numbers), now.policy.decimals["score"]),
    )
