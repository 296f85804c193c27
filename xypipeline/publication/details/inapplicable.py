"""What the register excuses hospitals from in a quarter, and the rows that came all the same."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.publication.details.model import InapplicableTable, ranges_of
from xypipeline.registry.model import Inapplicability, Registry, TableKey
from xypipeline.registry.renewal import renewal_of
from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import run_sql

_DECLARED_ROWS = Path(__file__).with_name("declared_rows.sql")

Received = Mapping[TableKey, Mapping[date, int]]


def read_inapplicable(
    connection: DuckDBPyConnection, registry: Registry, catalogue: Catalogue, period: Period, within_days: int
) -> Mapping[str, tuple[InapplicableTable, ...]]:
    """The entries in force on some day of a period, and those that ended shortly before it, by org_code.

    Args:
        connection: a warehouse with the ledger of the period.
        registry: says what is excused.
        catalogue: entries about tables that it does not have are left out.
        period: a quarter's days up to the cut-off day.
        within_days: of the policy: how long before its end, and after it, an entry asks for its renewal.

    Source: docs/scoring.md, clause 14.
    """
    entries = [
        one
        for one in registry.inapplicabilities
        if one.table_code in catalogue.tables and _concerns(one, period, within_days)
    ]
    if not entries:
        return {}
    received = _read_received(connection, {one.table_code for one in entries}, period)
    found: dict[str, list[InapplicableTable]] = defaultdict(list)
    for one in sorted(entries, key=lambda one: (catalogue.tables[one.table_code].no, one.days.first)):
        days = {day: rows for day, rows in received.get(one.key, {}).items() if one.days.covers(day)}
        institution = registry.find_institution(one.org_code)
        found[one.org_code].append(
            InapplicableTable(
                entry=one,
                hospital=institution.name if institution else one.org_code,
                table=catalogue.tables[one.table_code],
                rows_received=sum(days.values()),
                received_on=tuple(ranges_of(days)),
                renewal=renewal_of(one, registry, period.last, within_days),
            )
        )
    return {org_code: tuple(of_hospital) for org_code, of_hospital in found.items()}


def _concerns(entry: Inapplicability, period: Period, within_days: int) -> bool:
    last = entry.days.last or date.max
    return entry.days.first <= period.last and last >= period.first - timedelta(days=within_days)


def _read_received(connection: DuckDBPyConnection, tables: set[str], period: Period) -> Received:
    named = {"first_day": period.first, "as_of": period.last, "tables": sorted(tables)}
    received: dict[TableKey, dict[date, int]] = defaultdict(dict)
    for org_code, table_code, day, rows in run_sql(connection, _DECLARED_ROWS, **named).iter_rows():
        received[org_code, table_code][day] = rows
    return received
