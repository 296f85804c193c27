"""One hospital's quarter in detail, as its page and its notice show it; nothing of a patient's in clear."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from xypipeline.publication.upload_state import State
from xypipeline.registry.model import Inapplicability
from xypipeline.registry.renewal import Renewal
from xypipeline.standard.model import Rule, Table

DayState = Literal["uploaded", "empty", "missing", "not_expected"]
SEVERITIES = ("fatal", "error", "warn")
BREACHES = SEVERITIES[:2]
"""The severities that cost a row its place or its quality."""


@dataclass(frozen=True)
class DayUpload:
    """What one hospital delivered on one day."""

    day: date
    is_expected: bool
    files: int
    """As delivered; an archive is one."""
    files_refused: int
    rows_received: int
    rows_accepted: int
    records_new: int

    @property
    def state(self) -> DayState:
        """`empty`: expected, and files came, but no row was accepted; an interruption like `missing`."""
        if self.rows_accepted:
            return "uploaded"
        if not self.is_expected:
            return "not_expected"
        return "empty" if self.files else "missing"

    @property
    def is_interruption(self) -> bool:
        """Whether an upload was due and none came.

        Source: docs/scoring.md, clause 5.
        """
        return self.state in ("missing", "empty")


@dataclass(frozen=True)
class DayRange:
    """Consecutive calendar days, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class TableUpload:
    """One required table of one hospital over the quarter; `rows_uploaded` counts records."""

    table: Table
    rows_uploaded: int
    upload_days: int
    expected_days: int
    interruption_days: int | None
    last_upload_date: date | None
    rows_accepted: int
    rows_qualified: int
    is_applicable: bool = True
    """Whether the hospital owes it: the register does not excuse it, or rows came all the same."""
    state: State | None = None
    """On the cut-off day, of daily tables only."""

    @property
    def is_present(self) -> bool:
        """Whether it counts as uploaded.

        Source: docs/scoring.md, clause 4.
        """
        return self.rows_uploaded > 0


@dataclass(frozen=True)
class InapplicableTable:
    """One entry of the register, as of a cut-off day."""

    entry: Inapplicability
    hospital: str
    table: Table
    rows_received: int
    """In the quarter, on days that the entry covers: it says that there are none."""
    received_on: tuple[DayRange, ...]
    """On which days."""
    renewal: Renewal | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look into it: rows came all the same, or it asks for its renewal."""
        return self.rows_received > 0 or self.renewal is not None


@dataclass(frozen=True)
class FindingExample:
    """One finding, with the place to look at."""

    path: str
    """Relative to landing."""
    line: int | None
    value_masked: str | None


@dataclass(frozen=True)
class RuleFindings:
    """All findings of one rule in one column of one table, of one severity."""

    rule: Rule
    severity: str
    table: Table
    column_name: str | None
    column_title: str
    """In Chinese where the standard has the column; empty where the finding is of the whole row."""
    count: int
    examples: tuple[FindingExample, ...]
    """The latest first."""


@dataclass(frozen=True)
class RefusedFile:
    """A file of which nothing could be read."""

    upload_date: date
    path: str
    reason: str


@dataclass(frozen=True)
class HospitalDetail:
    """One hospital's quarter up to the cut-off day."""

    org_code: str
    days: tuple[DayUpload, ...]
    """Each day of the quarter up to the cut-off day, in order."""
    tables: tuple[TableUpload, ...]
    """Each required table, in the standard's order."""
    findings: tuple[RuleFindings, ...]
    """The severest first, then the most frequent."""
    refused: tuple[RefusedFile, ...]
    """The latest ones; `refused_count` counts all."""
    refused_count: int
    inapplicable: tuple[InapplicableTable, ...] = ()
    """What the register excuses it from, in the standard's order."""

    @property
    def present(self) -> tuple[TableUpload, ...]:
        """The tables uploaded."""
        return tuple(one for one in self.tables if one.is_present)

    @property
    def missing(self) -> tuple[TableUpload, ...]:
        """The required tables of which no record came."""
        return tuple(one for one in self.tables if not one.is_present)

    @property
    def wanting(self) -> tuple[TableUpload, ...]:
        """Of the missing tables, those that the hospital owes."""
        return tuple(one for one in self.missing if one.is_applicable)

    @property
    def excused(self) -> tuple[TableUpload, ...]:
        """Of the missing tables, those that are not applicable to the hospital."""
        return tuple(one for one in self.missing if not one.is_applicable)

    @property
    def interruptions(self) -> tuple[DayRange, ...]:
        """The interruption days as ranges, in order."""
        return tuple(ranges_of(one.day for one in self.days if one.is_interruption))


def ranges_of(days: Iterable[date]) -> Iterator[DayRange]:
    """Days in order, consecutive ones together."""
    current: DayRange | None = None
    for day in days:
        if current and day - current.last == timedelta(days=1):
            current = DayRange(current.first, day)
            continue
        if current:
            yield current
        current = DayRange(day, day)
    if current:
        yield current
