"""Puts rows where they are stored, as the stages would leave them."""

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.standard.model import Table
from xypipeline.standard.schemas import ACCEPTED, QUALIFIED
from xypipeline.stored.rows import stored_rows
from xypipeline.stored.tables import stored
from xypipeline.warehouse import insert_frame


def receive_rows(connection: DuckDBPyConnection, table: Table, raw: pl.DataFrame) -> None:
    """Store rows of `raw.<table>`, not judged yet."""
    insert_frame(connection, stored(table.code), stored_rows(raw, table).with_columns(in_raw=True))


def accept_rows(connection: DuckDBPyConnection, table_code: str, rows: pl.DataFrame) -> None:
    """Store rows of `validated.<table>`, of which columns may be missing."""
    if rows.is_empty():
        return
    verdict = pl.when("is_qualified").then(pl.lit(QUALIFIED)).otherwise(pl.lit(ACCEPTED))
    accepted = rows.with_columns(verdict=verdict, in_raw=True).drop("is_qualified")
    insert_frame(connection, stored(table_code), accepted)
