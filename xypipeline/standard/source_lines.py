"""Where in a standard's files something stands, so that a message can say `file:line`.

Looked up only once something is wrong; the catalogue itself carries no line numbers.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xypipeline.standard.model import Rule

INTAKE_RULES = Path(__file__).parent / "intake_rules.csv"


@dataclass(frozen=True)
class SourceLines:
    """The files of one version of the standard, by the lines of what they define."""

    folder: Path

    @property
    def head(self) -> str:
        """The file that names the version."""
        return str(self.folder / "standard.toml")

    def of_table(self, table_code: str) -> str:
        """The line that defines a table."""
        return _place(self.folder / "tables.csv", code=table_code)

    def of_field(self, table_code: str, field_code: str) -> str:
        """The line that defines a field of a table."""
        return _place(self.folder / "tables" / f"{table_code}.csv", field_code=field_code)

    def of_code_list(self, domain_id: str) -> str:
        """The first line of a value domain."""
        return _place(self.folder / "codes.csv", domain_id=domain_id)

    def of_code(self, domain_id: str, code: str) -> str:
        """The line that defines one code of a value domain."""
        return _place(self.folder / "codes.csv", domain_id=domain_id, code=code)

    def of_disease(self, code: str) -> str:
        """The line that defines a notifiable disease."""
        return _place(self.folder / "notifiable_diseases.csv", icd_code=code)

    def of_rule(self, rule: Rule) -> str:
        """The line that defines a rule: one of the standard's, else one of the platform's rules of intake."""
        path = self.folder / "rules.csv" if self.has_rule(rule) else INTAKE_RULES
        return _place(path, rule_id=rule.id)

    def has_rule(self, rule: Rule) -> bool:
        """Whether the standard itself, not the platform, defines a rule of that id."""
        return _find_line(self.folder / "rules.csv", {"rule_id": rule.id}) is not None


def _place(path: Path, **cells: str) -> str:
    line = _find_line(path, cells)
    return str(path) if line is None else f"{path}:{line}"


def _find_line(path: Path, cells: Mapping[str, str]) -> int | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return next((reader.line_num for row in reader if cells.items() <= row.items()), None)
