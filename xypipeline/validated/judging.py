"""Lets Pandera judge a frame; failures come back as rows, and no value of the frame ever in an exception."""

from collections.abc import Sequence

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrorReason, SchemaErrors

from xypipeline.standard.model import Table
from xypipeline.standard.schemas import Breach, pandera_schema

_BROKEN = SchemaErrorReason.DATAFRAME_CHECK
_FAILURE_TYPES = {"row": pl.UInt32, "rule_id": pl.String, "column_name": pl.String}


def failures_of(frame: pl.DataFrame, table: Table, breaches: Sequence[tuple[str, Breach]]) -> pl.DataFrame:
    """Every breach of the rules in a conformed frame of the table.

    Returns:
        One row per breach: row (its number in the frame, from 0), rule_id, column_name; in no certain order.

    Raises:
        RuntimeError: the schema does not fit the frame, or a check cannot be computed: a bug of ours.
    """
    none = pl.DataFrame(schema=_FAILURE_TYPES)
    broken: list[pl.Series] = []
    if breaches and not frame.is_empty():
        _validate(frame, pandera_schema(table, breaches, broken.extend))
    if not broken:
        return none
    return pl.concat([none, *map(_failures, breaches, broken)])


def _validate(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> None:
    if unfit := [f"{place}: {reason.name}" for place, reason in _reasons(frame, schema) if reason != _BROKEN]:
        # Raised here, outside the handler: Pandera's own message quotes values.
        raise RuntimeError(f"{schema.name}: cannot be checked: {', '.join(unfit)}")


def _reasons(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> list[tuple[str, SchemaErrorReason]]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return [(error.column_name or schema.name, error.reason_code) for error in errors.schema_errors]
    return []


def _failures(rule: tuple[str, Breach], rows: pl.Series) -> pl.DataFrame:
    rule_id, breach = rule
    told = {"rule_id": pl.lit(rule_id), "column_name": pl.lit(breach.column)}
    return rows.cast(pl.UInt32).alias("row").to_frame().with_columns(**told)
