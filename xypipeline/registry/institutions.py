"""Reads the register of hospitals from its files and refuses a malformed one, naming file and line.

A register is a folder: `registry.toml` (version), `institutions.csv`, `connections.csv`, `exemptions.csv`
(outages and closures), `applicability.csv` (tables that a hospital need not upload).
"""

import csv
import tomllib
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from xypipeline.errors import RegistryError
from xypipeline.harmless import begins_formula, is_visible
from xypipeline.registry.consistency import Located, find_contradictions
from xypipeline.registry.model import (
    Connection,
    Exemption,
    Inapplicability,
    Institution,
    Registry,
    Validity,
)

REGISTRY_DIR = Path(__file__).parent

Item = TypeVar("Item")
Problems = list[str]


@cache
def current_registry(table_codes: frozenset[str] | None = None) -> Registry:
    """The register that ships with the pipeline; checked as `load_registry` does."""
    return load_registry(table_codes=table_codes)


def load_registry(folder: Path = REGISTRY_DIR, table_codes: Collection[str] | None = None) -> Registry:
    """Read and check a register.

    Args:
        folder: where it lies.
        table_codes: the tables of the standard, to be told of entries about others; unless given, whatever
            has the name of a table is taken for one.

    Raises:
        RegistryError: a file is missing, a cell is malformed, or the files contradict each other; the message
            lists every problem found with file and line.
    """
    problems: Problems = []
    version = _read_version(folder / "registry.toml", problems)
    institutions = _read(folder / "institutions.csv", _institution, problems)
    connections = _read(folder / "connections.csv", _connection, problems)
    exemptions = _read(folder / "exemptions.csv", _exemption, problems)
    inapplicabilities = _read(folder / "applicability.csv", _inapplicability, problems)
    # Contradictions between rows that could not all be read would only repeat what is wrong already.
    problems = problems or list(
        find_contradictions(institutions, connections, exemptions, inapplicabilities, table_codes)
    )
    if problems:
        raise RegistryError("\n".join(problems))
    return Registry(
        version=version,
        institutions=tuple(sorted((found.item for found in institutions), key=lambda item: item.seq)),
        connections=tuple(found.item for found in connections),
        exemptions=tuple(found.item for found in exemptions),
        inapplicabilities=tuple(found.item for found in inapplicabilities),
    )


def _read_version(path: Path, problems: Problems) -> str:
    try:
        version = tomllib.loads(path.read_text(encoding="utf-8")).get("version")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{path}: {error}")
        return ""
    if not isinstance(version, str) or not version:
        problems.append(f'{path}: needs a version, like version = "2023.1".')
    return str(version)


def _read(path: Path, build: Callable[[dict[str, str]], Item], problems: Problems) -> list[Located[Item]]:
    items: list[Located[Item]] = []
    try:
        for line, row in _rows(path):
            place = f"{path}:{line}"
            try:
                items.append(Located(place, build(row)))
            except KeyError as error:
                problems.append(f"{place}: column {error} is missing.")
            except ValueError as error:
                problems.append(f"{place}: {error}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(f"{path}: {error}")
    return items


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        for row in reader:
            if None in row or None in row.values():
                raise csv.Error(f"line {reader.line_num} has not as many cells as the header.")
            yield reader.line_num, row


def _institution(row: dict[str, str]) -> Institution:
    return Institution(
        seq=int(row["seq"]),
        org_code=_filled(row, "org_code"),
        name=_filled(row, "name"),
        district=_filled(row, "district"),
        district_code=_filled(row, "district_code"),
        kind=_filled(row, "kind"),
        level=row["level"] or None,
        registered=_validity(row, "registered_from", "registered_to"),
    )


def _connection(row: dict[str, str]) -> Connection:
    return Connection(
        org_code=_filled(row, "org_code"),
        platform=_one_of(row, "platform", "city", "province"),
        valid=_validity(row, "valid_from", "valid_to"),
        note=row["note"] or None,
    )


def _exemption(row: dict[str, str]) -> Exemption:
    exemption = Exemption(
        org_code=row["org_code"] or None,
        kind=_one_of(row, "kind", "outage", "closure"),
        days=_days(row),
        evidence=_filled(row, "evidence"),
    )
    if exemption.kind == "closure" and exemption.org_code is None:
        raise ValueError("a closure needs the org_code of the hospital that was closed.")
    return exemption


def _inapplicability(row: dict[str, str]) -> Inapplicability:
    return Inapplicability(
        org_code=_filled(row, "org_code"),
        table_code=_filled(row, "table_code"),
        kind=_one_of(row, "kind", "not_provided", "suspended", "outsourced"),
        days=_days(row),
        evidence=_filled(row, "evidence"),
        approver=_filled(row, "approver"),
    )


def _days(row: dict[str, str]) -> Validity:
    """Days that excuse from an upload: nothing is excused until further notice."""
    if not row["last_day"].strip():
        raise ValueError("last_day is empty; give the day on which it ends, and extend it when that is near.")
    return _validity(row, "first_day", "last_day")


def _validity(row: dict[str, str], first: str, last: str) -> Validity:
    validity = Validity(_date(row, first), _date(row, last) if row[last] else None)
    if validity.last is not None and validity.last < validity.first:
        raise ValueError(f"{last} {validity.last} is before {first} {validity.first}.")
    return validity


def _date(row: dict[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise ValueError(f"{column} {row[column]!r} is no date like 2023-04-01.") from None


def _filled(row: dict[str, str], column: str) -> str:
    if not row[column].strip():
        raise ValueError(f"{column} is empty.")
    text = row[column].strip()
    if begins_formula(text) or not is_visible(text):
        raise ValueError(f"{column} {text!r} begins like a formula or has an invisible character.")
    return text


def _one_of(row: dict[str, str], column: str, *allowed: str) -> str:
    if row[column] not in allowed:
        raise ValueError(f"{column} {row[column]!r} is none of {', '.join(allowed)}.")
    return row[column]
