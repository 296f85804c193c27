"""Reads the lines below the header: regular stretches in bulk, every other line record by record."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from xypipeline.raw.header import Header
from xypipeline.raw.reading import LINE, Defect, text_frame, text_schema, unparsable
from xypipeline.raw.records import Dialect, Record, read_cells, read_record
from xypipeline.raw.regular import irregular_lines, read_regular
from xypipeline.standard.model import Table

# Below this a call into Polars costs more than Python needs for all of it.
BULK_FROM_BYTES = 64 * 1024
BULK_FROM_LINES = 2_000
ROWS_PER_FRAME = 20_000


@dataclass(frozen=True)
class Body:
    """The text below a header."""

    utf8: bytes
    first_line: int
    """The physical line number at which it begins."""
    broken: frozenset[int]
    """Indexes, from 0 at `first_line`, of lines with undecodable bytes."""


@dataclass(frozen=True)
class Stretch:
    """Physical lines by index: regular ones, each a row, or one record that was read by itself."""

    start: int
    stop: int
    record: Record | None = None


def read_body(
    body: Body, dialect: Dialect, header: Header, table: Table
) -> tuple[list[pl.DataFrame], list[Defect]]:
    """Read all records: frames of rows in order (with the columns of a reading), and the lines set aside."""
    suspects = irregular_lines(body.utf8, dialect) if len(body.utf8) >= BULK_FROM_BYTES else None
    if suspects == [] and not body.broken:
        return [_bulk_frame(body.utf8, body.first_line, dialect, header, table)], []
    # One by one, as a single rare character makes the whole of a text take four times its bytes.
    lines = [line.decode() for line in io.BytesIO(body.utf8)]
    suspects = range(len(lines)) if suspects is None else sorted({*suspects, *body.broken})
    gathered = _Gathered(header, table)
    for stretch in _stretches(lines, suspects, dialect, body.broken):
        number, text = body.first_line + stretch.start, lines[stretch.start : stretch.stop]
        if stretch.record is not None:
            gathered.add_record(number, stretch.record, text)
        elif len(text) < BULK_FROM_LINES:
            gathered.add_rows(number, read_cells(text, dialect))
        else:
            utf8 = "".join(text).encode()
            gathered.add_frame(_bulk_frame(utf8, number, dialect, header, table))
    gathered.make_frame()
    return gathered.frames, gathered.defects


def _stretches(
    lines: Sequence[str], suspects: Iterable[int], dialect: Dialect, broken: frozenset[int]
) -> Iterator[Stretch]:
    index = 0
    for suspect in suspects:
        if suspect < index:
            continue  # part of a record that began earlier
        if index < suspect:
            yield Stretch(index, suspect)
        record = read_record(lines, suspect, dialect, broken)
        index = suspect + record.line_count
        yield Stretch(suspect, index, record)
    if index < len(lines):
        yield Stretch(index, len(lines))


def _bulk_frame(utf8: bytes, first_line: int, dialect: Dialect, header: Header, table: Table) -> pl.DataFrame:
    rows = read_regular(utf8, dialect)
    columns = {name: pl.col(str(position)) for name, position in header.positions.items()}
    columns[LINE] = pl.int_range(first_line, first_line + rows.height, dtype=pl.Int64)
    absent = pl.lit(None, dtype=pl.String)
    return rows.select(columns.get(name, absent).alias(name) for name in text_schema(table))


class _Gathered:
    """What has been read so far; rows read in Python wait to become a frame together."""

    def __init__(self, header: Header, table: Table) -> None:
        self.frames: list[pl.DataFrame] = []
        self.defects: list[Defect] = []
        self._header = header
        self._table = table
        self._rows: list[list[str]] = []
        self._numbers: list[int] = []

    def add_record(self, number: int, record: Record, text: Sequence[str]) -> None:
        if record.row is not None:
            self.add_rows(number, [record.row])
        elif record.problem is not None:
            self.defects.append(unparsable(number, record.problem, "".join(text)))

    def add_rows(self, number: int, rows: Iterable[list[str]]) -> None:
        self._rows += rows
        self._numbers += range(number, number + len(self._rows) - len(self._numbers))
        if len(self._rows) >= ROWS_PER_FRAME:
            self.make_frame()

    def add_frame(self, frame: pl.DataFrame) -> None:
        self.make_frame()
        self.frames.append(frame)

    def make_frame(self) -> None:
        if not self._rows:
            return
        cells = list(zip(*self._rows, strict=True))
        columns = {
            name: [cell or None for cell in cells[position]]
            for name, position in self._header.positions.items()
        }
        self.frames.append(text_frame(self._table, self._numbers, columns))
        self._rows, self._numbers = [], []
