"""Reads delimited text: csv, txt and tsv alike, whatever the delimiter; the header line tells."""

import csv
from dataclasses import dataclass
from functools import lru_cache

from xypipeline.archives import RefusedFileError
from xypipeline.raw.body import Body, read_body
from xypipeline.raw.decode import DecodedText, decode
from xypipeline.raw.header import Header, recognise
from xypipeline.raw.reading import NO_KNOWN_COLUMN, Reading, read_rows
from xypipeline.raw.records import Dialect
from xypipeline.standard.model import Table

DELIMITERS = (",", "\t", "|", ";")


@dataclass(frozen=True)
class Layout:
    """What the header line tells about a file."""

    dialect: Dialect
    header: Header


def read_delimited(content: bytes, table: Table) -> Reading:
    """Read a text file with a header line; lines that cannot be parsed become defects.

    Raises:
        RefusedFileError: the header names no column of the table.
    """
    text = _with_line_feeds(decode(content))
    first_line, header_line, utf8 = _split_header(text.utf8)
    if not header_line:
        return read_rows(table, [], [])
    layout = find_layout(header_line, table)
    broken = frozenset(number - first_line for number in text.broken_lines)
    body = Body(utf8, first_line, broken)
    frames, defects = read_body(body, layout.dialect, layout.header, table)
    return read_rows(table, frames, [*layout.header.defects, *defects])


@lru_cache(maxsize=1024)
def find_layout(header_line: str, table: Table) -> Layout:
    """Choose the delimiter with which the header line names most columns of the table.

    Raises:
        RefusedFileError: it names none with any delimiter.
    """
    headers = [(delimiter, recognise(_names(header_line, delimiter), table)) for delimiter in DELIMITERS]
    delimiter, header = max(headers, key=lambda choice: len(choice[1].positions))
    if not header.positions:
        raise RefusedFileError(NO_KNOWN_COLUMN)
    return Layout(Dialect(delimiter, header.width), header)


def _names(header_line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header_line], delimiter=delimiter, strict=True), [])
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
            return number, line.decode(), utf8[end + 1 :]
        start = end + 1
    return number, "", b""
