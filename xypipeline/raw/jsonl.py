"""Reads JSON lines: one object a line, its members named like the columns of a header."""

import json
from collections.abc import Mapping

from xypipeline.archives import RefusedFileError
from xypipeline.raw.decode import decode
from xypipeline.raw.header import recognise
from xypipeline.raw.reading import Defect, Reading, read_rows, text_frame, unparsable
from xypipeline.raw.records import BROKEN_CHARACTERS, MAX_FIELD_CHARACTERS, NUL_CHARACTER
from xypipeline.standard.model import Table

NO_OBJECT = "该行不是一个 JSON 对象：请每行写一个对象"
NESTED_VALUE = "该行有值是嵌套的对象或数组：每个值只能是文本、数字、true、false 或 null"
DOUBLED_NAME = "该行有重复的键"
TOO_LONG = f"该行有值超过 {MAX_FIELD_CHARACTERS} 个字符"
NO_KNOWN_MEMBER = "没有一行含有本表的字段：请每行写一个 JSON 对象，以字段代码、旧代码或中文名作键"

Members = tuple[tuple[str, str | bool | None], ...]


def read_jsonl(content: bytes, table: Table) -> Reading:
    """Read one object a line; blank lines are passed over, lines that are no flat object become defects.

    Numbers keep the digits they were written with, except that a whole number loses its `.0`.

    Raises:
        RefusedFileError: there are lines, but not one names a field of the table.
    """
    text = decode(content)
    rows: dict[int, Mapping[str, str | None]] = {}
    defects: list[Defect] = []
    for number, line in enumerate(text.utf8.decode().split("\n"), start=1):
        if not line.strip():
            continue
        members = _parse(line)
        problem = BROKEN_CHARACTERS if number in text.broken_lines else _find_problem(members)
        if problem:
            defects.append(unparsable(number, problem, line))
        else:
            rows[number] = {name: _text(value) for name, value in members}
    return _as_reading(rows, defects, table)


def _as_reading(rows: Mapping[int, Mapping[str, str | None]], defects: list[Defect], table: Table) -> Reading:
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    header = recognise(names, table)
    if (rows or defects) and not header.positions:
        raise RefusedFileError(NO_KNOWN_MEMBER)
    columns = {
        column: [row.get(names[position]) for row in rows.values()]
        for column, position in header.positions.items()
    }
    frames = [text_frame(table, list(rows), columns)] if rows else []
    return read_rows(table, frames, [*header.defects, *defects])


def _parse(line: str) -> Members | None:
    try:
        parsed = json.loads(line, parse_int=str, parse_float=_without_zero, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, tuple) else None


def _find_problem(members: Members | None) -> str | None:
    if members is None:
        return NO_OBJECT
    texts = [text for member in members for text in member if isinstance(text, str)]
    if any(isinstance(value, tuple | list) for _, value in members):
        return NESTED_VALUE
    if len({name for name, _ in members}) < len(members):
        return DOUBLED_NAME
    if any("\0" in text for text in texts):
        return NUL_CHARACTER
    if any("\ud800" <= character <= "\udfff" for text in texts for character in text):
        return BROKEN_CHARACTERS
    return TOO_LONG if any(len(text) > MAX_FIELD_CHARACTERS for text in texts) else None


def _text(value: str | float | bool | None) -> str | None:
    if isinstance(value, str):
        return value or None
    # What is left of the JSON types: true, false, null, and the NaN and Infinity of careless programs.
    return None if value is None else json.dumps(value)


def _without_zero(number: str) -> str:
    return number.removesuffix(".0")
