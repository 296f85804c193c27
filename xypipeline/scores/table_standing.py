"""Measures each hospital's tables one by one: who to chase for which table."""

from collections.abc import Collection, Mapping
from datetime import date

import polars as pl

from xypipeline.periods import Quarter
from xypipeline.registry.model import TableKey
from xypipeline.scores.models import TableStanding
from xypipeline.standard.model import Catalogue

_COUNTS = ("rows_uploaded", "upload_days", "rows_accepted", "rows_qualified")


def stand_tables(
    measured: pl.DataFrame,
    expected_days: Mapping[str, int],
    excused: Collection[TableKey],
    catalogue: Catalogue,
    quarter: Quarter,
    as_of: date,
) -> pl.DataFrame:
    """Spread what was measured over all required tables, those without a delivery included.

    Args:
        measured: what `figures.measure_uploads` returns.
        expected_days: of each registered hospital, by org_code.
        excused: hospitals and required tables that are not applicable.
        catalogue: the tables required.
        quarter: the quarter measured.
        as_of: its cut-off day.

    Returns:
        One row per hospital and table, with the columns of `models.TableStanding`, in the standard's order.
    """
    hospitals = pl.DataFrame(
        {"org_code": list(expected_days), "expected_days": list(expected_days.values())},
        schema={"org_code": pl.String, "expected_days": pl.Int32},
    )
    tables = pl.DataFrame({"table_code": list(catalogue.tables)}, schema={"table_code": pl.String})
    keys = pl.DataFrame(sorted(excused), {"org_code": pl.String, "table_code": pl.String}, orient="row")
    standing = (
        hospitals.join(tables, how="cross")
        .join(
            keys.with_columns(pl.lit(value=False).alias("is_applicable")),
            on=["org_code", "table_code"],
            how="left",
            maintain_order="left",
        )
        .join(measured, on=["org_code", "table_code"], how="left", validate="1:1", maintain_order="left")
        .with_columns(pl.col(_COUNTS).fill_null(0), pl.col("is_applicable").fill_null(value=True))
        .with_columns(pl.lit(str(quarter)).alias("period"), pl.lit(as_of).alias("as_of"))
    )
    return standing.select(*TableStanding.to_schema().columns)
