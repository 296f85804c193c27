"""Reads delimited text: csv, txt and tsv alike, whatever the delimiter; the header line tells."""

import csv
from dataclasses import dataclass, replace
from functools import lru_cache

from xypipeline.archives import RefusedFileError
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.body import Body, read_body
from xypipeline.raw.decode import DecodedText, count_lines, decode
from xypipeline.raw.header import Header, check_columns, recognise
from xypipeline.raw.reading import NO_KNOWN_COLUMN, Reading, check_rows, read_rows
from xypipeline.raw.records import Dialect, read_cells
from xypipeline.standard.model import Table

DELIMITERS = (",", "\t", "|", ";")
# Layouts are remembered by their header line.
MAX_HEADER_BYTES = 64 * 1024
LONG_HEADER = f"表头（第一行）超过 {MAX_HEADER_BYTES // 1024} KB，可能缺少换行：请检查导出程序后重新上传"


@dataclass(frozen=True)
class Layout:
    """What the header line tells about a file."""

    dialect: Dialect
    header: Header


def read_delimited(content: bytes, table: Table, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a text file with a header line; lines that cannot be parsed become defects.

    Raises:
        RefusedFileError: the header names no column of the table, or there are too many lines or columns.
    """
    check_rows(count_lines(content), limits)
    text = _with_line_feeds(decode(content))
    first_line, header_line, utf8 = _split_header(text.utf8)
    if not header_line:
        return read_rows(table, [], [])
    layout = find_layout(header_line, table, limits)
    broken = frozenset(number - first_line for number in text.broken_lines)
    body = Body(utf8, first_line, broken)
    frames, defects = read_body(body, layout.dialect, layout.header, table)
    return read_rows(table, frames, [*layout.header.defects, *defects])


@lru_cache(maxsize=1024)
def find_layout(header_line: str, table: Table, limits: Limits = DEFAULT_LIMITS) -> Layout:
    """Choose the delimiter with which the header line names most columns of the table.

    Raises:
        RefusedFileError: it names none with any delimiter, or there are too many.
    """
    dialects = [Dialect(delimiter, 0, limits) for delimiter in DELIMITERS]
    headers = [(dialect, recognise(_names(header_line, dialect), table)) for dialect in dialects]
    dialect, header = max(headers, key=lambda choice: len(choice[1].positions))
    if not header.positions:
        raise RefusedFileError(NO_KNOWN_COLUMN)
    check_columns(header.width, limits)
    return Layout(replace(dialect, width=header.width), header)


def _names(header_line: str, dialect: Dialect) -> list[str]:
    try:
        return next(read_cells([header_line], dialect), [])
    except csv.Error:
        return []


def _with_line_feeds(text: DecodedText) -> DecodedText:
    # Old programs end lines with a carriage return alone.
    if b"\n" in text.utf8 or b"\r" not in text.utf8:
        return text
    return DecodedText(text.utf8.replace(b"\r", b"\n"), text.broken_lines)


def _split_header(utf8: bytes) -> tuple[int, str, bytes]:
    """The number of the line after the header, the header (the first line not blank), and the rest."""
    start, number = 0, 1
    while start < len(utf8):
        end = utf8.find(b"\n", start)
        end = len(utf8) if end < 0 else end
        number += 1
        line = utf8[start:end].strip(b"\r")
        if line.strip():
            if len(line) > MAX_HEADER_BYTES:
                raise RefusedFileError(LONG_HEADER)
            return number, line.decode(), utf8[end + 1 :]
        start = end + 1
    return number, "", b""
