"""Reads the rows of a table as they were received, delivery by delivery; nothing is judged or changed."""

from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.standard.model import Table
from xypipeline.stored.tables import stored
from xypipeline.validated.batches import Batch, Delivery
from xypipeline.warehouse import quoted


def read_deliveries(
    connection: DuckDBPyConnection, table_code: str, first: date, last: date
) -> list[Delivery]:
    """What each hospital delivered on each day, ordered by upload_date and org_code."""
    query = (
        f"select upload_date, org_code, count(*) as rows from {_raw(table_code)} "
        "where upload_date between $first and $last group by all order by upload_date, org_code"
    )
    return [Delivery(*row) for row in connection.execute(query, {"first": first, "last": last}).fetchall()]


def sharing_column(table: Table) -> str | None:
    """The part of the primary key by whose text a delivery can be shared out, if there is one."""
    texts = (table.field(code) for code in table.primary_key if code != "org_code")
    return next((field.code for field in texts if field.type == "string"), None)


def read_batch(connection: DuckDBPyConnection, table: Table, batch: Batch) -> pl.DataFrame:
    """The rows of `raw.<table>` that make up a batch, without what tells their state."""
    rows = f"{quoted(stored(table.code))} where in_raw"
    return _read(connection, f"select * exclude (in_raw, verdict) from {rows}", table, batch)


def read_texts(connection: DuckDBPyConnection, table: Table, batch: Batch) -> pl.DataFrame:
    """The rows of `raw.<table>` that make up a batch."""
    return _read(connection, f"select * from {_raw(table.code)} where true", table, batch)


def _read(connection: DuckDBPyConnection, query: str, table: Table, batch: Batch) -> pl.DataFrame:
    query += (
        " and upload_date between $first_day and $last_day "
        "and (upload_date > $first_day or org_code >= $first_org) "
        "and (upload_date < $last_day or org_code <= $last_org)"
    )
    bounds = {
        "first_day": batch.first.upload_date,
        "first_org": batch.first.org_code,
        "last_day": batch.last.upload_date,
        "last_org": batch.last.org_code,
    }
    if batch.share is not None:
        key = quoted(sharing_column(table))
        query += f" and hash({key}) % {batch.share.count} = {batch.share.number}"
    return connection.sql(query, params=bounds).pl()


def read_columns(connection: DuckDBPyConnection, table_code: str) -> frozenset[str]:
    """The columns of `raw.<table>` in the warehouse; none if there is no such table."""
    query = (
        "select column_name from information_schema.columns "
        "where table_schema = 'raw' and table_name = $table_code"
    )
    found = connection.execute(query, {"table_code": table_code}).fetchall()
    return frozenset(name for (name,) in found)


def _raw(table_code: str) -> str:
    return quoted(f"raw.{table_code}")
