"""What the warehouse says of every hospital's tables, read once for all scorecards: counts and days only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.periods import Period
from xypipeline.publication.scorecards.coding import CodedValues, read_coded_values
from xypipeline.publication.scorecards.model import FindingCount, merge_findings
from xypipeline.publication.scorecards.statuses import Evidence
from xypipeline.publication.scorecards.timeliness import Arrivals, read_arrivals, read_uploads
from xypipeline.publication.upload_state import LastDelivery, read_last_deliveries
from xypipeline.registry.model import TableKey
from xypipeline.standard.judged import JudgedRule
from xypipeline.standard.model import Catalogue, Table
from xypipeline.warehouse import run_sql

ACROSS_ROWS = ("cross_table", "volume", "timeliness")
"""Kinds of rules that are judged once all tables are."""
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Received:
    """Rows of one hospital's table in the quarter."""

    rows_received: int = 0
    rows_accepted: int = 0
    rows_qualified: int = 0


@dataclass(frozen=True)
class Facts:
    """All that scorecards are made of, up to the cut-off day; what did not occur is left out."""

    received: Mapping[TableKey, Received]
    arrived: Mapping[str, Mapping[str, date]]
    """By org_code and table code: the first day ever with an accepted row."""
    findings: Mapping[TableKey, tuple[FindingCount, ...]]
    coded: Mapping[str, Mapping[str, Mapping[str, CodedValues]]]
    """By table code, org_code and field code."""
    arrivals: Mapping[str, Arrivals]
    """By table code."""
    uploads: Mapping[TableKey, Collection[date]]
    last_deliveries: Mapping[TableKey, LastDelivery]
    """Of daily tables."""
    uncomputed: Collection[tuple[str, str]]
    """Table code and rule id."""

    def evidence_of(self, org_code: str) -> Evidence:
        """What one hospital's rules are judged from."""
        own = {code: found for (org, code), found in self.received.items() if org == org_code}
        return Evidence(
            rows_received={code: found.rows_received for code, found in own.items()},
            rows_accepted={code: found.rows_accepted for code, found in own.items()},
            arrived=self.arrived.get(org_code, {}),
            findings=self._breaches(org_code),
        )

    def _breaches(self, org_code: str) -> dict[tuple[str, str], int]:
        """In whatever columns and of whatever severity."""
        breaches: dict[tuple[str, str], int] = defaultdict(int)
        for (org, code), found in self.findings.items():
            for one in found if org == org_code else ():
                breaches[code, one.rule.id] += one.count
        return breaches


def read_facts(
    connection: DuckDBPyConnection, catalogue: Catalogue, period: Period, judged: Iterable[JudgedRule]
) -> Facts:
    """Read the facts of a period.

    Raises:
        PublicationError: the period was checked with rules that the catalogue does not have.
    """
    tables = catalogue.tables.values()
    return Facts(
        received=_read_received(connection, period),
        arrived=_read_arrived(connection, period),
        findings=_read_findings(connection, catalogue, period),
        coded={table.code: read_coded_values(connection, catalogue, table, period) for table in tables},
        arrivals={table.code: read_arrivals(connection, table, period) for table in tables},
        uploads=read_uploads(connection, tables, period),
        last_deliveries=read_last_deliveries(connection, tables, period),
        uncomputed=_read_uncomputed(connection, period, judged),
    )


def _read_received(connection: DuckDBPyConnection, period: Period) -> dict[TableKey, Received]:
    rows = run_sql(connection, _FOLDER / "received.sql", first_day=period.first, as_of=period.last)
    return {(org_code, code): Received(*counts) for org_code, code, *counts in rows.iter_rows()}


def _read_arrived(connection: DuckDBPyConnection, period: Period) -> dict[str, dict[str, date]]:
    arrived: dict[str, dict[str, date]] = defaultdict(dict)
    for org_code, code, day in run_sql(connection, _FOLDER / "arrived.sql", as_of=period.last).iter_rows():
        arrived[org_code][code] = day
    return arrived


def _read_findings(
    connection: DuckDBPyConnection, catalogue: Catalogue, period: Period
) -> dict[TableKey, tuple[FindingCount, ...]]:
    named = {"first_day": period.first, "as_of": period.last, "tables": list(catalogue.tables)}
    found: dict[TableKey, list[FindingCount]] = defaultdict(list)
    for row in run_sql(connection, _FOLDER / "found.sql", **named).iter_rows(named=True):
        table = catalogue.tables[row["table_code"]]
        if row["rule_id"] not in catalogue.rules:
            raise PublicationError(
                f"The quarter was checked with rule {row['rule_id']}, which standard {catalogue.version} "
                "does not have; run the quarter again."
            )
        found[row["org_code"], table.code].append(_finding_count(row, catalogue, table))
    return {key: merge_findings(counts) for key, counts in found.items()}


def _finding_count(row: Mapping, catalogue: Catalogue, table: Table) -> FindingCount:
    # A column that the standard lacks has whatever name a file gave it, and that may be anything.
    known = any(field.code == row["column_name"] for field in table.fields)
    return FindingCount(
        rule=catalogue.rules[row["rule_id"]],
        severity=row["severity"],
        column_name=row["column_name"] if known else None,
        count=row["found"],
        this_week=row["this_week"],
        week_before=row["week_before"],
    )


def _read_uncomputed(
    connection: DuckDBPyConnection, period: Period, judged: Iterable[JudgedRule]
) -> set[tuple[str, str]]:
    named = {"first_day": period.first, "as_of": period.last}
    uncomputed = set(run_sql(connection, _FOLDER / "uncomputed.sql", **named).iter_rows())
    if run_sql(connection, _FOLDER / "unjudged.sql", **named).is_empty():
        return uncomputed
    # That nothing was found says nothing where nobody looked.
    return uncomputed | {(one.table_code, one.rule.id) for one in judged if one.rule.kind in ACROSS_ROWS}
