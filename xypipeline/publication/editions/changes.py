"""The cells that two editions of one quarter publish differently."""

from dataclasses import dataclass

from xypipeline.publication.editions.reasons import Reasons
from xypipeline.publication.editions.snapshot import Snapshot


@dataclass(frozen=True)
class Change:
    """One cell, as it was published and as it is to be published."""

    org_code: str
    """Empty for the city's own."""
    hospital: str
    column: str
    title: str
    old: str
    new: str
    reason: str


def find_changes(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Every published cell that differs, in the order of publication; those of hospitals that left come last.

    A hospital that came or left has all its cells listed, blank on the side where it is not.
    """
    reasons = Reasons(old, new)
    changes = []
    for place in dict.fromkeys([*new.cells, *old.cells]):
        before, now = old.cells.get(place), new.cells.get(place)
        texts = before.value if before else "", now.value if now else ""
        if texts[0] != texts[1]:
            cell = now or before
            reason = reasons.explain(*place)
            changes.append(Change(cell.org_code, cell.hospital, cell.column, cell.title, *texts, reason))
    return tuple(changes)
