"""Faults across rows: what is changed in a good hospital's uploads, and what must be found for it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xypipeline.standard.model import Catalogue

FAULTS_DIR = Path(__file__).parent / "faults"


@dataclass(frozen=True)
class Clue:
    """Findings that a fault leads to: about rows of the changed uploads, or about days."""

    rule_id: str
    table_code: str
    severity: str
    column_name: str | None
    of_table: str
    """Whose rows: of the finding's own table, but for a rule that tells of another table's rows."""
    where: str | None
    """Which rows (SQL condition); None where days are meant."""
    day: str
    """The finding's upload date (SQL expression over the row); where there are no rows, on its own."""
    is_for_each_day: bool
    """Whether `where` tells rows for whose days, each once, the finding is."""


@dataclass(frozen=True)
class AcrossFault:
    """One rule's fault."""

    rule_id: str
    changes: tuple[str, ...]
    """SQL statements on the hospital's tables."""
    clues: tuple[Clue, ...]
    """First what the rule itself finds, then what the change cannot but break beside it."""


@dataclass(frozen=True)
class ModelHospital:
    """A hospital of the model world: one file of `faults/`."""

    org_code: str
    name: str
    setup: tuple[str, ...]
    """SQL statements before the faults, which break nothing."""
    faults: tuple[AcrossFault, ...]


def load_model_hospitals(catalogue: Catalogue) -> tuple[ModelHospital, ...]:
    """All hospitals of the model world, in the order of their codes.

    Each has the faults of some domains, of different patients or days, so that none hides another.
    """
    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in FAULTS_DIR.glob("*.toml")]
    hospitals = (
        ModelHospital(
            org_code=document["org_code"],
            name=document["name"],
            setup=tuple(document.get("setup", ())),
            faults=tuple(_read_fault(entry, catalogue) for entry in document.get("fault", ())),
        )
        for document in documents
    )
    return tuple(sorted(hospitals, key=lambda hospital: hospital.org_code))


def _read_fault(entry: Mapping, catalogue: Catalogue) -> AcrossFault:
    return AcrossFault(entry["rule"], tuple(entry["change"]), tuple(_read_clues(entry, catalogue)))


def _read_clues(entry: Mapping, catalogue: Catalogue) -> Iterator[Clue]:
    for found in entry["found"]:
        rule = catalogue.rules[found.get("rule", entry["rule"])]
        usual_table = rule.table_code if rule.table_code != "*" else entry.get("table")
        table_code = found.get("table", usual_table)
        yield Clue(
            rule_id=rule.id,
            table_code=table_code,
            severity=rule.severity,
            column_name=found.get("column"),
            of_table=found.get("from", table_code),
            where=found.get("each_day", found.get("where")),
            day=found.get("day", "upload_date"),
            is_for_each_day="each_day" in found,
        )
