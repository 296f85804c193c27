"""The sections of a notice in reading order; those with nothing to say are left out, the rest numbered."""

from collections.abc import Iterator
from dataclasses import dataclass

from xypipeline.publication.rectification.cells import (
    Grid,
    broken_rules,
    candidates,
    missing_tables,
    open_entries,
    refused_files,
)
from xypipeline.publication.rectification.notice import Notice, excused_text, way_up

_NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Section:
    """A heading with text, a table, or both."""

    heading: str
    text: str
    grid: Grid | None


def sections_of(notice: Notice) -> tuple[Section, ...]:
    """The numbered sections; none for an unconnected hospital, whose notice is a form."""
    if not notice.is_connected:
        return ()
    return tuple(
        Section(f"{numeral}、{one.heading}", one.text, one.grid)
        for numeral, one in zip(_NUMERALS, _sections(notice), strict=False)
    )


def _sections(notice: Notice) -> Iterator[Section]:
    detail = notice.detail
    if detail.wanting:
        yield Section(f"未上传的表（{len(detail.wanting)}张）", excused_text(notice), missing_tables(notice))
    if to_settle := [one for one in detail.inapplicable if one.is_open]:
        yield Section(f"未开展登记须核实或续期（{len(to_settle)}项）", "", open_entries(notice))
    if notice.interruptions:
        yield Section("上传中断", notice.interruptions, None)
    if notice.rules:
        count = sum(one.count for one in notice.rules)
        yield Section(f"数据质量问题（{count:,}处）", "", broken_rules(notice))
    if detail.refused:
        yield Section(f"未接收的文件（{detail.refused_count:,}个）", "", refused_files(notice))
    if notice.next_tier:
        yield Section("进入上一梯队的最短路径", way_up(notice), candidates(notice))
