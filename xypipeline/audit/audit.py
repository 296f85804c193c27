"""Audits a bulletin: every claim of it, each with its verdict."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from xypipeline.audit.canonical import canonical
from xypipeline.audit.claims import Audit, Basis, Claim, Comparison, settle
from xypipeline.audit.columns import COLUMNS_ZH, show_cell
from xypipeline.audit.document import Document
from xypipeline.audit.evidence import Evidence, gather_evidence
from xypipeline.audit.grouping import tiers_named
from xypipeline.audit.judge_counts import (
    judge_count,
    judge_most,
    judge_rate,
    judge_rows,
    judge_tier,
    judge_tiers,
)
from xypipeline.audit.judge_dates import DATE_JUDGES
from xypipeline.audit.judge_names import judge_names, judge_spelling
from xypipeline.audit.judge_rules import (
    judge_cutoff,
    judge_good_days,
    judge_indicators,
    judge_missing,
    judge_points,
    judge_tables,
    strange_indicators,
)
from xypipeline.audit.names import NameBook
from xypipeline.audit.prose import read_prose
from xypipeline.audit.published import PublishedFigures
from xypipeline.audit.rows import judge_table
from xypipeline.audit.statements import GROUPS_ZH, Group, Statement, Topic
from xypipeline.audit.table import StatedTable, read_table
from xypipeline.policy.policy import Policy
from xypipeline.registry.model import Registry

Judge = Callable[[Statement, Evidence], Iterator[Comparison]]

_JUDGES: Mapping[Topic, tuple[Judge, ...]] = {
    Topic.COUNT: (judge_count,),
    Topic.NAMES: (judge_names, judge_spelling),
    Topic.RATE: (judge_rate,),
    Topic.TIERS: (judge_tiers,),
    Topic.TIER: (judge_tier,),
    Topic.ROWS: (judge_rows,),
    Topic.MOST: (judge_most,),
    Topic.CUTOFF: (judge_cutoff,),
    Topic.MISSING: (judge_missing,),
    Topic.TABLES: (judge_tables,),
    Topic.GOOD_DAYS: (judge_good_days,),
    Topic.POINTS: (judge_points,),
    Topic.INDICATORS: (judge_indicators,),
    **{topic: (judge,) for topic, judge in DATE_JUDGES.items()},
}
UNKNOWN_NUMBER = "未识别的数字"
"""Subject of a number that belongs to no kind of claim."""
_SUBJECTS: Mapping[Topic, str] = {
    Topic.RATE: "接入率",
    Topic.TIERS: "梯队个数",
    Topic.TIER: "梯队",
    Topic.ROWS: "已上传数据量合计",
    Topic.MOST: "多数医院持续上传",
    Topic.TABLES: "规定上传表数",
    Topic.QUARTER: "统计期",
    Topic.AS_OF: "统计截止日期",
    Topic.DEADLINE: "报送期限",
    Topic.ISSUED: "成文日期",
    Topic.DAY: "日期",
    Topic.YEAR: "年度",
    Topic.YEAR_END: "年底期限",
    Topic.NUMBER: "发文字号",
    Topic.NUMBER_YEAR: "发文年份",
    Topic.GOOD_DAYS: "连续性良好的中断天数上限",
    Topic.POINTS: "年终考核分值",
    Topic.INDICATORS: "考核指标个数",
    Topic.CONTACT: "联系方式",
    Topic.UNKNOWN_NUMBER: UNKNOWN_NUMBER,
}
_SUFFIXES = {
    Topic.COUNT: "家数",
    Topic.NAMES: "名单",
    Topic.CUTOFF: "完整率界限",
    Topic.MISSING: "缺失表数量",
}
_NO_BASIS = "文中和现有数据中没有可供核对的依据"


def audit_document(
    document: Document,
    figures: PublishedFigures | None = None,
    *,
    registry: Registry | None = None,
    policy: Policy | None = None,
) -> Audit:
    """Take a bulletin apart and judge each claim against the rest of it and, if given, our figures.

    Args:
        document: the bulletin as read.
        figures: our published figures of the quarter; with them, deadlines and cut-offs are held against
            the policy, too.
        registry: the hospitals that there are; None: only those of the bulletin and the figures are known.
        policy: None takes that of the quarter's year.

    Returns:
        Every claim, in the document's order. The same statement in several places is one claim. A number that
        no claim is made of is a claim of its own, unsupported.
    """
    table = read_table(document.lines)
    book = NameBook(_known_names(table, figures, registry))
    prose = [*(line for line in document.lines if line.cells is None), *table.titles, *table.others]
    statements = [statement for line in prose for statement in read_prose(line, book)]
    tiers = frozenset(
        tier for line in document.lines if line.cells is None for tier in tiers_named(canonical(line.text))
    )
    evidence = gather_evidence(statements, table, tiers, figures, (registry, policy))
    claims = [*_prose_claims(evidence), *judge_table(evidence)]
    order = {line.where: place for place, line in reversed(list(enumerate(document.lines)))}
    return Audit(tuple(sorted(claims, key=lambda claim: order.get(claim.places[0], 0))))


def _known_names(
    table: StatedTable, figures: PublishedFigures | None, registry: Registry | None
) -> Iterator[str]:
    yield from (row.figures.hospital for row in table.rows)
    yield from (row.hospital for row in (figures.rows if figures else ()))
    yield from (item.name for item in (registry.institutions if registry else ()))


def _prose_claims(evidence: Evidence) -> Iterator[Claim]:
    alike: dict[tuple, list[Statement]] = {}
    for one in evidence.statements:
        alike.setdefault((one.topic, one.about, one.value, one.stated), []).append(one)
    for same in alike.values():
        yield _claim(same, evidence)


def _claim(same: Sequence[Statement], evidence: Evidence) -> Claim:
    first = same[0]
    places = tuple(dict.fromkeys(one.where for one in same))
    comparisons = tuple(found for judge in _judges(first) for found in judge(first, evidence))
    return settle(_subject(first), first.stated, places, comparisons, _no_basis(first))


def _judges(statement: Statement) -> tuple[Judge, ...]:
    return (_judge_hospital,) if statement.topic == Topic.HOSPITAL else _JUDGES.get(statement.topic, ())


def _judge_hospital(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A figure in brackets behind a hospital's name."""
    hospital, column = statement.about
    for source in evidence.sources:
        row = source.by_name.get(hospital)
        found = row and getattr(row, column)
        if found is not None:
            yield Comparison(source.basis, found == statement.value, show_cell(column, found))
        elif source.basis == Basis.OURS:
            yield Comparison(source.basis, agrees=False, found="无此数")


def _subject(statement: Statement) -> str:
    if statement.topic == Topic.HOSPITAL:
        hospital, column = statement.about
        return f"{hospital} {COLUMNS_ZH[column]}"
    if isinstance(statement.about, Group) and statement.topic in _SUFFIXES:
        group = GROUPS_ZH[statement.about].removesuffix("总数")
        return group + _SUFFIXES[statement.topic]
    return _SUBJECTS[statement.topic]


def _no_basis(statement: Statement) -> str:
    if statement.topic == Topic.UNKNOWN_NUMBER:
        return f"上下文：…{statement.about}…"
    return strange_indicators(statement) or _NO_BASIS
