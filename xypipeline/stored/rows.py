"""Rows as text into rows as they are stored: a text is kept only where its value does not give it back."""

from collections.abc import Iterator, Sequence

import polars as pl

from xypipeline.standard.model import LINEAGE_COLUMNS, Field, Table
from xypipeline.standard.schemas import (
    AS_DELIVERED,
    DECLARED_ORG_CODE,
    content_fields,
    places_column,
    untyped_column,
)
from xypipeline.stored.typed import meaningful_text, meaningful_texts, typed_values

_TEXTS = pl.Map(pl.String(), pl.String())
# A date or a moment that could be typed is written in this many characters, less the space around it.
_WRITTEN_LENGTH = {"date": len("2023-04-01"), "datetime": len("2023-04-01 00:00:00")}
_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%d %H:%M:%S"}


def stored_rows(raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Type rows of `raw.<table>`, without losing how they were written.

    Returns:
        Columns of `stored.<table>` but its `in_raw` and `verdict`. Empty texts become null, the others are
        trimmed; a value that is none of its field's type is null.
    """
    fields = content_fields(table)
    texts = meaningful_texts(raw, [field.code for field in fields])
    values = typed_values(texts, fields)
    places = [_places(texts[field.code], values[field.code]) for field in fields if field.type == "decimal"]
    rows = pl.DataFrame([*raw.select(*LINEAGE_COLUMNS, DECLARED_ORG_CODE), *values, *places])
    return rows.with_columns(_not_given_back(raw, rows, fields))


def conformed_rows(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Conform stored rows: lineage, declared_org_code, each field typed, each field's untyped text.

    The text of a value that is none of its field's type is in the column `untyped_column(field)`, which is
    null everywhere else.
    """
    fields = content_fields(table)
    kept = rows[AS_DELIVERED].drop_nulls()
    with_texts = set(kept.map.keys().explode().unique())
    untyped = [_untyped(rows, field, with_texts) for field in fields]
    values = rows.select(
        *LINEAGE_COLUMNS, meaningful_text(DECLARED_ORG_CODE), *(field.code for field in fields)
    )
    return pl.DataFrame([*values, *untyped])


def texts_as_delivered(rows: pl.DataFrame, field: Field, numbers: pl.Series) -> pl.Series:
    """A field's texts in the stored rows of these numbers, from 0, word for word as they were delivered."""
    places = [places_column(field.code)] if field.type == "decimal" else []
    cells = rows.select(field.code, *places, AS_DELIVERED)[numbers]
    text = pl.coalesce(pl.col(AS_DELIVERED).map.get(field.code), _written(cells, field))
    return cells.select(text.alias(field.code)).to_series()


def _not_given_back(raw: pl.DataFrame, rows: pl.DataFrame, fields: Sequence[Field]) -> pl.Series:
    parts = [
        pl.DataFrame({"row": is_lost.arg_true(), "key": field.code, "value": raw[field.code].filter(is_lost)})
        for field in fields
        if (is_lost := _is_lost(raw[field.code], rows, field)) is not None
    ]
    if not parts:
        return pl.Series(AS_DELIVERED, [None], dtype=_TEXTS).new_from_index(0, rows.height)
    texts = pl.concat(parts).group_by("row").agg(pl.struct("key", "value").alias(AS_DELIVERED))
    numbered = pl.DataFrame({"row": pl.int_range(rows.height, dtype=pl.UInt32, eager=True)})
    return numbered.join(texts, on="row", how="left", maintain_order="left")[AS_DELIVERED].cast(_TEXTS)


def _is_lost(text: pl.Series, rows: pl.DataFrame, field: Field) -> pl.Series | None:
    """Where a field's values do not give its texts back; None if they do everywhere."""
    value = rows[field.code]
    match field.type:
        case "date" | "datetime":
            # Not by writing them again: that would cost more than typing them.
            length = text.str.len_bytes()
            if text.null_count() == value.null_count() and _all_are(length, _WRITTEN_LENGTH[field.type]):
                return None
            is_lost = text.is_not_null() & (value.is_null() | (length != _WRITTEN_LENGTH[field.type]))
        case "string":
            # Trimmed texts that are as long as they were are what they were.
            if text.null_count() == value.null_count() and _total_length(text) == _total_length(value):
                return None
            is_lost = text.is_not_null() & text.ne_missing(value)
        case _:
            written = rows.select(_written(rows, field)).to_series()
            is_lost = text.is_not_null() & text.ne_missing(written)
    return is_lost if is_lost.any() else None


def _all_are(lengths: pl.Series, length: int) -> bool:
    return lengths.min() in (length, None) and lengths.max() in (length, None)


def _total_length(text: pl.Series) -> int:
    return text.str.len_bytes().cast(pl.Int64).sum()


def _places(text: pl.Series, value: pl.Series) -> pl.Series:
    places = (text.str.len_bytes() - text.str.find(".", literal=True) - 1).fill_null(0).cast(pl.UInt8)
    return places.set(value.is_null(), None).alias(places_column(value.name))


def _written(rows: pl.DataFrame, field: Field) -> pl.Expr:
    """A field's values as text, in the form that its type has; of decimals as many places as were written."""
    value = pl.col(field.code)
    match field.type:
        case "date" | "datetime":
            return value.dt.to_string(_FORMATS[field.type])
        case "decimal":
            return pl.coalesce(_with_places(rows, field))
        case _:
            return value.cast(pl.String)


def _with_places(rows: pl.DataFrame, field: Field) -> Iterator[pl.Expr]:
    places = pl.col(places_column(field.code))
    text = pl.col(field.code).cast(pl.String)
    for count in rows[places_column(field.code)].drop_nulls().unique().sort():
        beyond = field.precision - count
        # Without places there is no point either.
        cut = text.str.head(-(beyond + (count == 0))) if beyond else text
        yield pl.when(places == count).then(cut)
    yield pl.lit(None, dtype=pl.String)


def _untyped(rows: pl.DataFrame, field: Field, with_texts: set[str]) -> pl.Series:
    name = untyped_column(field.code)
    if field.code not in with_texts or field.type == "string":
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, rows.height)
    text = rows[AS_DELIVERED].map.get(field.code).alias(field.code).to_frame()
    return (
        text.select(meaningful_text(field.code))
        .to_series()
        .set(rows[field.code].is_not_null(), None)
        .alias(name)
    )
