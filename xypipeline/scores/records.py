"""Counts records: the distinct primary keys that a hospital uploaded, less those it revoked."""

from datetime import date
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.standard.model import Table
from xypipeline.warehouse import quoted, run_sql

_NEW_RECORDS = Path(__file__).with_name("new_records.sql")


def count_new_records(
    connection: DuckDBPyConnection, table: Table, org_code: str, first: date, last: date
) -> pl.DataFrame:
    """Count the records of one hospital and table by the day on which they were first accepted.

    One hospital at a time: the keys of its largest table fit into memory, those of all hospitals may not.

    Returns:
        One row per day with a new record: org_code, table_code, upload_date, records_new; ordered by day.

    Source: docs/scoring.md, clauses 2 and 3.
    """
    _name_versions(connection, table)
    counted = run_sql(connection, _NEW_RECORDS, org_code=org_code, first_day=first, last_day=last)
    return counted.select(
        pl.lit(org_code).alias("org_code"),
        pl.lit(table.code).alias("table_code"),
        "upload_date",
        "records_new",
    )


def _name_versions(connection: DuckDBPyConnection, table: Table) -> None:
    """Let `record_version` be the table's accepted rows, with a key of the same name whatever the table."""
    # The hospital is given, so its code is left out of the key; it costs memory in every row.
    key = [column for column in table.primary_key if column != "org_code"] or table.primary_key
    connection.execute(
        "create or replace temp view record_version as "
        f"select *, row({', '.join(map(quoted, key))}) as record_key from {quoted(f'validated.{table.code}')}"
    )
