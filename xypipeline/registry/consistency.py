"""What a well-formed line cannot show by itself: contradictions between the lines of the register."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from xypipeline.registry.model import Connection, Exemption, Inapplicability, Institution, Validity

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
    inapplicabilities: Sequence[Located[Inapplicability]],
    table_codes: Collection[str] | None,
) -> Iterator[str]:
    """Name each contradiction with its file and line; nothing for a consistent register.

    Args:
        institutions: as read; likewise the others.
        connections: to either platform.
        exemptions: outages and closures.
        inapplicabilities: tables that hospitals need not upload.
        table_codes: the tables of the standard; None: not known here, and not looked at.
    """
    if not institutions:
        yield "institutions.csv has no hospital."
        return
    for column in ("seq", "org_code", "name"):
        yield from _repeated(institutions, column)
    known = {found.item.org_code for found in institutions}
    of_hospitals = [found for found in exemptions if found.item.org_code is not None]
    yield from _unknown([*connections, *of_hospitals, *inapplicabilities], known)
    if table_codes is not None:
        yield from _unknown_tables(inapplicabilities, table_codes)
    yield from _overlapping_connections(connections)
    yield from _overlapping_exemptions(exemptions)
    yield from _overlapping_inapplicabilities(inapplicabilities)


def _repeated(institutions: Sequence[Located[Institution]], column: str) -> Iterator[str]:
    first_places: dict[object, str] = {}
    for found in institutions:
        value = getattr(found.item, column)
        if value in first_places:
            yield f"{found.place}: {column} {value} stands already at {first_places[value]}."
        first_places.setdefault(value, found.place)


def _unknown(
    dated: Sequence[Located[Connection] | Located[Exemption] | Located[Inapplicability]], known: set[str]
) -> Iterator[str]:
    for found in dated:
        if found.item.org_code not in known:
            yield f"{found.place}: org_code {found.item.org_code} is not in institutions.csv."


def _unknown_tables(
    inapplicabilities: Sequence[Located[Inapplicability]], table_codes: Collection[str]
) -> Iterator[str]:
    for found in inapplicabilities:
        if found.item.table_code not in table_codes:
            yield (
                f"{found.place}: table_code {found.item.table_code} is no table of the standard; "
                "see `xypipeline standard list`."
            )


def _overlapping_connections(connections: Sequence[Located[Connection]]) -> Iterator[str]:
    def same(item: Connection) -> tuple[object, ...]:
        return item.org_code, item.platform

    for one, other in _overlapping(connections, same, lambda item: item.valid):
        org_code, platform = same(one.item)
        yield (
            f"{other.place}: {org_code} is connected to the {platform} platform by {one.place} "
            "on some of the same days."
        )


def _overlapping_exemptions(exemptions: Sequence[Located[Exemption]]) -> Iterator[str]:
    def same(item: Exemption) -> tuple[object, ...]:
        return item.org_code, item.kind

    for one, other in _overlapping(exemptions, same, lambda item: item.days):
        org_code, kind = same(one.item)
        yield (
            f"{other.place}: the {kind} of {org_code or 'all hospitals'} stands already at {one.place} "
            "for some of the same days."
        )


def _overlapping_inapplicabilities(inapplicabilities: Sequence[Located[Inapplicability]]) -> Iterator[str]:
    for one, other in _overlapping(inapplicabilities, lambda item: item.key, lambda item: item.days):
        org_code, table_code = one.item.key
        yield (
            f"{other.place}: {org_code} is excused from {table_code} by {one.place} on some of the same "
            "days; let the later one begin the day after the earlier one ends."
        )


def _overlapping(
    items: Sequence[Located[Item]],
    same: Callable[[Item], tuple[object, ...]],
    days_of: Callable[[Item], Validity],
) -> Iterator[tuple[Located[Item], Located[Item]]]:
    """Pairs of lines about the same that share a day, in the order of the file."""
    groups: dict[tuple[object, ...], list[Located[Item]]] = {}
    for found in items:
        groups.setdefault(same(found.item), []).append(found)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if days_of(one.item).overlaps(days_of(other.item)):
                yield one, other
