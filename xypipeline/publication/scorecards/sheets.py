"""The sheets of a scorecard, a hospital's or the city's. What is rounded is rounded here, once."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add

from xypipeline.publication.details.wording import SEVERITIES_ZH
from xypipeline.publication.rounding import percentage
from xypipeline.publication.scorecards.model import (
    LATE_RECORDS,
    ORPHANS,
    PLACEHOLDERS,
    FindingCount,
    RuleResult,
    Scorecard,
    TableCard,
)
from xypipeline.publication.scorecards.shares import percentages
from xypipeline.publication.scorecards.sheet import Cell, Column, Sheet, text
from xypipeline.publication.scorecards.statuses import Status, StatusCounts
from xypipeline.publication.scorecards.timeliness import UNITS_ZH
from xypipeline.standard.labels import FREQUENCIES, KINDS
from xypipeline.standard.model import Table

STATUSES_ZH: Mapping[Status, str] = {
    "passed": "通过",
    "failed": "未通过",
    "not_applicable": "不适用",
    "no_data": "无数据",
    "error": "无法判定",
}
_KINDS_ZH = ("有效代码", "其他", "不详", "无效代码", "空缺")
_TIMELY_ZH = ("按时", "迟到", "缺失")
_TABLE = text("表", 20)
_STATUS_COLUMNS = (*(Column(title) for title in STATUSES_ZH.values()), Column("通过率(%)"))
_WEEKS = (Column("近7天"), Column("前7天"), Column("变化"))
_SUMMARY = (
    Column("有效行", 11),
    Column("合格行", 11),
    Column("合格率(%)"),
    *_STATUS_COLUMNS,
    Column("问题数"),
    *_WEEKS,
    Column("占位值"),
    Column("孤立记录"),
)
_RULE = (_TABLE, text("规则", 8), text("名称", 22), text("类别", 8), text("级别", 6))


def overview_sheet(card: Scorecard, decimals: int) -> Sheet:
    """All tables together, then each table."""
    rows = [("合计", None, *_summary(card.tables, decimals))]
    rows += [(one.table.title_zh, one.table.domain_zh, *_summary([one], decimals)) for one in card.tables]
    return Sheet("总览", (_TABLE, text("类别", 10), *_SUMMARY), tuple(rows))


def hospitals_sheet(cards: Sequence[Scorecard], decimals: int) -> Sheet:
    """Each hospital, all its tables together."""
    rows = tuple((one.title, one.district, *_summary(one.tables, decimals)) for one in cards)
    links = tuple(f"{one.org_code}.html" if one.has_delivered else None for one in cards)
    return Sheet("医院", (text("医院", 26), text("地区", 9), *_SUMMARY), rows, links=links)


def rules_sheet(card: Scorecard, decimals: int) -> Sheet:
    """Each rule of each table: its status, or in the city's card how many hospitals have which."""
    if card.org_code is None:
        columns = (*_RULE, *_STATUS_COLUMNS, Column("问题数"))
        rows = tuple(
            (*words, *_statuses(one.statuses, decimals), one.findings) for words, one in _results(card)
        )
        return Sheet("规则", columns, rows, "通过、未通过等各列为医院数。")
    columns = (*_RULE, text("状态", 9), Column("问题数"))
    rows = tuple((*words, STATUSES_ZH[one.statuses.only], one.findings) for words, one in _results(card))
    return Sheet("规则", columns, rows)


def coding_sheet(card: Scorecard, decimals: int) -> Sheet:
    """Each coded field of each table with accepted rows: how many values of each kind."""
    columns = (
        _TABLE,
        text("字段", 18),
        text("值域", 18),
        Column("有效行", 11),
        *(Column(title, 10) for title in _KINDS_ZH),
        *(Column(f"{title}(%)", 10) for title in _KINDS_ZH),
    )
    rows = tuple(
        (
            one.table.title_zh,
            one.table.field(code).title_zh,
            one.table.field(code).value_domain,
            values.total,
            *values.parts,
            *percentages(values.parts, decimals),
        )
        for one in card.tables
        for code, values in one.coded.items()
    )
    return Sheet("编码字段", columns, rows)


def timeliness_sheet(card: Scorecard, decimals: int) -> Sheet:
    """Each table: of what was due, how much came on time, late or not at all."""
    columns = (
        _TABLE,
        text("频率", 9),
        text("单位", 10),
        Column("应到"),
        *(Column(title) for title in _TIMELY_ZH),
        *(Column(f"{title}(%)") for title in _TIMELY_ZH),
        Column("迟到记录", 10),
    )
    rows = tuple(
        (
            one.table.title_zh,
            FREQUENCIES[one.table.expected_frequency],
            UNITS_ZH[one.table.expected_frequency],
            one.timeliness.due,
            *one.timeliness.parts,
            *percentages(one.timeliness.parts, decimals),
            one.count(*LATE_RECORDS),
        )
        for one in card.tables
    )
    return Sheet("及时性", columns, rows)


def findings_sheet(card: Scorecard) -> Sheet:
    """Findings by table, rule and column, the most frequent first, with the last week's change."""
    columns = (_TABLE, text("字段", 18), *_RULE[1:], Column("问题数"), *_WEEKS)
    found = [(one.table, finding) for one in card.tables for finding in one.findings]
    found.sort(key=lambda pair: (-pair[1].count, pair[0].no, pair[1].place))
    return Sheet("问题", columns, tuple(_finding_cells(table, one) for table, one in found))


def _finding_cells(table: Table, one: FindingCount) -> tuple[Cell, ...]:
    column = table.field(one.column_name).title_zh if one.column_name else None
    severity = SEVERITIES_ZH[one.severity]
    words = (table.title_zh, column, one.rule.id, one.rule.title_zh, KINDS[one.rule.kind], severity)
    return (*words, one.count, one.this_week, one.week_before, one.change)


def _results(card: Scorecard) -> Iterator[tuple[tuple[str, ...], RuleResult]]:
    for one in card.tables:
        for result in one.rules:
            rule = result.rule
            severity = SEVERITIES_ZH[rule.severity]
            yield (one.table.title_zh, rule.id, rule.title_zh, KINDS[rule.kind], severity), result


def _summary(tables: Sequence[TableCard], decimals: int) -> tuple[Cell, ...]:
    accepted, qualified = sum(one.rows_accepted for one in tables), sum(one.rows_qualified for one in tables)
    this_week, before = sum(one.this_week for one in tables), sum(one.week_before for one in tables)
    return (
        accepted,
        qualified,
        percentage(qualified, accepted, decimals),
        *_statuses(reduce(add, (one.statuses for one in tables), StatusCounts()), decimals),
        sum(one.count() for one in tables),
        this_week,
        before,
        this_week - before,
        sum(one.count(*PLACEHOLDERS) for one in tables),
        sum(one.count(*ORPHANS) for one in tables),
    )


def _statuses(counts: StatusCounts, decimals: int) -> tuple[Cell, ...]:
    each = (getattr(counts, status) for status in STATUSES_ZH)
    return (*each, percentage(counts.passed, counts.judged, decimals))
