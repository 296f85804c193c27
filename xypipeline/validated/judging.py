"""Lets Pandera judge a frame; failures come back as rows, and no value of the frame ever in an exception."""

from collections.abc import Collection, Sequence

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrorReason, SchemaErrors

from xypipeline.standard.model import Table
from xypipeline.standard.schemas import Breach, pandera_schema

_FAILURE_TYPES = {"row": pl.UInt32, "rule_id": pl.String, "column_name": pl.String}


def failures_of(frame: pl.DataFrame, table: Table, breaches: Sequence[tuple[str, Breach]]) -> pl.DataFrame:
    """Every breach of the rules in a conformed frame of the table.

    Pandera tells the columns that fail, nearly always none; the rules are then told apart for these alone.

    Returns:
        One row per breach: row (its number in the frame, from 0), rule_id, column_name; in no certain order.

    Raises:
        RuntimeError: the schema does not fit the frame, or a check cannot be computed: a bug of ours.
    """
    none = pl.DataFrame(schema=_FAILURE_TYPES)
    if frame.is_empty():
        return none
    failing = _failing_columns(frame, pandera_schema(table, breaches))
    return pl.concat([none, *_tell_apart(frame, breaches, failing)])


def _failing_columns(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> frozenset[str]:
    failed, unfit = _validate(frame, schema)
    if unfit:
        # Raised here, outside the handler: Pandera's own message quotes values.
        raise RuntimeError(f"{schema.name}: cannot be checked: {', '.join(unfit)}")
    return failed


def _validate(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> tuple[frozenset[str], list[str]]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        unfit = [
            f"{error.column_name}: {error.reason_code.name}"
            for error in errors.schema_errors
            if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK
        ]
        return frozenset(errors.failure_cases["column"]), unfit
    return frozenset(), []


def _tell_apart(
    frame: pl.DataFrame, breaches: Sequence[tuple[str, Breach]], columns: Collection[str]
) -> list[pl.DataFrame]:
    asked = [(rule_id, breach) for rule_id, breach in breaches if breach.column in columns]
    broken = frame.lazy().select(
        breach.expression.fill_null(value=False).arg_true().cast(pl.UInt32).implode().alias(str(number))
        for number, (_, breach) in enumerate(asked)
    )
    return [
        pl.DataFrame(
            {"row": rows, "rule_id": [rule_id] * len(rows), "column_name": [breach.column] * len(rows)},
            schema=_FAILURE_TYPES,
        )
        for (rule_id, breach), (rows,) in zip(asked, broken.collect().iter_columns(), strict=True)
    ]
