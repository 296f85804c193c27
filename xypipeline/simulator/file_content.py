"""Rows as the bytes of a file, in any dialect, and the line on which each row then begins."""

import gzip
import io
from collections.abc import Mapping
from datetime import datetime

import polars as pl
import polars.selectors as cs
import xlsxwriter

from xypipeline.simulator.dialect import Dialect

DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"
_XLSX_CREATED = datetime(2023, 1, 1)
_RAGGED_TEXT = "多余"


def as_text(rows: pl.DataFrame) -> pl.DataFrame:
    """All columns as the text that a file shows."""
    return rows.with_columns(
        cs.datetime().dt.strftime(DATETIME_FORMAT),
        cs.date().dt.strftime("%Y-%m-%d"),
        (cs.numeric() | cs.decimal()).cast(pl.String),
    )


def content_of(rows: pl.DataFrame, dialect: Dialect, ragged: Mapping[int, int]) -> bytes:
    """The file's bytes.

    Args:
        rows: the columns named as the header shall name them.
        dialect: the form.
        ragged: by row number from 0, how many cells it has too many; negative: too few. Delimited text only.
    """
    if dialect.kind == "parquet":
        buffer = io.BytesIO()
        rows.write_parquet(buffer)
        return buffer.getvalue()
    if dialect.kind == "xlsx":
        return _workbook(rows)
    if dialect.kind == "jsonl":
        content = as_text(rows).write_ndjson().encode()
    else:
        content = _delimited(rows, dialect, ragged).encode(dialect.encoding)
    return gzip.compress(content, compresslevel=4, mtime=0) if dialect.packing == "gz" else content


def line_numbers(rows: pl.DataFrame, dialect: Dialect) -> pl.Series:
    """The line on which each row begins: physical lines of text, rows of a sheet or of a parquet file."""
    first = 1 if dialect.kind in ("jsonl", "parquet") else 2
    if not dialect.has_line_breaks:
        return pl.int_range(first, first + rows.height, eager=True)
    breaks = rows.select(
        pl.sum_horizontal(pl.lit(0), cs.string().fill_null("").str.count_matches("\n", literal=True))
    ).to_series()
    return pl.int_range(first, first + rows.height, eager=True) + breaks.cum_sum() - breaks


def _delimited(rows: pl.DataFrame, dialect: Dialect, ragged: Mapping[int, int]) -> str:
    pieces = [_csv(rows.head(0), dialect, has_header=True)]
    start = 0
    for row in sorted(ragged):
        pieces.append(_csv(rows[start:row], dialect))
        pieces.append(_ragged_line(rows[row : row + 1], dialect, ragged[row]))
        start = row + 1
    pieces.append(_csv(rows[start:], dialect))
    return "".join(pieces)


def _csv(rows: pl.DataFrame, dialect: Dialect, *, has_header: bool = False) -> str:
    return rows.write_csv(
        separator=dialect.delimiter,
        line_terminator=dialect.line_end,
        include_header=has_header,
        quote_style="always" if dialect.quotes_all else "necessary",
        datetime_format=DATETIME_FORMAT,
    )


def _ragged_line(row: pl.DataFrame, dialect: Dialect, surplus: int) -> str:
    if surplus < 0:
        return _csv(row[:, :surplus], dialect)
    line = _csv(row, dialect).removesuffix(dialect.line_end)
    return line + (dialect.delimiter + _RAGGED_TEXT) * surplus + dialect.line_end


def _workbook(rows: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    workbook.set_properties({"created": _XLSX_CREATED})
    formats = {
        pl.Datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        pl.Date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet = workbook.add_worksheet()
    for column, (name, values) in enumerate(rows.to_dict().items()):
        sheet.write_string(0, column, name)
        style = formats.get(values.dtype.base_type())
        for row, value in enumerate(values, start=1):
            if value is None or value == "":
                continue
            if style:
                sheet.write_datetime(row, column, value, style)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value)
    workbook.close()
    return buffer.getvalue()
