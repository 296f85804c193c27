"""Reads one version of the data standard from its files and refuses a malformed one, naming file and line.

A version is a folder: `standard.toml`, `tables.csv`, `tables/<table>.csv`, `codes.csv`, `rules.csv`,
`notifiable_diseases.csv`.
"""

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

from xypipeline.errors import StandardError
from xypipeline.standard.consistency import find_contradictions
from xypipeline.standard.model import Catalogue, CodeList, Field, Parent, Rule, Table
from xypipeline.standard.notifiable_diseases import NOTIFIABLE_DISEASES, read_disease
from xypipeline.standard.source_lines import INTAKE_RULES

VERSIONS_DIR = Path(__file__).parent / "versions"
CONTROL_DIR = Path(__file__).parent / "control"
PATTERN_PREFIX = "pattern:"
_PARENT = re.compile(r"(\w+)\(([^)]+)\)(?: when (\w+) in ([\w|]+))?")

Item = TypeVar("Item")


@cache
def installed_catalogues() -> Mapping[str, Catalogue]:
    """Every version of the standard that this program has, by version."""
    found = [load_catalogue(folder) for folder in sorted(VERSIONS_DIR.iterdir()) if folder.is_dir()]
    return {catalogue.version: catalogue for catalogue in found}


@cache
def current_catalogue() -> Catalogue:
    """The version of the standard that is in force: the one with the latest `valid_from`."""
    return max(installed_catalogues().values(), key=lambda catalogue: catalogue.valid_from)


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check one version of the standard.

    Raises:
        StandardError: a file is missing, a cell is malformed, or the files contradict each other; the message
            lists every problem found with file and line.
    """
    head = _read_head(folder / "standard.toml")
    fields, tables = _read_tables(folder)
    catalogue = Catalogue(
        version=head["version"],
        title=head["title"],
        valid_from=head["valid_from"],
        tables=tables,
        code_lists=_code_lists(folder / "codes.csv"),
        rules={rule.id: rule for path in (folder / "rules.csv", INTAKE_RULES) for rule in _read(path, _rule)},
        notifiable_diseases=tuple(_read(folder / NOTIFIABLE_DISEASES, read_disease)),
        control_tables=_read_tables(CONTROL_DIR)[1],
    )
    problems = list(find_contradictions(catalogue, folder, set(fields)))
    if problems:
        raise StandardError("\n".join(problems))
    return catalogue


def _read_tables(folder: Path) -> tuple[dict[str, list[Field]], dict[str, Table]]:
    """The files of fields by their names, and the tables by their codes, each with its fields."""
    fields = {path.stem: _read(path, _field) for path in sorted((folder / "tables").glob("*.csv"))}
    tables = _read(folder / "tables.csv", lambda row: _table(row, tuple(fields.get(row["code"], ()))))
    return fields, {table.code: table for table in tables}


def _read_head(path: Path) -> dict:
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StandardError(f"{path}: {error}") from error
    if not isinstance(head.get("valid_from"), date) or not {"version", "title"} <= head.keys():
        raise StandardError(f"{path}: needs version, title and valid_from (a date without quotes).")
    return head


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for row in reader:
                if None in row or None in row.values():
                    raise StandardError(f"{path}:{reader.line_num}: has not as many cells as the header.")
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StandardError(f"{path}: {error}") from error


def _read(path: Path, build: Callable[[dict[str, str]], Item]) -> list[Item]:
    items, seen = [], {}
    for line, row in _rows(path):
        try:
            item = build(row)
        except KeyError as error:
            raise StandardError(f"{path}:{line}: column {error} is missing.") from error
        except (ValueError, ArithmeticError, re.error) as error:
            raise StandardError(f"{path}:{line}: {error}") from error
        name = getattr(item, "id", None) or item.code
        if seen.setdefault(name, line) != line:
            raise StandardError(f"{path}:{line}: {name} is defined already on line {seen[name]}.")
        items.append(item)
    return items


def _field(row: dict[str, str]) -> Field:
    if row["pattern"]:
        re.compile(row["pattern"])
    return Field(
        no=int(row["no"]),
        code=row["field_code"],
        legacy_code=row["legacy_code"] or None,
        title_zh=row["title_zh"],
        type=_one_of(row["type"], "string", "int", "decimal", "date", "datetime"),
        length=int(row["length"]) if row["length"] else None,
        precision=int(row["precision"]) if row["precision"] else None,
        required=_one_of(row["required"], "M", "C", "O"),
        value_domain=row["value_domain"] or None,
        list_separator=row["list_separator"] or None,
        minimum=row["min"] or None,
        maximum=row["max"] or None,
        pattern=row["pattern"] or None,
        data_element_id=row["data_element_id"] or None,
        sensitive=_one_of(row["sensitive"], "none", "name", "id_no", "phone", "address"),
        note=row["note"] or None,
    )


def _table(row: dict[str, str], fields: tuple[Field, ...]) -> Table:
    return Table(
        no=int(row["no"]),
        code=row["code"],
        legacy_code=row["legacy_code"] or None,
        title_zh=row["title_zh"],
        domain=row["domain"],
        domain_zh=row["domain_zh"],
        grain=row["grain"],
        primary_key=tuple(row["primary_key"].split("|")),
        event_date=row["event_date"],
        expected_frequency=_one_of(row["expected_frequency"], "daily", "weekly", "event", "static"),
        expected_share=Decimal(row["expected_share"]),
        applicability=tuple(tag for tag in row["applicability"].split("|") if tag != "all"),
        references=row["references"],
        parents=tuple(_parent(text) for text in row["parent"].split(";") if text),
        absence_note=row["absence_note"] or None,
        fields=fields,
    )


def _parent(text: str) -> Parent:
    match = _PARENT.fullmatch(text)
    if not match:
        raise ValueError(f"parent {text!r} is not of the form table(child=parent,...)[ when column in a|b].")
    columns = tuple(tuple(pair.split("=", 1)) for pair in match[2].split(","))
    return Parent(match[1], columns, match[3], tuple(match[4].split("|")) if match[4] else ())


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        id=row["rule_id"],
        table_code=row["table_code"],
        title_zh=row["title_zh"],
        kind=_one_of(row["kind"], "intake", "row", "cross_field", "cross_table", "volume", "timeliness"),
        expression=row["expression"],
        severity=_one_of(row["severity"], "error", "warn"),
        fatal_on=frozenset(
            _one_of(role, "row", "key", "event_date") for role in row["fatal_on"].split("|") if role
        ),
    )


def _code_lists(path: Path) -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for line, row in _rows(path):
        name, code = row["domain_id"], row["code"]
        empty = CodeList(name, row["domain_title_zh"], row["source"], {}, None)
        known = lists.get(name, empty)
        if code in known.codes:
            raise StandardError(f"{path}:{line}: {name} has the code {code} already.")
        if code.startswith(PATTERN_PREFIX):
            pattern = code.removeprefix(PATTERN_PREFIX)
            lists[name] = CodeList(name, known.title_zh, known.source, known.codes, pattern)
        else:
            codes = {**known.codes, code: row["meaning_zh"]}
            lists[name] = CodeList(name, known.title_zh, known.source, codes, known.pattern)
    return lists


def _one_of(value: str, *allowed: str) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(allowed)}.")
    return value
