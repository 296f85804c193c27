"""Takes delimited text apart record by record, as RFC 4180 has it, and sets aside what cannot be read.

The way for lines that are not provably regular; `delimited` takes the regular ones in bulk.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.reading import LONG_FIELD

# A quote that is never closed must not swallow the rest of the file: no record is longer than this.
MAX_RECORD_LINES = 1_000

BROKEN_CHARACTERS = "该行含有无法按文件编码读出的字符：请以 UTF-8 重新导出"
NUL_CHARACTER = "该行含有空字符（NUL）：请去除后重新导出"
LONG_LINE = "该行超过 {} 个字符"
UNPAIRED_QUOTES = "该行引号不成对，或引号前后另有字符：字段内的引号应双写"
STRAY_LINE_BREAK = "该行在引号之外含有单独的回车符"


@dataclass(frozen=True)
class Dialect:
    """How the columns of one file are told apart."""

    delimiter: str
    width: int
    """How many columns the header has."""
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True)
class Record:
    """What begins at one line: a row, a blank line (neither row nor problem), or a problem."""

    line_count: int
    """How many physical lines it takes."""
    row: list[str] | None = None
    problem: str | None = None
    """In Chinese, without content."""


def read_record(
    lines: Sequence[str], index: int, dialect: Dialect, broken: frozenset[int] = frozenset()
) -> Record:
    """Read the record that begins at `lines[index]`; reading goes on `line_count` lines further.

    Args:
        lines: the file's physical lines with their ends.
        index: where a record begins, from 0.
        dialect: delimiter and width.
        broken: indexes of lines with undecodable bytes.
    """
    if len(lines[index]) > dialect.limits.line_characters:
        return Record(1, problem=LONG_LINE.format(dialect.limits.line_characters))
    last = min(index + MAX_RECORD_LINES, len(lines))
    reader = read_cells((lines[at] for at in range(index, last)), dialect)
    try:
        row = next(reader)
    except csv.Error:
        # Whatever followed in the open quote may be good: only the line where it began is lost.
        return Record(1, problem=_problem(lines[index], dialect, is_broken=index in broken))
    taken = range(index, index + reader.line_num)
    if not row:
        return Record(len(taken))
    if any(at in broken for at in taken):
        return Record(len(taken), problem=BROKEN_CHARACTERS)
    if any("\0" in cell for cell in row):
        return Record(len(taken), problem=NUL_CHARACTER)
    if len(row) != dialect.width:
        problem = f"该行有 {len(row)} 个字段，表头有 {dialect.width} 个"
        return Record(_ragged_line_count(lines, taken, dialect), problem=problem)
    return Record(len(taken), row)


def read_cells(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """The cells of each record, as the csv module reads them; its errors are this reader's."""
    # The module has one limit for all of the process, and a small one until it is set.
    csv.field_size_limit(dialect.limits.field_characters)
    return csv.reader(lines, delimiter=dialect.delimiter, strict=True)


def _problem(line: str, dialect: Dialect, *, is_broken: bool) -> str:
    if is_broken:
        return BROKEN_CHARACTERS
    if len(line) > dialect.limits.field_characters:
        return LONG_FIELD.format(dialect.limits.field_characters)
    return STRAY_LINE_BREAK if "\r" in line.rstrip("\r\n") else UNPAIRED_QUOTES


def _ragged_line_count(lines: Sequence[str], taken: range, dialect: Dialect) -> int:
    # If a later line is by itself a whole row, a stray quote joined it to this record: give it back.
    swallowed = any(read_record([lines[at]], 0, dialect).row is not None for at in taken[1:])
    return 1 if swallowed else len(taken)
