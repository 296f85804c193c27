"""A scorecard: one hospital's quarter, or the whole city's, table by table. Exact counts, no examples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import groupby
from operator import add, attrgetter

from xypipeline.publication.details.model import SEVERITIES, InapplicableTable
from xypipeline.publication.scorecards.coding import CodedValues
from xypipeline.publication.scorecards.statuses import StatusCounts
from xypipeline.publication.scorecards.timeliness import Timeliness
from xypipeline.publication.upload_state import TableState
from xypipeline.standard.model import Rule, Table

PLACEHOLDERS, ORPHANS, LATE_RECORDS = ("G02",), ("G14",), ("G24", "G25")
"""Rules whose findings are told apart: placeholder values, rows without their parent, late records."""


@dataclass(frozen=True)
class RuleResult:
    """How one rule of a table came out: in one hospital, or in how many of the city's."""

    rule: Rule
    statuses: StatusCounts
    findings: int

    def __add__(self, other: "RuleResult") -> "RuleResult":
        return RuleResult(self.rule, self.statuses + other.statuses, self.findings + other.findings)


@dataclass(frozen=True)
class FindingCount:
    """Findings of one rule in one column, of one severity."""

    rule: Rule
    severity: str
    column_name: str | None
    count: int
    this_week: int
    """In the last seven days up to the cut-off day."""
    week_before: int
    """In the seven days before these."""

    @property
    def change(self) -> int:
        """Against the week before; more is worse."""
        return self.this_week - self.week_before

    @property
    def place(self) -> tuple[int, str, str]:
        """What tells it from others of the table; the severest come first."""
        return SEVERITIES.index(self.severity), self.rule.id, self.column_name or ""

    def __add__(self, other: "FindingCount") -> "FindingCount":
        return replace(
            self,
            count=self.count + other.count,
            this_week=self.this_week + other.this_week,
            week_before=self.week_before + other.week_before,
        )


@dataclass(frozen=True)
class TableCard:
    """One table of a scorecard."""

    table: Table
    rows_accepted: int
    rows_qualified: int
    rules: tuple[RuleResult, ...]
    """Every rule that is judged of the table, in the order of the rules."""
    coded: Mapping[str, CodedValues]
    """By field code, in the table's order of fields; empty without accepted rows."""
    timeliness: Timeliness
    findings: tuple[FindingCount, ...]
    """The severest first."""
    state: TableState | None
    """Of daily tables only."""

    @cached_property
    def statuses(self) -> StatusCounts:
        """The rules' statuses together."""
        return reduce(add, (one.statuses for one in self.rules), StatusCounts())

    def count(self, *rule_ids: str) -> int:
        """Findings of these rules, or of all if none is named."""
        return sum(one.count for one in self.findings if not rule_ids or one.rule.id in rule_ids)

    @property
    def this_week(self) -> int:
        """Findings of the last seven days."""
        return sum(one.this_week for one in self.findings)

    @property
    def week_before(self) -> int:
        """Findings of the seven days before."""
        return sum(one.week_before for one in self.findings)

    def __add__(self, other: "TableCard") -> "TableCard":
        return TableCard(
            table=self.table,
            rows_accepted=self.rows_accepted + other.rows_accepted,
            rows_qualified=self.rows_qualified + other.rows_qualified,
            rules=tuple(map(add, self.rules, other.rules)),
            coded=_coded(self, other),
            timeliness=self.timeliness + other.timeliness,
            findings=merge_findings((*self.findings, *other.findings)),
            state=self.state and self.state + other.state,
        )


@dataclass(frozen=True)
class Scorecard:
    """One hospital's scorecard, or the city's."""

    org_code: str | None
    """None: the city's, every hospital's added up."""
    title: str
    district: str
    has_delivered: bool
    """Whether anything came in the quarter, be it refused row by row."""
    tables: tuple[TableCard, ...]
    """Every table of the standard, in its order."""
    inapplicable: tuple[InapplicableTable, ...] = ()
    """What the register excuses from."""


def add_up(cards: Iterable[Scorecard], title: str) -> Scorecard | None:
    """The city's scorecard; None of no hospitals."""
    cards = tuple(cards)
    if not cards:
        return None
    tables = tuple(reduce(add, same_table) for same_table in zip(*(one.tables for one in cards), strict=True))
    inapplicable = tuple(entry for one in cards for entry in one.inapplicable)
    return Scorecard(None, title, "", any(one.has_delivered for one in cards), tables, inapplicable)


def merge_findings(findings: Iterable[FindingCount]) -> tuple[FindingCount, ...]:
    """One entry per rule, severity and column."""
    place = attrgetter("place")
    return tuple(reduce(add, same) for _, same in groupby(sorted(findings, key=place), place))


def _coded(one: TableCard, other: TableCard) -> Mapping[str, CodedValues]:
    # Either has all of the table's coded fields, or has no rows and therefore none.
    codes = one.coded.keys() | other.coded.keys()
    ordered = [field.code for field in one.table.fields if field.code in codes]
    return {
        code: one.coded.get(code, CodedValues()) + other.coded.get(code, CodedValues()) for code in ordered
    }
