"""Measures what hospitals uploaded in a quarter, from the ledger and the days that uploads were due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.registry.model import Registry
from xypipeline.scores.store import replace_days
from xypipeline.warehouse import run_sql

_UPLOADS = Path(__file__).with_name("uploads.sql")
_CONTINUITY = Path(__file__).with_name("continuity.sql")
_CONTINUITY_FIGURES = ("interruption_days", "longest_gap_days", "last_upload_date", "days_since_last_upload")


@dataclass(frozen=True)
class Figures:
    """What one hospital uploaded; unless told otherwise, nothing."""

    tables_uploaded: int = 0
    rows_uploaded: int = 0
    upload_days: int = 0
    rows_accepted: int = 0
    rows_qualified: int = 0
    interruption_days: int | None = None
    longest_gap_days: int | None = None
    last_upload_date: date | None = None
    days_since_last_upload: int | None = None


def store_expected_days(connection: DuckDBPyConnection, registry: Registry, first: date, last: date) -> None:
    """Replace `scores.expected_day` from first to last: one row per hospital and day of upload expected.

    Kept as a table, so that anyone can list a hospital's interrupted days; the caller holds the transaction.
    """
    expected = pl.DataFrame(
        [
            {"org_code": org_code, "expected_date": day}
            for org_code in sorted(registry.org_codes)
            for day in registry.expected_days(org_code, first, last)
        ],
        schema={"org_code": pl.String, "expected_date": pl.Date},
    )
    replace_days(
        connection, "scores.expected_day", expected, date_column="expected_date", first=first, last=last
    )


def measure_uploads(connection: DuckDBPyConnection, first: date, as_of: date) -> pl.DataFrame:
    """Counts and continuity of all that was delivered from first to as_of.

    Who ends with no record (none accepted, or all revoked) uploaded nothing: continuity is null then.

    Returns:
        One row per hospital with a delivery (table_code null), one per hospital and table with a delivery:
        org_code, table_code, and the columns of `Figures`.

    Source: docs/scoring.md, clauses 4 and 5.
    """
    uploads = run_sql(connection, _UPLOADS, first_day=first, as_of=as_of)
    continuity = run_sql(connection, _CONTINUITY, first_day=first, as_of=as_of)
    has_record = pl.col("rows_uploaded") > 0
    return (
        uploads.join(continuity, on=["org_code", "table_code"], how="left", nulls_equal=True, validate="1:1")
        .with_columns(
            (pl.lit(as_of) - pl.col("last_upload_date"))
            .dt.total_days()
            .cast(pl.Int32)
            .alias("days_since_last_upload")
        )
        .with_columns(pl.when(has_record).then(pl.col(name)).alias(name) for name in _CONTINUITY_FIGURES)
        .sort("org_code", "table_code")
    )


def figures_by_hospital(measured: pl.DataFrame, org_codes: Iterable[str]) -> dict[str, Figures]:
    """Each hospital's row of `measure_uploads` over all its tables; zeros for one that delivered nothing."""
    totals = measured.filter(pl.col("table_code").is_null()).drop("table_code")
    found = {row.pop("org_code"): Figures(**row) for row in totals.to_dicts()}
    return {org_code: found.get(org_code, Figures()) for org_code in org_codes}
