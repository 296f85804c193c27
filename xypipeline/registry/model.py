"""Who must upload what and who was connected when, as frozen values; reading the files is not done here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Platform = Literal["city", "province"]
TableKey = tuple[str, str]
"""org_code and table code."""


@dataclass(frozen=True)
class Validity:
    """Days from first to last, both included; no last day means until further notice."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Validity") -> bool:
        """Whether they share a day."""
        return self.covers(other.first) or other.covers(self.first)


@dataclass(frozen=True)
class Institution:
    """One hospital that must upload while it is registered."""

    seq: int
    """Its place in the attachment."""
    org_code: str
    name: str
    district: str
    district_code: str
    kind: str
    level: str | None
    registered: Validity


@dataclass(frozen=True)
class Connection:
    """One hospital's connection to the platform of the city or of the province."""

    org_code: str
    platform: Platform
    valid: Validity
    note: str | None


@dataclass(frozen=True)
class Exemption:
    """Days on which no upload was expected: an outage of the platform, or an approved closure."""

    org_code: str | None
    """None: every hospital."""
    kind: Literal["outage", "closure"]
    days: Validity
    evidence: str
    """The notice or approval that it rests on."""


@dataclass(frozen=True)
class Inapplicability:
    """Days on which a hospital need not upload a table, since it does not do what the table records."""

    org_code: str
    table_code: str
    kind: Literal["not_provided", "suspended", "outsourced"]
    days: Validity
    """Always with a last day: what does not end asks for no renewal."""
    evidence: str
    """The document that says so."""
    approver: str
    """Who at the commission accepted it."""

    @property
    def key(self) -> TableKey:
        """Hospital and table."""
        return self.org_code, self.table_code


@dataclass(frozen=True)
class Registry:
    """One version of the register, checked and complete."""

    version: str
    institutions: tuple[Institution, ...]
    """In the order of the attachment."""
    connections: tuple[Connection, ...]
    exemptions: tuple[Exemption, ...]
    inapplicabilities: tuple[Inapplicability, ...] = ()

    @property
    def org_codes(self) -> frozenset[str]:
        """The codes of all hospitals that are or were registered."""
        return frozenset(institution.org_code for institution in self.institutions)

    def registered_on(self, day: date) -> tuple[Institution, ...]:
        """The hospitals registered on a day, in the order of the attachment."""
        return tuple(item for item in self.institutions if item.registered.covers(day))

    def find_institution(self, name: str) -> Institution | None:
        """The hospital of that code or full name, or None."""
        wanted = name.strip()
        return next((item for item in self.institutions if wanted in (item.org_code, item.name)), None)

    def platform_of(self, org_code: str, day: date) -> Platform | None:
        """The platform that a hospital was connected to; the city's where it was connected to both."""
        connected = {
            item.platform for item in self.connections if item.org_code == org_code and item.valid.covers(day)
        }
        return "city" if "city" in connected else next(iter(connected), None)

    def expected_days(self, org_code: str, first: date, last: date) -> tuple[date, ...]:
        """The days from first to last on which the hospital was to upload to the city platform.

        Those on which it was connected to it, less outages and approved closures.

        Source: docs/scoring.md, clause 5.
        """
        connections = self._city_connections(org_code)
        exemptions = [item.days for item in self.exemptions if item.org_code in (None, org_code)]
        return tuple(
            day
            for day in _days(first, last)
            if any(item.covers(day) for item in connections)
            and not any(item.covers(day) for item in exemptions)
        )

    def excused_days(self, first: date, last: date) -> Iterator[tuple[str, str, date]]:
        """Hospital, table and day of each day from first to last that an inapplicability covers."""
        for entry in self.inapplicabilities:
            for day in _days(max(first, entry.days.first), min(last, entry.days.last or last)):
                yield entry.org_code, entry.table_code, day

    def inapplicable_tables(self, first: date, last: date) -> frozenset[TableKey]:
        """Hospitals and tables that are excused on each of the hospital's expected days from first to last.

        Of which no upload was expected at all, nothing is excused.

        Source: docs/scoring.md, clause 14.
        """
        excused: dict[TableKey, set[date]] = {}
        for org_code, table_code, day in self.excused_days(first, last):
            excused.setdefault((org_code, table_code), set()).add(day)
        expected = {org_code: set(self.expected_days(org_code, first, last)) for org_code, _ in excused}
        return frozenset(
            key for key, days in excused.items() if expected[key[0]] and expected[key[0]] <= days
        )

    def _city_connections(self, org_code: str) -> list[Validity]:
        return [
            item.valid for item in self.connections if item.org_code == org_code and item.platform == "city"
        ]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
