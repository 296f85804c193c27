"""Reads what a hospital's figures rest on: files, rows and days, as counts; never a value of a row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files

import polars as pl
from duckdb import CatalogException, DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.publication.figures import QuarterFigures
from xypipeline.warehouse import run_sql

_QUERIES = files("xypipeline.publication.explain")
_Groups = dict[str, dict[object, list[object]]]


@dataclass(frozen=True)
class Files:
    """Files of one day and table that met the same fate."""

    upload_date: date
    table_code: str | None
    """None: the file's name told no table."""
    status: str | None
    """`loaded`, `partly_loaded`, `refused`; None: not read yet."""
    reason: str | None
    files: int


@dataclass(frozen=True)
class Delivery:
    """One row of the ledger."""

    upload_date: date
    table_code: str
    rows_received: int
    rows_accepted: int
    rows_qualified: int
    rows_fatal: int
    records_new: int


@dataclass(frozen=True)
class FatalRows:
    """Rows of one day and table that the same rules made fatal."""

    upload_date: date
    table_code: str
    rule_ids: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class UnqualifiedRows:
    """Accepted rows of one table that break one rule of severity `error`."""

    table_code: str
    rule_id: str
    rows: int


@dataclass(frozen=True)
class Evidence:
    """What one hospital delivered from the quarter's first day to the cut-off day, and what became of it."""

    org_code: str
    first: date
    as_of: date
    files: tuple[Files, ...]
    deliveries: tuple[Delivery, ...]
    fatal_rows: tuple[FatalRows, ...]
    unqualified_rows: tuple[UnqualifiedRows, ...]
    expected_days: tuple[date, ...]
    days_with_files: frozenset[date]
    """On which any hospital of the city delivered anything."""

    @property
    def days(self) -> tuple[date, ...]:
        """Each day of the period."""
        return tuple(
            self.first + timedelta(days=number) for number in range((self.as_of - self.first).days + 1)
        )

    @cached_property
    def upload_days(self) -> frozenset[date]:
        """Days with at least one accepted row.

        Source: docs/scoring.md, clause 5.
        """
        return frozenset(one.upload_date for one in self.deliveries if one.rows_accepted > 0)

    @property
    def missing_days(self) -> tuple[date, ...]:
        """Expected days that are no upload day, in order."""
        return tuple(day for day in self.expected_days if day not in self.upload_days)

    def total(self, column: str) -> int:
        """The sum of a column of the ledger."""
        return sum(getattr(one, column) for one in self.deliveries)

    def on(self, day: date) -> "Evidence":
        """The part that belongs to one day; unqualified rows are not told by day."""
        return self._part(day, ())

    def of_table(self, table_code: str) -> "Evidence":
        """The part that belongs to one table."""
        unqualified = tuple(one for one in self.unqualified_rows if one.table_code == table_code)
        return self._part(table_code, unqualified)

    def _part(self, day_or_table: date | str, unqualified: tuple[UnqualifiedRows, ...]) -> "Evidence":
        parts = {name: tuple(groups.get(day_or_table, ())) for name, groups in self._groups.items()}
        return replace(self, unqualified_rows=unqualified, **parts)

    @cached_property
    def _groups(self) -> _Groups:
        # Asked for each day and each table: searched through once, not each time.
        found: _Groups = {name: {} for name in ("files", "deliveries", "fatal_rows")}
        for name, groups in found.items():
            for one in getattr(self, name):
                for day_or_table in (one.upload_date, one.table_code):
                    groups.setdefault(day_or_table, []).append(one)
        return found


def read_evidence(connection: DuckDBPyConnection, figures: QuarterFigures, org_code: str) -> Evidence:
    """What one hospital's figures of a scored quarter rest on.

    Raises:
        PublicationError: the warehouse lacks a table of an earlier stage.
    """
    return read_all_evidence(connection, figures, [org_code])[org_code]


def read_all_evidence(
    connection: DuckDBPyConnection, figures: QuarterFigures, org_codes: Iterable[str]
) -> dict[str, Evidence]:
    """The evidence of several hospitals, by org_code; each query runs once for all of them.

    Raises:
        PublicationError: the warehouse lacks a table of an earlier stage.
    """
    days = {"first_day": figures.quarter.first, "as_of": figures.as_of}
    wanted = list(org_codes)
    try:
        with_files = run_sql(connection, _QUERIES / "days_with_files.sql", **days)["upload_date"]
        found = {
            name: _by_hospital(run_sql(connection, _QUERIES / f"{name}.sql", org_codes=wanted, **days))
            for name in _READERS
        }
    except CatalogException as error:
        raise PublicationError(
            f"The warehouse lacks what {figures.quarter} was computed from; run {figures.quarter} again."
        ) from error
    common = {"first": days["first_day"], "as_of": days["as_of"], "days_with_files": frozenset(with_files)}
    return {org_code: Evidence(org_code=org_code, **common, **_parts(found, org_code)) for org_code in wanted}


def _parts(found: Mapping[str, Mapping[str, list[dict]]], org_code: str) -> dict[str, tuple]:
    return {
        attribute: tuple(read(row) for row in found[name].get(org_code, ()))
        for name, (attribute, read) in _READERS.items()
    }


def _by_hospital(frame: pl.DataFrame) -> dict[str, list[dict]]:
    rows: dict[str, list[dict]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row.pop("org_code"), []).append(row)
    return rows


def _fatal_rows(row: dict) -> FatalRows:
    return FatalRows(
        row["upload_date"], row["table_code"], tuple(row["rule_ids"].split(",")), row["fatal_rows"]
    )


def _unqualified_rows(row: dict) -> UnqualifiedRows:
    return UnqualifiedRows(row["table_code"], row["rule_id"], row["unqualified_rows"])


_READERS: Mapping[str, tuple[str, Callable[[dict], object]]] = {
    "arrived_files": ("files", lambda row: Files(**row)),
    "delivered_rows": ("deliveries", lambda row: Delivery(**row)),
    "fatal_rows": ("fatal_rows", _fatal_rows),
    "unqualified_rows": ("unqualified_rows", _unqualified_rows),
    "expected_days": ("expected_days", lambda row: row["expected_date"]),
}
