"""Rows appended in whole row groups, the unit in which DuckDB compresses and stores them.

A statement that ends within a group leaves a part of one behind, which is written again with what follows:
that costs as much as half of writing everything.
"""

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.warehouse import insert_frame

ROW_GROUP = 122_880


class RowGroups:
    """Appends frames of equal columns to one table; the caller holds the transaction, and finishes."""

    def __init__(self, connection: DuckDBPyConnection, table: str) -> None:
        self._connection, self._table = connection, table
        self._waiting: list[pl.DataFrame] = []

    def append(self, frame: pl.DataFrame) -> None:
        """Append rows; less than a row group of them is kept back."""
        self._waiting.append(frame)
        rows = sum(waiting.height for waiting in self._waiting)
        if rows >= ROW_GROUP:
            self._insert(rows - rows % ROW_GROUP)

    def finish(self) -> None:
        """Append what was kept back."""
        if self._waiting:
            self._insert(sum(waiting.height for waiting in self._waiting))

    def _insert(self, rows: int) -> None:
        joined = pl.concat(self._waiting)
        # In one piece, since DuckDB begins a group with each.
        insert_frame(self._connection, self._table, joined.head(rows).rechunk())
        self._waiting = [joined.slice(rows)] if rows < joined.height else []
