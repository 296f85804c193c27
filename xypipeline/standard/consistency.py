"""What a well-formed file cannot show by itself: contradictions within and between the standard's files."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from xypipeline.standard.field_consistency import contradictions_of_fields
from xypipeline.standard.model import Catalogue, Field, Table
from xypipeline.standard.notifiable_diseases import contradictions_of_diseases
from xypipeline.standard.parent_consistency import contradictions_of_parents
from xypipeline.standard.rule_consistency import contradictions_of_rules
from xypipeline.standard.source_lines import SourceLines
from xypipeline.standard.table_consistency import contradictions_of_tables

# Codes become names of tables and columns in the warehouse.
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def find_contradictions(catalogue: Catalogue, folder: Path, field_files: set[str]) -> Iterator[str]:
    """Name each contradiction as `file:line: what is wrong; what to do`; nothing for a consistent standard.

    Args:
        catalogue: what the files were read into; each cell is well-formed by itself.
        folder: the version's folder, to find the lines again.
        field_files: table codes for which there is a file of fields.
    """
    lines = SourceLines(folder)
    if catalogue.version != folder.name:
        yield f"{lines.head}: version {catalogue.version} lies in the folder {folder.name}; make them equal."
    yield from _missing_files(catalogue, lines, field_files)
    yield from _naming_problems(catalogue.tables.values(), lambda table: lines.of_table(table.code))
    for table in catalogue.tables.values():
        yield from _naming_problems(table.fields, partial(_field_place, lines, table))
    yield from contradictions_of_tables(catalogue, lines)
    yield from contradictions_of_parents(catalogue, lines)
    yield from contradictions_of_fields(catalogue, lines)
    yield from contradictions_of_rules(catalogue, lines)
    yield from contradictions_of_diseases(catalogue, lines)


def _field_place(lines: SourceLines, table: Table, field: Field) -> str:
    return lines.of_field(table.code, field.code)


def _missing_files(catalogue: Catalogue, lines: SourceLines, field_files: set[str]) -> Iterator[str]:
    for code in catalogue.tables:
        if code not in field_files:
            yield f"{lines.of_table(code)}: the table {code} has no file tables/{code}.csv; add it."
    for code in sorted(field_files - set(catalogue.tables)):
        path = lines.folder / "tables" / f"{code}.csv"
        yield f"{path}: tables.csv has no table {code}; add its line there, or delete this file."


def _naming_problems(items: Iterable[Table | Field], place: Callable[[Table | Field], str]) -> Iterator[str]:
    # Hospitals name files and columns by code, legacy code or title: one shared by two would be ambiguous.
    owners: dict[str, str] = {}
    for number, item in enumerate(items, start=1):
        if item.no != number:
            yield f"{place(item)}: {item.code} has the number {item.no} but stands at {number}; renumber."
        if not _CODE.fullmatch(item.code):
            yield f"{place(item)}: the code {item.code!r} must be lower-case letters, digits and _."
        if not item.title_zh.strip():
            yield f"{place(item)}: {item.code} has no title_zh; give it one."
        for name in (item.code, item.legacy_code, item.title_zh):
            owner = owners.setdefault(name.casefold(), item.code) if name else item.code
            if owner != item.code:
                yield f"{place(item)}: {item.code} is called {name}, and so is {owner}; rename one of them."
