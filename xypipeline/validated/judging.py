"""Lets Pandera judge a frame; failures come back as rows, and no value of the frame ever in an exception."""

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrorReason, SchemaErrors

_FAILURE_TYPES = {"row": pl.UInt32, "rule_id": pl.String, "column_name": pl.String}


def failures_of(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> pl.DataFrame:
    """Every breach of a schema that `pandera_schema` made.

    Returns:
        One row per breach: row (its number in the frame, from 0), rule_id, column_name; in no certain order.

    Raises:
        RuntimeError: the schema does not fit the frame, or a check cannot be computed: a bug of ours.
    """
    if frame.is_empty():
        return pl.DataFrame(schema=_FAILURE_TYPES)
    cases, unfit = _validate(frame, schema)
    if unfit:
        # Raised here, outside the handler: Pandera's own message quotes values.
        raise RuntimeError(f"{schema.name}: cannot be checked: {', '.join(unfit)}")
    names = pl.col("check").str.split_exact(":", 1).struct
    return cases.select(
        pl.col("index").cast(pl.UInt32).alias("row"),
        names.field("field_0").alias("rule_id"),
        names.field("field_1").alias("column_name"),
    )


def _validate(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> tuple[pl.DataFrame, list[str]]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        unfit = [
            f"{error.column_name}: {error.reason_code.name}"
            for error in errors.schema_errors
            if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK
        ]
        return errors.failure_cases, unfit
    return pl.DataFrame(schema={"check": pl.String, "index": pl.Int32}), []
