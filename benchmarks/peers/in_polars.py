"""Reads the file as a Polars user would, text into values; what the Polars peers judge."""

from datetime import date
from pathlib import Path

import polars as pl

from peers.checks import (
    AMOUNT_DIFFERENCE,
    CLOCK_TOLERANCE_MINUTES,
    COLLECT_LIMIT,
    EMPTY_TEXTS,
    JUDGED_UPDATE_TIME,
    LATEST_RECEIPT,
    TEXT_SUFFIX,
    UNTYPED_SUFFIX,
    Check,
    Column,
    Work,
)

_DATETIME = "%Y-%m-%d %H:%M:%S"


def read_values(rows: Path, work: Work) -> pl.DataFrame:
    """Lineage, each column's values, texts and untyped texts where it is typed, and what is reckoned."""
    codes = [column.code for column in work.columns]
    lazy = (
        pl.scan_csv(rows, infer_schema=False)
        .with_columns(pl.col(codes).str.strip_chars())
        .with_columns(pl.when(pl.col(codes).is_in(EMPTY_TEXTS).not_()).then(pl.col(codes)))
    )
    texts = [pl.col(column.code) for column in work.columns if column.type == "string"]
    typed = [column for column in work.columns if column.type != "string"]
    values = lazy.select(
        pl.col("upload_date").str.to_date("%Y-%m-%d"),
        "org_code",
        "path",
        pl.col("line").cast(pl.Int64),
        *texts,
        *(pl.col(column.code).alias(column.code + TEXT_SUFFIX) for column in typed),
        *(_value(column).alias(column.code) for column in typed),
    )
    return values.with_columns(*(_untyped(column) for column in typed)).pipe(_with_reckoned).collect()


def holding(check: Check) -> pl.Expr:
    """Whether each row keeps a check for which a tool has no word of its own."""
    column, limits = pl.col(check.column), check.limits
    match check.kind:
        case "required":
            return column.is_not_null()
        case "typed":
            return column.is_null()
        case "not_on":
            days = [date.fromisoformat(day) for day in limits["days"]]
            return column.dt.date().is_in(days).not_()
        case "unrepeated":
            return pl.struct(limits["columns"]).is_first_distinct()
        case "same":
            return column == pl.col(limits["other"])
        case _:
            return column <= pl.col(limits["other"])


def _value(column: Column) -> pl.Expr:
    shaped = pl.when(pl.col(column.code).str.contains(column.shape)).then(pl.col(column.code))
    if column.type == "decimal":
        return shaped.cast(pl.Float64, strict=False)
    return shaped.str.to_datetime(_DATETIME, strict=False, time_unit="us")


def _untyped(column: Column) -> pl.Expr:
    text = pl.col(column.code + TEXT_SUFFIX)
    return pl.when(pl.col(column.code).is_null()).then(text).alias(column.code + UNTYPED_SUFFIX)


def _with_reckoned(values: pl.LazyFrame) -> pl.LazyFrame:
    received = pl.col("upload_date").cast(pl.Datetime("us"))
    latest = received + pl.duration(days=1, minutes=CLOCK_TOLERANCE_MINUTES)
    product = pl.col("unit_price") * pl.col("quantity")
    return (
        values.with_columns(
            latest.alias(LATEST_RECEIPT),
            # Free of what binary fractions add.
            (pl.col("amount") - product).abs().round(6).alias(AMOUNT_DIFFERENCE),
        )
        .with_columns(pl.min_horizontal("update_time", LATEST_RECEIPT).alias(COLLECT_LIMIT))
        .with_columns(
            pl.when((pl.col("collect_time") > pl.col(COLLECT_LIMIT)).fill_null(value=False).not_())
            .then("update_time")
            .alias(JUDGED_UPDATE_TIME)
        )
    )
