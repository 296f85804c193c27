"""Reads plain delimited files together, as one text; most files are plain, and most of them are small.

A file is plain when no reading of it can differ: UTF-8, its header in the first line, no quote anywhere, each
line one row of the header's width. That is proved by counting, which costs far less than reading does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import polars as pl
from polars.exceptions import PolarsError

from xypipeline.archives import RefusedFileError
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.decode import BYTE_ORDER_MARK, is_usual_utf8
from xypipeline.raw.delimited import MAX_HEADER_BYTES, Layout, find_layout
from xypipeline.raw.header import Header
from xypipeline.raw.reading import LINE, text_schema
from xypipeline.standard.model import Table

_HEADER_LINES = 1
# Quotes join lines, carriage returns end them, and a mark may be dropped where a text begins.
_NEVER_PLAIN = (b'"', b"\r", b"\0", BYTE_ORDER_MARK)


@dataclass(frozen=True)
class PlainText:
    """A plain file: its layout, and its rows, each of them one line with its end."""

    header_line: bytes
    layout: Layout
    """What the header line tells, the same for the same line."""
    body: bytes | memoryview
    rows: int


def find_plain_text(content: bytes, table: Table, limits: Limits = DEFAULT_LIMITS) -> PlainText | None:
    """The file as plain text; None if it must be read by itself, or not at all."""
    header_end = content.find(b"\n")
    start = header_end + 1
    if (
        not 0 < start <= MAX_HEADER_BYTES
        or not content[start : start + MAX_HEADER_BYTES].strip()
        or any(mark in content for mark in _NEVER_PLAIN)
        or not is_usual_utf8(content)
    ):
        return None
    layout = _layout(content[:header_end], table, limits)
    # One column has no delimiters to count.
    if layout is None or layout.dialect.width == 1:
        return None
    is_ended = content.endswith(b"\n")
    rows = content.count(b"\n", start) + (not is_ended)
    delimiters = content.count(layout.dialect.delimiter.encode(), start)
    if rows > limits.rows or delimiters != rows * (layout.dialect.width - 1):
        return None
    # A view where it can be: most of what is read goes through here.
    body = memoryview(content)[start:] if is_ended else content[start:] + b"\n"
    return PlainText(content[:header_end], layout, body, rows)


def read_plain_texts(texts: Sequence[PlainText], table: Table) -> list[pl.DataFrame] | None:
    """The rows of each text, with the columns of a reading; all texts have one header line.

    None if they must be read by themselves after all: a line is too long or too wide, or is no UTF-8.
    """
    layout = texts[0].layout
    schema = {str(position): pl.String for position in range(layout.dialect.width)}
    try:
        # Wider lines raise. So none is wider, hence by the number of delimiters none is narrower.
        rows = pl.read_csv(
            b"".join(text.body for text in texts),
            separator=layout.dialect.delimiter,
            schema=schema,
            has_header=False,
            quote_char=None,
        )
    except PolarsError:
        return None
    counts = [text.rows for text in texts]
    if rows.height != sum(counts) or _longest_cell(rows) > layout.dialect.limits.field_characters:
        return None
    frame = _with_names(rows, layout.header, counts, table)
    ends = list(accumulate(counts, initial=0))
    return [frame.slice(end, count) for end, count in zip(ends[:-1], counts, strict=True)]


def _layout(header_line: bytes, table: Table, limits: Limits) -> Layout | None:
    try:
        return find_layout(header_line.decode(), table, limits)
    except (UnicodeDecodeError, RefusedFileError):
        return None


def _longest_cell(rows: pl.DataFrame) -> int:
    return max(rows.select(pl.all().str.len_bytes().max().fill_null(0)).row(0))


def _with_names(rows: pl.DataFrame, header: Header, counts: Sequence[int], table: Table) -> pl.DataFrame:
    ends = pl.Series(list(accumulate(counts, initial=0))[:-1], dtype=pl.Int64)
    start = ends.repeat_by(pl.Series(counts)).explode(empty_as_null=False)
    line = pl.int_range(rows.height, dtype=pl.Int64, eager=True) - start + _HEADER_LINES + 1
    filled = rows.select(pl.when(pl.all() != "").then(pl.all()))
    columns = {name: pl.col(str(position)) for name, position in header.positions.items()}
    columns[LINE] = pl.lit(line)
    absent = pl.lit(None, dtype=pl.String)
    return filled.select(columns.get(name, absent).alias(name) for name in text_schema(table))
