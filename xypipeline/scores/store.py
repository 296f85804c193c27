"""Creates this stage's tables and replaces a period's rows in them."""

from datetime import date
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.warehouse import insert_frame, quoted

_SCHEMA = Path(__file__).with_name("schema.sql")


def create_tables(connection: DuckDBPyConnection) -> None:
    """Create the tables that are not there yet."""
    connection.execute(_SCHEMA.read_text(encoding="utf-8"))


def replace_period(connection: DuckDBPyConnection, table: str, period: str, frame: pl.DataFrame) -> None:
    """Put `frame` in the place of the period's rows; the caller holds the transaction."""
    connection.execute(f"delete from {quoted(table)} where period = $period", {"period": period})
    insert_frame(connection, table, frame)


def replace_days(
    connection: DuckDBPyConnection,
    table: str,
    frame: pl.DataFrame,
    *,
    date_column: str,
    first: date,
    last: date,
) -> None:
    """Put `frame` in the place of the rows dated from first to last; the caller holds the transaction."""
    connection.execute(
        f"delete from {quoted(table)} where {quoted(date_column)} between $first_day and $last_day",
        {"first_day": first, "last_day": last},
    )
    insert_frame(connection, table, frame)
