"""Puts the scorecards of a scored quarter together; nothing of a patient's is in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.scorecards.facts import Facts, Received, TableKey, read_facts
from xypipeline.publication.scorecards.model import RuleResult, Scorecard, TableCard
from xypipeline.publication.scorecards.statuses import StatusCounts, status_of
from xypipeline.publication.scorecards.timeliness import Due, Timeliness, timeliness_of
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Registry
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
    not_applicable: Collection[TableKey] = frozenset(),
) -> tuple[Scorecard, ...]:
    """The scorecard of each hospital that was expected to upload in the quarter or did, in figures' order.

    Args:
        connection: the warehouse.
        figures: the quarter's.
        catalogue: the standard that it was checked with.
        registry: says on which days each hospital was expected to upload.
        judged: every rule that is judged of each table, table by table.
        not_applicable: hospitals and tables that a register excuses, with evidence, for the whole quarter.
            Absence alone excuses nobody, so by default there are none.

    Raises:
        PublicationError: the quarter was checked with rules that the catalogue does not have.

    Source: docs/scoring.md, clause 13.
    """
    period, judged = Period(figures.quarter.first, figures.as_of), tuple(judged)
    rules = defaultdict(list)
    for one in judged:
        rules[one.table_code].append(one)
    facts = read_facts(connection, catalogue, period, judged)
    uploading = {org_code for org_code, _ in facts.received}
    makers = (
        _Maker(standing, catalogue, rules, facts, _due(registry, standing, period), not_applicable)
        for standing in figures.standings
        if standing.expected_days or standing.org_code in uploading
    )
    return tuple(maker.scorecard() for maker in makers)


def _due(registry: Registry, standing: HospitalStanding, period: Period) -> Due:
    days = registry.expected_days(standing.org_code, period.first - _WEEK, period.last)
    return Due(period, frozenset(days))


@dataclass(frozen=True)
class _Maker:
    """Makes one hospital's scorecard."""

    standing: HospitalStanding
    catalogue: Catalogue
    rules: Mapping[str, Iterable[JudgedRule]]
    facts: Facts
    due: Due
    not_applicable: Collection[TableKey]

    def scorecard(self) -> Scorecard:
        org_code = self.standing.org_code
        excused = {code for org, code in self.not_applicable if org == org_code}
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
        )

    def _table_card(self, table: Table, results: tuple[RuleResult, ...], *, is_excused: bool) -> TableCard:
        org_code, facts = self.standing.org_code, self.facts
        key = org_code, table.code
        received = facts.received.get(key, Received())
        arrivals = facts.arrivals[table.code].get(org_code, {})
        timeliness = timeliness_of(table, self.due, arrivals, facts.uploads.get(key, ()))
        return TableCard(
            table=table,
            rows_accepted=received.rows_accepted,
            rows_qualified=received.rows_qualified,
            rules=results,
            coded=facts.coded[table.code].get(org_code, {}),
            # Where nothing is due, nothing is late or missing.
            timeliness=Timeliness() if is_excused else timeliness,
            findings=facts.findings.get(key, ()),
        )
