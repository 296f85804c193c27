"""Reads from the warehouse which rows are in quarantine; nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
from duckdb import CatalogException, DuckDBPyConnection

from xypipeline.errors import QuarantineError
from xypipeline.periods import FIRST_DAY, Period
from xypipeline.warehouse import read_warehouse, run_sql

_QUERIES = files("xypipeline.quarantine")
EVER = Period(FIRST_DAY, date.max)


@dataclass(frozen=True)
class Scope:
    """Of which days, hospital and table; None: of all."""

    period: Period = EVER
    org_code: str | None = None
    table_code: str | None = None


@dataclass(frozen=True)
class Held:
    """What is in quarantine."""

    rules: pl.DataFrame
    """One row per rule, the most rows first: rule_id, held_rows."""
    reasons: pl.DataFrame
    """One row per hospital, table and reason: org_code, table_code, rule_id, column_name, detail (intake's
    remark), held_rows."""
    files: pl.DataFrame
    """One row per file and table: upload_date, org_code, table_code, path, held_rows, unparsable_rows,
    first_line."""

    def by(self, column: str) -> dict[str, int]:
        """Rows in quarantine, each counted once, by `org_code` or `table_code`, in the order of these."""
        sums = self.files.group_by(column).agg(pl.col("held_rows").sum()).sort(column)
        return dict(sums.iter_rows())

    @property
    def rows(self) -> int:
        """Rows in quarantine, each counted once."""
        return self.files["held_rows"].sum()

    @property
    def unparsable(self) -> int:
        """Rows of these that no rule can judge again."""
        return self.files["unparsable_rows"].sum()


@contextmanager
def open_quarantine(path: Path) -> Iterator[DuckDBPyConnection]:
    """The warehouse, open for reading, with what the queries of this package need.

    Raises:
        WarehouseError: nothing was run yet, or a run holds the warehouse.
    """
    with read_warehouse(path) as connection:
        try:
            prepare(connection)
        except CatalogException as error:
            raise QuarantineError(f"{path}: nothing was validated yet; run a period first.") from error
        yield connection


def prepare(connection: DuckDBPyConnection) -> None:
    """Make the connection know what a fatal finding is; leaves nothing in the warehouse."""
    connection.execute((_QUERIES / "schema.sql").read_text(encoding="utf-8"))


def summarise(connection: DuckDBPyConnection, scope: Scope) -> Held:
    """Count the rows in quarantine by rule, by reason and by file."""
    return Held(*(_query(connection, f"{name}.sql", scope) for name in ("rules", "reasons", "files")))


def read_findings(connection: DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """Every reason of every row in quarantine.

    Returns:
        One row per fatal finding, ordered by upload_date, org_code, table_code, path, line: these, rule_id,
        column_name, value_masked, detail (intake's remark, in Chinese), is_unparsable.
    """
    return _query(connection, "findings.sql", scope)


def has_deliveries(connection: DuckDBPyConnection, period: Period) -> bool:
    """Whether any file of the days was read."""
    query = "select count(*) from raw.reading where upload_date between $first and $last"
    days = {"first": period.first, "last": period.last}
    return connection.execute(query, days).fetchall()[0][0] > 0


def _query(connection: DuckDBPyConnection, name: str, scope: Scope) -> pl.DataFrame:
    return run_sql(
        connection,
        _QUERIES / name,
        first=scope.period.first,
        last=scope.period.last,
        org_code=scope.org_code,
        table_code=scope.table_code,
    )
