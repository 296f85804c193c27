"""What each kind of hospital carries out."""

import csv
from dataclasses import dataclass
from pathlib import Path

KINDS_FILE = Path(__file__).parent / "words" / "hospital_kind.csv"


@dataclass(frozen=True)
class HospitalKind:
    """A kind of the registry, with what the standard says of it."""

    kind: str
    org_type_code: str
    business_scope: str

    @property
    def scopes(self) -> frozenset[str]:
        """The business scopes carried out."""
        return frozenset(self.business_scope.split("|"))


def load_kinds() -> dict[str, HospitalKind]:
    """All kinds, by their name in the registry."""
    with KINDS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["kind"]: HospitalKind(**row) for row in csv.DictReader(file)}
