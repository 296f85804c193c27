"""What a well-formed line cannot show by itself: contradictions between the lines of the register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from xypipeline.registry.model import Connection, Exemption, Institution

Item = TypeVar("Item")


@dataclass(frozen=True)
class Located(Generic[Item]):
    """Something read, and where it stands: `file:line`."""

    place: str
    item: Item


def find_contradictions(
    institutions: Sequence[Located[Institution]],
    connections: Sequence[Located[Connection]],
    exemptions: Sequence[Located[Exemption]],
) -> Iterator[str]:
    """Name each contradiction with its file and line; nothing for a consistent register."""
    if not institutions:
        yield "institutions.csv has no hospital."
        return
    for column in ("seq", "org_code", "name"):
        yield from _repeated(institutions, column)
    known = {found.item.org_code for found in institutions}
    yield from _unknown(connections, known)
    yield from _unknown([found for found in exemptions if found.item.org_code is not None], known)
    yield from _overlapping(connections)


def _repeated(institutions: Sequence[Located[Institution]], column: str) -> Iterator[str]:
    first_places: dict[object, str] = {}
    for found in institutions:
        value = getattr(found.item, column)
        if value in first_places:
            yield f"{found.place}: {column} {value} stands already at {first_places[value]}."
        first_places.setdefault(value, found.place)


def _unknown(dated: Sequence[Located[Connection] | Located[Exemption]], known: set[str]) -> Iterator[str]:
    for found in dated:
        if found.item.org_code not in known:
            yield f"{found.place}: org_code {found.item.org_code} is not in institutions.csv."


def _overlapping(connections: Sequence[Located[Connection]]) -> Iterator[str]:
    by_hospital: dict[tuple[str, str], list[Located[Connection]]] = {}
    for found in connections:
        by_hospital.setdefault((found.item.org_code, found.item.platform), []).append(found)
    for (org_code, platform), group in by_hospital.items():
        for one, other in combinations(group, 2):
            if one.item.valid.overlaps(other.item.valid):
                yield (
                    f"{other.place}: {org_code} is connected to the {platform} platform by {one.place} "
                    "on some of the same days."
                )
