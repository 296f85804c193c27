"""Puts the scorecards of a scored quarter together; nothing of a patient's is in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.policy.policy import Policy
from xypipeline.publication.details.inapplicable import read_inapplicable
from xypipeline.publication.details.model import InapplicableTable
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.scorecards.facts import Facts, Received, read_facts
from xypipeline.publication.scorecards.model import RuleResult, Scorecard, TableCard
from xypipeline.publication.scorecards.statuses import StatusCounts, status_of
from xypipeline.publication.scorecards.timeliness import Due, Timeliness, timeliness_of
from xypipeline.publication.standing import HospitalStanding
from xypipeline.publication.upload_state import Expected, TableState, state_of
from xypipeline.registry.model import Registry, TableKey
from xypipeline.standard.judged import JudgedRule
from xypipeline.standard.model import Catalogue, Table

# A week that ends in the quarter may have begun before it.
_WEEK = timedelta(days=6)


def read_scorecards(
    connection: DuckDBPyConnection,
    figures: QuarterFigures,
    catalogue: Catalogue,
    registry: Registry,
    judged: Iterable[JudgedRule],
) -> tuple[Scorecard, ...]:
    """The scorecard of each hospital that was expected to upload in the quarter or did, in figures' order.

    Args:
        connection: the warehouse.
        figures: the quarter's.
        catalogue: the standard that it was checked with.
        registry: says on which days each hospital was expected to upload, and which tables it need not.
        judged: every rule that is judged of each table, table by table.

    Raises:
        PublicationError: the quarter was checked with rules that the catalogue does not have.

    Source: docs/scoring.md, clauses 13 and 14.
    """
    period, judged = Period(figures.quarter.first, figures.as_of), tuple(judged)
    rules = defaultdict(list)
    for one in judged:
        rules[one.table_code].append(one)
    facts = read_facts(connection, catalogue, period, judged)
    uploading = {org_code for org_code, _ in facts.received}
    excused = _read_excused(connection, catalogue, registry, period, figures.policy)
    makers = (
        _Maker(standing, catalogue, rules, facts, _due(registry, standing, period), excused, figures.policy)
        for standing in figures.standings
        if standing.expected_days or standing.org_code in uploading
    )
    return tuple(maker.scorecard() for maker in makers)


def _due(registry: Registry, standing: HospitalStanding, period: Period) -> Due:
    days = registry.expected_days(standing.org_code, period.first - _WEEK, period.last)
    return Due(period, frozenset(days))


@dataclass(frozen=True)
class _Excused:
    """What the register excuses hospitals from."""

    tables: Collection[TableKey]
    """For the whole period."""
    days: Mapping[TableKey, Collection[date]]
    entries: Mapping[str, tuple[InapplicableTable, ...]]
    """By org_code."""


def _read_excused(
    connection: DuckDBPyConnection, catalogue: Catalogue, registry: Registry, period: Period, policy: Policy
) -> _Excused:
    days: dict[TableKey, set[date]] = defaultdict(set)
    for org_code, table_code, day in registry.excused_days(period.first - _WEEK, period.last):
        days[org_code, table_code].add(day)
    return _Excused(
        registry.inapplicable_tables(period.first, period.last),
        days,
        read_inapplicable(connection, registry, catalogue, period, policy.renewal_within_days),
    )


@dataclass(frozen=True)
class _Maker:
    """Makes one hospital's scorecard."""

    standing: HospitalStanding
    catalogue: Catalogue
    rules: Mapping[str, Iterable[JudgedRule]]
    facts: Facts
    due: Due
    excused: _Excused
    policy: Policy

    def scorecard(self) -> Scorecard:
        org_code = self.standing.org_code
        excused = {code for org, code in self.excused.tables if org == org_code}
        evidence = self.facts.evidence_of(org_code)
        tables = []
        for table in self.catalogue.tables.values():
            results = tuple(
                RuleResult(
                    one.rule,
                    StatusCounts.of(
                        status_of(one, evidence, uncomputed=self.facts.uncomputed, not_applicable=excused)
                    ),
                    evidence.findings.get((table.code, one.rule.id), 0),
                )
                for one in self.rules[table.code]
            )
            is_excused = table.code in excused and not evidence.rows_received.get(table.code)
            tables.append(self._table_card(table, results, is_excused=is_excused))
        return Scorecard(
            org_code=org_code,
            title=self.standing.hospital,
            district=self.standing.district,
            has_delivered=bool(evidence.rows_received),
            tables=tuple(tables),
            inapplicable=self.excused.entries.get(org_code, ()),
        )

    def _table_card(self, table: Table, results: tuple[RuleResult, ...], *, is_excused: bool) -> TableCard:
        org_code, facts = self.standing.org_code, self.facts
        key = org_code, table.code
        received = facts.received.get(key, Received())
        arrivals = facts.arrivals[table.code].get(org_code, {})
        due = self.due.without(self.excused.days.get(key, ()))
        timeliness = timeliness_of(table, due, arrivals, facts.uploads.get(key, ()))
        return TableCard(
            table=table,
            rows_accepted=received.rows_accepted,
            rows_qualified=received.rows_qualified,
            rules=results,
            coded=facts.coded[table.code].get(org_code, {}),
            # Where nothing is due, nothing is late or missing.
            timeliness=Timeliness() if is_excused else timeliness,
            findings=facts.findings.get(key, ()),
            state=self._state(table, due, is_excused=is_excused),
        )

    def _state(self, table: Table, due: Due, *, is_excused: bool) -> TableState | None:
        if table.expected_frequency != "daily":
            return None
        org_code = self.standing.org_code
        expected = Expected(
            days=[day for day in due.expected if due.period.first <= day <= due.period.last],
            has_ever_come=table.code in self.facts.arrived.get(org_code, {}),
            is_excused=is_excused,
        )
        return state_of(expected, self.facts.last_deliveries.get((org_code, table.code)), self.policy)
