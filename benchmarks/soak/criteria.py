"""Which figures must stay within bounds, and whether they did: whole months held against whole months.

A quarter's scores count all of its days so far, and hospitals fall silent within it; so a month is held
against one at the same place in its quarter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from soak.figures import Figures

Month = Sequence[Figures]
Measure = Callable[[Month, str], float]
_FULL_MONTH_DAYS = 28
_MONTHS_OF_A_QUARTER = 3
# Raw rows go 180 days after their upload; a month after that, all there is to keep is there.
_MONTHS_UNTIL_RAW_ROWS_GO = 7


def level(month: Month, name: str) -> float:
    """The median."""
    return median(getattr(one, name) for one in month)


def growth(month: Month, name: str) -> float:
    """What each day adds, from the month's first to its last."""
    first, last = getattr(month[0], name), getattr(month[-1], name)
    return (last - first) / max(1, len(month) - 1)


def most(month: Month, name: str) -> float:
    """The largest."""
    return max(getattr(one, name) for one in month)


@dataclass(frozen=True)
class Criterion:
    """One figure of the record and how it may change."""

    name: str
    title: str
    unit: str
    measure: Measure = level
    times: float = 1.25
    """The last month's, at most, of the earlier month's."""
    plus: float = 0.0
    """And so much more."""
    against_first: bool = True
    """Against the first such month; or against that of the quarter before."""

    @property
    def rule(self) -> str:
        """How it may change, in words."""
        subject = {level: "median", growth: "growth", most: "maximum"}[self.measure]
        if not self.times:
            return "none"
        if self.times == 1:
            return f"{subject} up to {self.plus:g} more" if self.plus else f"{subject} no more"
        return f"{subject} up to {self.times:g} x"

    def allows(self, earlier: float, last: float) -> bool:
        """Whether the last month's figure is within bounds."""
        return last <= max(0, earlier) * self.times + self.plus


CRITERIA = (
    Criterion("cpu_seconds", "runs of a day", "CPU s"),
    Criterion("run_peak_mb", "peak memory of a run", "MB"),
    Criterion("daemon_mb", "memory of the daemon", "MB"),
    Criterion("code_server_mb", "memory of the code server", "MB"),
    Criterion("daemon_descriptors", "open files of the daemon", "", most, 1, 2),
    Criterion("code_server_descriptors", "open files of the code server", "", most, 1, 2),
    Criterion("temporary_files", "temporary files", "", most, 1, 0),
    Criterion("state_files", "files in state, new each day", "", growth),
    Criterion("publication_files", "files in publication, new each day", "", growth),
    Criterion("state_mb", "state, new each day", "MB", growth),
    Criterion("publication_mb", "publication, new each day", "MB", growth),
    Criterion("warehouse_mb", "warehouse, new each day", "MB", growth),
    Criterion("raw_rows", "raw rows kept", "", level, 1.1, 0, against_first=False),
    Criterion("failed_runs", "runs that failed", "", most, 0, 0),
)


@dataclass(frozen=True)
class Verdict:
    """What became of one criterion."""

    criterion: Criterion
    first: float
    """The measure of the first month, or of what there is of it."""
    earlier: float | None
    """That of the month to compare with; none: the soak is too short."""
    last: float

    @property
    def is_bounded(self) -> bool | None:
        """Whether it held; none where there is nothing to compare with."""
        return None if self.earlier is None else self.criterion.allows(self.earlier, self.last)


def judge(days: Sequence[Figures]) -> list[Verdict]:
    """Every criterion, by the days there are, in their order."""
    months = months_of(days)
    return [_judge(criterion, months) for criterion in CRITERIA]


def months_of(days: Sequence[Figures]) -> list[Month]:
    """The whole calendar months; all days, while there is none."""
    groups = [list(group) for _, group in groupby(days, key=lambda one: one.day.replace(day=1))]
    return [month for month in groups if len(month) >= _FULL_MONTH_DAYS] or [list(days)]


def _judge(criterion: Criterion, months: Sequence[Month]) -> Verdict:
    earlier = _earlier(criterion, months)
    first, last = (criterion.measure(month, criterion.name) for month in (months[0], months[-1]))
    return Verdict(criterion, first, criterion.measure(earlier, criterion.name) if earlier else None, last)


def _earlier(criterion: Criterion, months: Sequence[Month]) -> Month | None:
    if not criterion.times:
        return months[0]  # nothing at all is allowed, whatever was before
    alike = months[-1 - _MONTHS_OF_A_QUARTER :: -_MONTHS_OF_A_QUARTER]
    if not alike:
        return None
    if criterion.against_first:
        return alike[-1]
    return alike[0] if len(months) > _MONTHS_UNTIL_RAW_ROWS_GO + _MONTHS_OF_A_QUARTER else None
