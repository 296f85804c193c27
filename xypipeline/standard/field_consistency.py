"""Contradictions of fields: with the platform's columns, with their type, their value domain, each other."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from xypipeline.standard.model import LINEAGE_COLUMNS, Catalogue, CodeList, Field
from xypipeline.standard.source_lines import SourceLines

# `org_code` is a field of each table and at the same time the delivering hospital, proven equal by rule G08.
RESERVED_COLUMNS = frozenset(LINEAGE_COLUMNS) - {"org_code"} | {"is_qualified", "declared_org_code"}
_DATA_ELEMENT = re.compile(r"DE\d\d\.\d\d\.\d{3}\.\d\d")
# Neither DuckDB nor Polars can look around or back.
_UNSUPPORTED_PATTERN = re.compile(r"\(\?(=|!|<=|<!)|\\[1-9]")
_READERS: Mapping[str, Callable[[str], object]] = {
    "int": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def contradictions_of_fields(catalogue: Catalogue, lines: SourceLines) -> Iterator[str]:
    """Fields that no value could satisfy, or that mean one thing here and another there."""
    first_use: dict[str, tuple[str, Field]] = {}
    for table in catalogue.tables.values():
        for field in table.fields:
            for problem in _problems(field, catalogue.code_lists):
                yield f"{lines.of_field(table.code, field.code)}: {field.code} {problem}"
            home, known = first_use.setdefault(field.code, (table.code, field))
            if _meaning(field) != _meaning(known):
                place = lines.of_field(home, field.code)
                yield (
                    f"{lines.of_field(table.code, field.code)}: {field.code} is not described as on {place}; "
                    "describe it alike, or give it another code."
                )
    yield from _code_list_contradictions(catalogue, lines)


def _meaning(field: Field) -> Field:
    """What one field code means in every table; only number, need and remark may differ."""
    return replace(field, no=0, legacy_code=None, required="O", note=None)


def _problems(field: Field, code_lists: Mapping[str, CodeList]) -> Iterator[str]:
    if field.code in RESERVED_COLUMNS:
        yield "is the name of a column that the platform adds; give the field another code."
    if field.data_element_id and not _DATA_ELEMENT.fullmatch(field.data_element_id):
        yield f"has the data element {field.data_element_id}, not of the form DE00.00.000.00; correct it."
    if field.pattern and _UNSUPPORTED_PATTERN.search(field.pattern):
        yield "has a pattern that looks around or back, which the warehouse cannot; write it without."
    yield from _size_problems(field)
    yield from _range_problems(field)
    yield from _domain_problems(field, code_lists)


def _size_problems(field: Field) -> Iterator[str]:
    is_sized = field.type in ("string", "int", "decimal")
    if is_sized and not field.length:
        yield f"is of type {field.type} and has no length; give it one."
    if not is_sized and field.length is not None:
        yield f"is of type {field.type}, which has no length; leave it blank."
    if (field.type == "decimal") != (field.precision is not None):
        yield "must have a precision if its type is decimal, and only then; correct type or precision."
    if (field.precision or 0) > (field.length or 0):
        yield f"has {field.precision} decimals but only {field.length} digits; correct one of them."


def _range_problems(field: Field) -> Iterator[str]:
    bounds = [text for text in (field.minimum, field.maximum) if text]
    if not bounds:
        return
    read = _READERS.get(field.type)
    if read is None:
        yield f"is of type {field.type}, which has no range; leave min and max blank."
        return
    try:
        values = [read(text) for text in bounds]
    except (ValueError, InvalidOperation):
        yield f"has a range {' to '.join(bounds)} that is no {field.type}; correct min and max."
        return
    if values != sorted(values):
        yield f"has the min {field.minimum} above the max {field.maximum}; correct one of them."


def _domain_problems(field: Field, code_lists: Mapping[str, CodeList]) -> Iterator[str]:
    if field.list_separator and not field.value_domain:
        yield "has a list_separator but no value domain for the elements; name one, or leave it blank."
    if not field.value_domain:
        return
    code_list = code_lists.get(field.value_domain)
    if code_list is None:
        yield f"has the value domain {field.value_domain}, which codes.csv lacks; add it or correct the name."
        return
    for code in code_list.codes:
        if field.list_separator and field.list_separator in code:
            yield f"has the list_separator {field.list_separator}, also in the code {code}; choose another."
        if not code_list.pattern and field.length and len(code) > field.length:
            yield f"is {field.length} characters long, and the code {code} longer; lengthen the field."


def _code_list_contradictions(catalogue: Catalogue, lines: SourceLines) -> Iterator[str]:
    used = {field.value_domain for table in catalogue.tables.values() for field in table.fields}
    for code_list in catalogue.code_lists.values():
        place = lines.of_code_list(code_list.id)
        if code_list.id not in used:
            yield f"{place}: no field has the value domain {code_list.id}; name it in a field, or delete it."
        if code_list.pattern is not None and not _is_pattern(code_list.pattern):
            yield f"{place}: the pattern of {code_list.id} cannot be read; correct it."


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return not _UNSUPPORTED_PATTERN.search(text)
