"""The tables of a notice as cells of text, the same for the Word file and the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from xypipeline.publication.details.finding_groups import FindingGroup
from xypipeline.publication.details.model import FindingExample
from xypipeline.publication.details.wording import SEVERITIES_ZH, open_text
from xypipeline.publication.rectification.notice import (
    EXAMPLES_SHOWN,
    PLACES_NAMED,
    REFUSED_SHOWN,
    RULES_SHOWN,
    Notice,
)
from xypipeline.standard.labels import FREQUENCIES

FORM_ROWS = ("未联通原因", "下一步打算", "完成时间节点")


@dataclass(frozen=True)
class Grid:
    """One table; a cell may have several lines."""

    header: tuple[str, ...]
    widths: tuple[int, ...]
    """In parts of the whole."""
    rows: tuple[tuple[str, ...], ...]
    note: str
    """What the reader must know below it; may be empty."""


def missing_tables(notice: Notice) -> Grid:
    """The tables not uploaded that the hospital owes, with what the standard says they hold."""
    rows = tuple(
        (
            str(number),
            f"{one.table.title_zh}\n{one.table.code}",
            one.table.domain_zh,
            one.table.grain,
            FREQUENCIES[one.table.expected_frequency],
            one.table.absence_note or "",
        )
        for number, one in enumerate(notice.detail.wanting, start=1)
    )
    return Grid(
        ("序号", "表", "类别", "内容", "频率", "可无数据的情形"),
        (8, 28, 14, 24, 13, 21),
        rows,
        "确未开展相应业务的，请书面说明情况并附依据；未经认定的，仍计为未上传。",
    )


def open_entries(notice: Notice) -> Grid:
    """What the register excuses the hospital from, and is in doubt or about to end."""
    rows = tuple(
        (
            one.table.title_zh,
            f"{one.entry.days.first}\n至{one.entry.days.last}",
            one.entry.evidence,
            open_text(one),
        )
        for one in notice.detail.inapplicable
        if one.is_open
    )
    note = "登记到期即失效，不自动续期；续期、撤销均须书面申请并附依据。"
    return Grid(("表", "登记期", "依据", "须办理"), (22, 16, 24, 38), rows, note)


def broken_rules(notice: Notice) -> Grid:
    """The rules broken, with where and with examples."""
    rules = notice.rules
    hidden = len(rules) - RULES_SHOWN
    return Grid(
        ("级别", "规则", "处数", "主要涉及", "示例（已脱敏）"),
        (9, 18, 9, 24, 44),
        tuple(_rule(one) for one in rules[:RULES_SHOWN]),
        "致命：该行不计入；错误：计入但不合格。"
        + (f"只列出最重、最多的{RULES_SHOWN}条规则，另有{hidden}条。" if hidden > 0 else ""),
    )


def candidates(notice: Notice) -> Grid:
    """The tables to begin with."""
    found = notice.next_tier.candidates if notice.next_tier else ()
    rows = tuple(
        (str(number), one.table.title_zh, one.table.grain, str(one.of_kind), str(one.of_all))
        for number, one in enumerate(found, start=1)
    )
    return Grid(("顺序", "表", "内容", "已上传的同类医院", "已上传的医院"), (8, 26, 38, 14, 14), rows, "")


def refused_files(notice: Notice) -> Grid:
    """The latest files that could not be read."""
    detail = notice.detail
    rows = tuple(
        (one.upload_date.isoformat(), one.path, one.reason) for one in detail.refused[:REFUSED_SHOWN]
    )
    hidden = detail.refused_count - len(rows)
    return Grid(
        ("收到日期", "文件", "原因与处理"),
        (14, 40, 46),
        rows,
        f"只列出最近的{len(rows)}个，另有{hidden}个。" if hidden else "",
    )


def _rule(group: FindingGroup) -> tuple[str, ...]:
    places = [
        f"{one.table.title_zh}·{one.column_title}" if one.column_title else one.table.title_zh
        for one in group.places
    ]
    more = f"\n等{len(places)}处字段" if len(places) > PLACES_NAMED else ""
    return (
        SEVERITIES_ZH[group.severity],
        f"{group.rule.id} {group.rule.title_zh}",
        f"{group.count:,}",
        "\n".join(places[:PLACES_NAMED]) + more,
        "\n".join(list(_examples(group))[:EXAMPLES_SHOWN]),
    )


def _examples(group: FindingGroup) -> Iterator[str]:
    """One of each place first: the same breach again teaches nothing."""
    for turn in range(max(len(one.examples) for one in group.places)):
        for one in group.places:
            if turn < len(one.examples):
                yield _example(one.examples[turn])


def _example(example: FindingExample) -> str:
    line = "" if example.line is None else f" 第{example.line}行"
    value = "（空）" if example.value_masked is None else example.value_masked
    return f"{example.path}{line}：{value}"
