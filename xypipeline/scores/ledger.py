"""Builds the ledger: what each hospital delivered, table by table and day by day, as counts."""

from datetime import date
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.scores.models import Ledger
from xypipeline.scores.records import count_new_records
from xypipeline.scores.store import create_tables, replace_days
from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import run_sql, transaction

_DELIVERIES = Path(__file__).with_name("deliveries.sql")
_KEY = ["org_code", "table_code", "upload_date"]


def build_ledger(connection: DuckDBPyConnection, catalogue: Catalogue, first: date, last: date) -> int:
    """Replace the ledger's rows from first to last by a fresh count, in one transaction.

    A record counts on the day of its first accepted row from first to last, and not at all if its latest
    version up to last revokes it. So the days are those of a quarter up to its cut-off day: their records_new
    then add up to its rows_uploaded, in whatever order the days were loaded.

    Returns:
        The number of rows written: one per hospital, table and day with a file that was tried to be read.

    Source: docs/scoring.md, clause 3.
    """
    create_tables(connection)
    control_tables = list(catalogue.control_tables)
    deliveries = run_sql(
        connection, _DELIVERIES, first_day=first, last_day=last, control_tables=control_tables
    )
    records = _count_records(connection, catalogue, deliveries, first, last)
    ledger = Ledger.validate(_combine(deliveries, records), lazy=True)
    with transaction(connection):
        replace_days(connection, "scores.ledger", ledger, date_column="upload_date", first=first, last=last)
    return ledger.height


def _count_records(
    connection: DuckDBPyConnection, catalogue: Catalogue, deliveries: pl.DataFrame, first: date, last: date
) -> pl.DataFrame:
    accepted = deliveries.filter(pl.col("rows_accepted") > 0)["table_code"].unique().sort()
    tables = tuple(catalogue.tables[code] for code in accepted)
    counts = count_new_records(connection, tables, first, last)
    no_record = deliveries.clear().select(*_KEY, pl.col("rows_accepted").alias("records_new"))
    return pl.concat([no_record, *counts])


def _combine(deliveries: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    # A full join: a record without a delivery must fail the ledger's check, not vanish.
    return (
        deliveries.join(records, on=_KEY, how="full", coalesce=True, validate="1:1")
        .with_columns(pl.col("records_new").fill_null(0))
        .sort(_KEY)
    )
