"""Proves that lines of delimited text are regular, and reads regular lines in bulk with Polars.

A regular line is one whole record of the right width with flawless quoting: no reading of it can differ.
"""

import re
from codecs import BOM_UTF8

import polars as pl

from xypipeline.raw.records import Dialect

# One of them does not occur in the text and so keeps each line in a single column.
_UNUSED = ("\x01", "\x02", "\x1e", "\x1f")


def irregular_lines(utf8: bytes, dialect: Dialect) -> list[int] | None:
    """Indexes of the physical lines that must be read one by one, in order; None if that cannot be told."""
    unused = next((mark for mark in _UNUSED if mark.encode() not in utf8), None)
    if unused is None or utf8.startswith(BOM_UTF8):
        return None
    lines = _read(utf8, unused, ["line"], quote_char=None)["line"].fill_null("")
    if lines.len() != utf8.count(b"\n") + (not utf8.endswith(b"\n")):
        return None
    is_regular = (
        lines.str.contains(_regular_line(dialect))
        & ~lines.str.contains("\0", literal=True)
        & (lines.str.len_bytes() <= dialect.limits.field_characters)
        & (lines != "")
        # Polars would take it for a mark of the encoding and drop it where a stretch begins.
        & ~lines.str.starts_with("\ufeff")
    )
    return (~is_regular).arg_true().to_list()


def read_regular(utf8: bytes, dialect: Dialect) -> pl.DataFrame:
    """Read regular lines: one row each, columns `0`, `1`, ... as text, null where empty."""
    columns = [str(position) for position in range(dialect.width)]
    rows = _read(utf8, dialect.delimiter, columns)
    return rows.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _read(utf8: bytes, separator: str, columns: list[str], **options: object) -> pl.DataFrame:
    return pl.read_csv(
        utf8, separator=separator, new_columns=columns, has_header=False, infer_schema=False, **options
    )


def _regular_line(dialect: Dialect) -> str:
    delimiter = re.escape(dialect.delimiter)
    cell = rf'(?:"(?:[^"]|"")*"|[^"{delimiter}\r]*)'
    return rf"^{cell}(?:{delimiter}{cell}){{{dialect.width - 1}}}$"
