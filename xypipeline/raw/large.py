"""Reads a delimited file of any size piece by piece, each piece a text of its own with the same header."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from xypipeline.archives import RefusedFileError
from xypipeline.raw.content import BoundedContent, open_content
from xypipeline.raw.decode import is_utf16
from xypipeline.raw.files import Source, read_bytes
from xypipeline.raw.plain import find_plain_text, read_plain_texts
from xypipeline.raw.reading import LINE, UNKNOWN_COLUMN, Reading, read_rows
from xypipeline.raw.records import MAX_RECORD_LINES
from xypipeline.standard.model import Table

PIECE_BYTES = 64 * 1024**2
_ENDLESS_LINE = f"文件有一行超过 {PIECE_BYTES // 1024**2} MB，可能缺少换行：请检查导出程序后重新上传"
_UTF16 = "文件过大，不能按 UTF-16 编码读取：请以 UTF-8 导出，或拆分后重新上传"


def read_large(source: Source, table: Table) -> Iterator[Reading]:
    """The readings of a file's pieces, in order, their lines counted through the file.

    A quoted text over several lines stays whole if its quotes are paired.

    Raises:
        RefusedFileError: the file cannot be used, also when only a later piece tells; then none of it is.
    """
    with open_content(source.landing_dir, source.path, source.limits) as stream:
        header, lines_before = _read_header(stream)
        for number, piece in enumerate(_pieces(stream)):
            reading = _read_piece(header + piece, source, table)
            yield _placed(reading, lines_before, is_first=number == 0)
            lines_before += piece.count(b"\n")


def _read_header(stream: BoundedContent) -> tuple[bytes, int]:
    """The header line with its end, and how many blank lines stand before it."""
    blank_lines = 0
    while (line := stream.readline(PIECE_BYTES)) and not line.strip():
        blank_lines += 1
    if is_utf16(line):
        raise RefusedFileError(_UTF16)
    if len(line) == PIECE_BYTES:
        raise RefusedFileError(_ENDLESS_LINE)
    return line, blank_lines


def _pieces(stream: BoundedContent) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(PIECE_BYTES):
        text = rest + chunk
        end = _end_of_record(text)
        if not end:
            raise RefusedFileError(_ENDLESS_LINE)
        yield text[:end]
        rest = text[end:]
    if rest:
        yield rest


def _end_of_record(text: bytes) -> int:
    """The end of the last line up to which all quotes are paired; of the last line if there is none near."""
    last = end = text.rfind(b"\n") + 1
    is_open = text.count(b'"', 0, end) % 2 == 1
    for _ in range(MAX_RECORD_LINES):
        if not is_open or not end:
            return end or last
        start = text.rfind(b"\n", 0, end - 1) + 1
        is_open ^= text.count(b'"', start, end) % 2 == 1
        end = start
    return last


def _read_piece(content: bytes, source: Source, table: Table) -> Reading:
    text = find_plain_text(content, table, source.limits)
    frames = None if text is None else read_plain_texts([text], table)
    if text is None or frames is None:
        return read_bytes(content, source.kind, table, source.limits)
    return read_rows(table, frames, text.layout.header.defects)


def _placed(reading: Reading, lines_before: int, *, is_first: bool) -> Reading:
    # Columns kept out are told once, of the header itself.
    is_of_line = pl.col("rule_id") != UNKNOWN_COLUMN
    defects = reading.defects.filter(is_of_line | pl.lit(is_first))
    shifted = pl.when(is_of_line).then(pl.col(LINE) + lines_before).otherwise(pl.col(LINE))
    return replace(
        reading,
        frame=reading.frame.with_columns(pl.col(LINE) + lines_before),
        defects=defects.with_columns(shifted.alias(LINE)),
    )
