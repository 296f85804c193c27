"""The comparison for the terminal: comparison.md."""

from collections.abc import Iterator

from xypipeline.harmless import escape_markdown
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
    signed,
    unfinished,
    year_rule,
)
from xypipeline.publication.comparison.year import YearLedger
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.markdown_table import markdown_table
from xypipeline.publication.wording import TITLE, period_title, versions

_FIGURES = ("上传表数量", "已上传数据量", "中断天数", "得分", "名次")
_HEADER = ("序号", "医院", *_FIGURES, "升降", "口径", "他院", "本院", "说明")
_IS_NUMBER = (True, False, *(True,) * 9, False)


def comparison_markdown(now: QuarterFigures, comparison: Comparison | None, ledger: YearLedger) -> bytes:
    """Changes, improved and good hospitals, the year's ledger; each with what its figures mean."""
    parts = [
        f"# {TITLE}：{CHANGES}、{YEAR}",
        period_title(now.attachment),
        f"## {CHANGES}",
        *(_changes(comparison) if comparison else (no_comparison(now),)),
        "## 数据连续性良好",
        _listed(now.overview.good_continuity),
        f"## {ledger.year}年{YEAR}",
        year_rule(ledger),
        _year_table(ledger),
        versions(now.attachment),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _changes(comparison: Comparison) -> Iterator[str]:
    policy = comparison.now.policy
    yield quarters_compared(comparison)
    yield from filter(None, map(unfinished, (comparison.before, comparison.now)))
    rows = [_HEADER, *(_change_cells(one, policy) for one in comparison.changes)]
    yield markdown_table(rows, _IS_NUMBER)
    if comparison.left:
        yield f"上季度在册、本季度不在册：{_listed(comparison.left)}"
    yield "\n".join(f"- {note}" for note in MOVEMENT_NOTES)
    yield f"## {IMPROVED}"
    yield improvement_rule(policy)
    yield _listed(
        [f"{one.hospital}（{signed(rounded(one.own_points, policy))}）" for one in comparison.improved]
    )


def _change_cells(change: HospitalChange, policy: Policy) -> tuple[str, ...]:
    now, before, movement = change.now, change.before, change.movement
    parts = ("places", "by_rules", "by_others", "by_own")
    return (
        str(now.seq),
        now.hospital,
        _pair(before and before.tables_uploaded, now.tables_uploaded, change.tables),
        _pair(before and before.rows_uploaded, now.rows_uploaded, change.rows),
        _pair(before and before.interruption_days, now.interruption_days, change.interruption_days),
        _pair(before and before.score, now.score, rounded(change.score, policy)),
        _pair(before and before.rank, now.rank, None),
        *(signed(getattr(movement, name)) if movement else "" for name in parts),
        change.unmoved_because or order_note(movement),
    )


def _pair(before: object, now: object, change: object) -> str:
    if before is None and now is None:
        return ""
    values = f"{'—' if before is None else before} → {'—' if now is None else now}"
    return values if change is None else f"{values}（{signed(change)}）"


def _year_table(ledger: YearLedger) -> str:
    header = ("序号", "医院", *map(str, ledger.quarters), "合计", "年度得分", "未评分的季度")
    rows = [
        (
            str(line.seq),
            line.hospital,
            *("" if one is None else str(one) for one in (*line.points, line.total, line.mean)),
            "；".join(line.unscored),
        )
        for line in ledger.lines
    ]
    numbers = (True, False, *(True for _ in ledger.quarters), True, True, False)
    return markdown_table([header, *rows], numbers)


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return f"{len(names)} 家：{'、'.join(map(escape_markdown, names))}" if names else "0 家"
