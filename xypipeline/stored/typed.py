"""Text into typed values, cell by cell. No rule is judged here."""

from collections.abc import Sequence
from datetime import date
from itertools import product

import polars as pl

from xypipeline.standard.model import Field
from xypipeline.standard.schemas import polars_type

# `null` in any case, spelt out: looking a cell up is several times faster than lower-casing it.
EMPTY_TEXTS = [
    "",
    "-",
    "/",
    "无",
    *("".join(letters) for letters in product(*zip("null", "NULL", strict=True))),
]
_LONGEST_EMPTY_BYTES = max(len(text.encode()) for text in EMPTY_TEXTS)
DATE_SHAPE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# Seconds up to 59: Polars would read the leap second :60 as the next minute.
DATETIME_SHAPE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]$"


def typed_values(texts: pl.DataFrame, fields: Sequence[Field]) -> pl.DataFrame:
    """The values of texts as `meaningful_texts` gives them; null where a text is none of its field's type."""
    # Lazily, because then what two expressions have in common is computed once.
    return texts.lazy().select(_value(field).alias(field.code) for field in fields).collect()


def meaningful_text(column: str) -> pl.Expr:
    """A column's text without space around it; null where it says nothing (blank, `-`, `/`, `无`, `null`)."""
    return _unless_empty(pl.col(column).str.strip_chars()).alias(column)


def meaningful_texts(raw: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """`meaningful_text` of each column; most columns have no empty text, and need not be copied for it."""
    trimmed = raw.select(pl.col(columns).str.strip_chars())
    # A text's length is at hand, looking it up is not.
    short = pl.all().filter(pl.all().str.len_bytes() <= _LONGEST_EMPTY_BYTES)
    says_nothing = trimmed.select(short.is_in(EMPTY_TEXTS).any()).row(0, named=True)
    return trimmed.with_columns(
        _unless_empty(pl.col(column)).alias(column) for column in columns if says_nothing[column]
    )


def _unless_empty(trimmed: pl.Expr) -> pl.Expr:
    return pl.when(trimmed.is_in(EMPTY_TEXTS).not_()).then(trimmed)


def _value(field: Field) -> pl.Expr:
    text = pl.col(field.code)
    match field.type:
        case "int":
            return _shaped(rf"^[+-]?0*[0-9]{{1,{field.length}}}$", text, text.cast(pl.Int64, strict=False))
        case "decimal":
            # Digits before the point as the column has room for; some systems write .5 for a half.
            whole = field.length - field.precision
            shape = rf"^[+-]?0*[0-9]{{0,{whole}}}(?:\.[0-9]{{0,{field.precision}}})?$"
            return _shaped(shape, text, text.cast(polars_type(field), strict=False))
        case "date":
            return _in_our_era(DATE_SHAPE, text, text.str.to_date("%Y-%m-%d", strict=False))
        case "datetime":
            # Moments hardly ever repeat, so remembering them costs more than it saves.
            moment = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us", cache=False)
            return _in_our_era(DATETIME_SHAPE, text, moment)
        case _:
            return text


def _shaped(shape: str, text: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(shape)).then(value)


def _in_our_era(shape: str, text: pl.Expr, moment: pl.Expr) -> pl.Expr:
    # There was no year 0, and Python cannot hold one.
    return pl.when(text.str.contains(shape) & (moment >= pl.lit(date.min))).then(moment)
