"""Reads JSON lines: one object a line, its members named like the columns of a header."""

import io
import json
from collections.abc import Iterable, Mapping

import polars as pl

from xypipeline.archives import RefusedFileError
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.decode import count_lines, decode
from xypipeline.raw.header import check_columns, recognise
from xypipeline.raw.reading import (
    LONG_FIELD,
    Defect,
    Reading,
    check_rows,
    read_rows,
    text_frame,
    unparsable,
)
from xypipeline.raw.records import BROKEN_CHARACTERS, LONG_LINE, NUL_CHARACTER
from xypipeline.standard.model import Table

# As objects rows take many times what they take as a frame, so they become one after so much text.
BYTES_PER_FRAME = 8 * 1024**2
NO_OBJECT = "该行不是一个 JSON 对象：请每行写一个对象"
NESTED_VALUE = "该行有值是嵌套的对象或数组：每个值只能是文本、数字、true、false 或 null"
DOUBLED_NAME = "该行有重复的键"
NO_KNOWN_MEMBER = "没有一行含有本表的字段：请每行写一个 JSON 对象，以字段代码、旧代码或中文名作键"

Members = tuple[tuple[str, str | bool | None], ...]
Rows = Mapping[int, Mapping[str, str | None]]


def read_jsonl(content: bytes, table: Table, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read one object a line; blank lines are passed over, lines that are no flat object become defects.

    Numbers keep the digits they were written with, except that a whole number loses its `.0`.

    Raises:
        RefusedFileError: there are lines, but not one names a field of the table; or there are too many lines
            or names.
    """
    check_rows(count_lines(content), limits)
    text = decode(content)
    stream, number = io.BytesIO(text.utf8), 1
    names: dict[str, None] = {}
    frames: list[pl.DataFrame] = []
    defects: list[Defect] = []
    while lines := stream.readlines(BYTES_PER_FRAME):
        rows = dict(_read_lines(enumerate(lines, number), text.broken_lines, limits, defects))
        number += len(lines)
        names |= dict.fromkeys(name for row in rows.values() for name in row)
        check_columns(len(names), limits)
        if rows:
            frames.append(_frame(rows, list(names), table))
    header = recognise(list(names), table)
    if (frames or defects) and not header.positions:
        raise RefusedFileError(NO_KNOWN_MEMBER)
    return read_rows(table, frames, [*header.defects, *defects])


def _read_lines(
    lines: Iterable[tuple[int, bytes]], broken: frozenset[int], limits: Limits, defects: list[Defect]
) -> Iterable[tuple[int, Mapping[str, str | None]]]:
    for number, utf8 in lines:
        if not (line := utf8.decode()).strip():
            continue
        members, problem = _parse(line, is_broken=number in broken, limits=limits)
        if problem:
            defects.append(unparsable(number, problem, line))
        else:
            check_columns(len(members), limits)
            yield number, {name: _text(value) for name, value in members}


def _frame(rows: Rows, names: list[str], table: Table) -> pl.DataFrame:
    columns = {
        column: [row.get(names[position]) for row in rows.values()]
        for column, position in recognise(names, table).positions.items()
    }
    return text_frame(table, list(rows), columns)


def _parse(line: str, *, is_broken: bool, limits: Limits) -> tuple[Members, str | None]:
    """The members of a line's object, and what is wrong with them."""
    if is_broken:
        return (), BROKEN_CHARACTERS
    if len(line) > limits.line_characters:
        return (), LONG_LINE.format(limits.line_characters)
    try:
        parsed = json.loads(line, parse_int=str, parse_float=_without_zero, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        return (), NO_OBJECT
    return (parsed, _find_problem(parsed, limits)) if isinstance(parsed, tuple) else ((), NO_OBJECT)


def _find_problem(members: Members, limits: Limits) -> str | None:
    texts = [text for member in members for text in member if isinstance(text, str)]
    if any(isinstance(value, tuple | list) for _, value in members):
        return NESTED_VALUE
    if len({name for name, _ in members}) < len(members):
        return DOUBLED_NAME
    if any("\0" in text for text in texts):
        return NUL_CHARACTER
    if any("\ud800" <= character <= "\udfff" for text in texts for character in text):
        return BROKEN_CHARACTERS
    if any(len(text) > limits.field_characters for text in texts):
        return LONG_FIELD.format(limits.field_characters)
    return None


def _text(value: str | float | bool | None) -> str | None:
    if isinstance(value, str):
        return value or None
    # What is left of the JSON types: true, false, null, and the NaN and Infinity of careless programs.
    return None if value is None else json.dumps(value)


def _without_zero(number: str) -> str:
    return number.removesuffix(".0")
