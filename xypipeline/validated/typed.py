"""Text into typed values, cell by cell; what cannot be typed is kept beside it. No rule is judged here."""

from itertools import product

import polars as pl

from xypipeline.standard.model import LINEAGE_COLUMNS, Field, Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE, content_fields, polars_type, untyped_column

# `null` in any case, spelt out: looking a cell up is several times faster than lower-casing it.
EMPTY_TEXTS = [
    "",
    "-",
    "/",
    "无",
    *("".join(letters) for letters in product(*zip("null", "NULL", strict=True))),
]
DATE_SHAPE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# Seconds up to 59: Polars would read the leap second :60 as the next minute.
DATETIME_SHAPE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]$"


def typed_rows(raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Conform rows of `raw.<table>`: lineage, declared_org_code, each field typed, each field's untyped text.

    Empty texts become null, the others are trimmed. A value that is none of its field's type is null, and its
    text is in the column `untyped_column(field)`, which is null everywhere else.
    """
    fields = content_fields(table)
    texts = raw.select(
        *LINEAGE_COLUMNS,
        meaningful_text(DECLARED_ORG_CODE),
        *(meaningful_text(field.code) for field in fields),
    )
    untyped = [_untyped(field).alias(untyped_column(field.code)) for field in fields]
    return texts.select(
        *LINEAGE_COLUMNS, DECLARED_ORG_CODE, *(_value(field).alias(field.code) for field in fields), *untyped
    )


def meaningful_text(column: str) -> pl.Expr:
    """A column's text without space around it; null where it says nothing (blank, `-`, `/`, `无`, `null`)."""
    trimmed = pl.col(column).str.strip_chars()
    return pl.when(trimmed.is_in(EMPTY_TEXTS).not_()).then(trimmed).alias(column)


def _untyped(field: Field) -> pl.Expr:
    if field.type == "string":
        return pl.lit(None, dtype=pl.String)
    return pl.when(_value(field).is_null()).then(pl.col(field.code))


def _value(field: Field) -> pl.Expr:
    text = pl.col(field.code)
    match field.type:
        case "int":
            is_number = text.str.contains(rf"^[+-]?0*[0-9]{{1,{field.length}}}$")
            return pl.when(is_number).then(text).cast(polars_type(field), strict=False)
        case "decimal":
            # Digits before the point as the column has room for; some systems write .5 for a half.
            whole = field.length - field.precision
            is_number = text.str.contains(rf"^[+-]?0*[0-9]{{0,{whole}}}(?:\.[0-9]{{0,{field.precision}}})?$")
            return pl.when(is_number).then(text).cast(polars_type(field), strict=False)
        case "date":
            day = pl.when(text.str.contains(DATE_SHAPE)).then(text).str.to_date("%Y-%m-%d", strict=False)
            return _in_our_era(day)
        case "datetime":
            shaped = pl.when(text.str.contains(DATETIME_SHAPE)).then(text)
            return _in_our_era(shaped.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us"))
        case _:
            return text


def _in_our_era(moment: pl.Expr) -> pl.Expr:
    # There was no year 0, and Python cannot hold one.
    return pl.when(moment.dt.year() > 0).then(moment)
