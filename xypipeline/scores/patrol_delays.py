"""Finds deliveries of old data: the interface is alive, but what it sends lags behind."""

from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.scores.patrol_models import PatrolDelay
from xypipeline.standard.model import Catalogue, Table
from xypipeline.warehouse import quoted, run_sql

_DELIVERED = Path(__file__).with_name("delivered_tables.sql")
_DELAYS = Path(__file__).with_name("patrol_delays.sql")


def find_delays(
    connection: DuckDBPyConnection, catalogue: Catalogue, period: Period, above_days: int
) -> pl.DataFrame:
    """Deliveries whose newest event date lies more than so many days before their upload.

    Needs `scores.patrol_calendar` of the period. Dictionaries have no events and are left out.

    Returns:
        One row per day, hospital and table, with the columns of `patrol_models.PatrolDelay`.

    Source: docs/scoring.md, clause 11.
    """
    days = {"first_day": period.first, "last_day": period.last}
    names = list(PatrolDelay.to_schema().columns)
    found = [PatrolDelay.empty()]
    for table_code in run_sql(connection, _DELIVERED, **days)["table_code"]:
        if not catalogue.tables[table_code].is_dictionary:
            _name_events(connection, catalogue.tables[table_code])
            late = run_sql(connection, _DELAYS, **days, delayed_above_days=above_days)
            found.append(late.with_columns(table_code=pl.lit(table_code)).select(names))
    return pl.concat(found).sort("patrol_date", "org_code", "table_code")


def _name_events(connection: DuckDBPyConnection, table: Table) -> None:
    """Let `delivered_event` be the table's accepted rows, their date of the same name whatever the table."""
    connection.execute(
        "create or replace temp view delivered_event as "
        f"select org_code, upload_date, {quoted(table.event_date)} as event_date "
        f"from {quoted(f'validated.{table.code}')}"
    )
