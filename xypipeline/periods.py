"""Days and quarters, as the calendar of Asia/Shanghai has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from xypipeline.errors import PeriodError

TIMEZONE = "Asia/Shanghai"
FIRST_DAY = date(2023, 1, 1)
_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_HELP = "give a day (2023-04-05), a quarter (2023Q2) or a range of days (2023-04-01..2023-04-30)"


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; its text is `2023Q2`."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """The quarter's first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """The quarter's last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        """The next quarter."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def months_zh(self) -> str:
        """The months as the bulletin names them: `4-6月`."""
        return f"{self.first.month}-{self.last.month}月"

    @classmethod
    def containing(cls, day: date) -> "Quarter":
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read `2023Q2`.

        Raises:
            PeriodError: the text is no quarter.
        """
        match = _QUARTER.fullmatch(text.strip().upper())
        if not match or int(match[1]) == 0:
            raise PeriodError(f"{text!r} is no quarter: give it like 2023Q2.")
        return cls(int(match[1]), int(match[2]))

    def as_of(self, yesterday: date) -> date:
        """The day up to which the quarter counts: its last day, or while it runs the last complete day."""
        return max(self.first, min(self.last, yesterday))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


@dataclass(frozen=True)
class Period:
    """Days from first to last, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def days(self) -> Iterator[date]:
        """Each day, in order."""
        return (self.first + timedelta(days=offset) for offset in range((self.last - self.first).days + 1))

    def quarters(self) -> list[Quarter]:
        """The quarters that the days touch, in order."""
        quarters = [Quarter.containing(self.first)]
        while quarters[-1].last < self.last:
            quarters.append(quarters[-1].following)
        return quarters


def parse_period(text: str) -> Period:
    """Read a day, a quarter, or `A..B` of either.

    Raises:
        PeriodError: the text is none of these, ends before it begins, or begins before the platform did.
    """
    first, separator, last = text.strip().partition("..")
    begin, end = _parse_span(first, text), _parse_span(last if separator else first, text)
    period = Period(begin.first, end.last)
    if period.last < period.first:
        raise PeriodError(f"{text!r} ends before it begins: {_HELP}.")
    if period.first < FIRST_DAY:
        raise PeriodError(f"{text!r} begins before {FIRST_DAY}, the platform's first day.")
    return period


def today() -> date:
    """The day that it is in Xinyang."""
    return datetime.now(UTC).astimezone(ZoneInfo(TIMEZONE)).date()


def yesterday() -> date:
    """The last complete day in Xinyang."""
    return today() - timedelta(days=1)


def clip_to_past(period: Period, last_day: date) -> Period:
    """Leave out the days after `last_day`, which are not complete yet.

    Raises:
        PeriodError: no day is left.
    """
    if period.first > last_day:
        raise PeriodError(f"{period.first} is not over yet: the last complete day is {last_day}.")
    return Period(period.first, min(period.last, last_day))


def _parse_span(part: str, text: str) -> Period:
    if _QUARTER.fullmatch(part.strip().upper()):
        quarter = Quarter.parse(part)
        return Period(quarter.first, quarter.last)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", part.strip()):
            raise ValueError(part)
        day = date.fromisoformat(part.strip())
    except ValueError as error:
        raise PeriodError(f"{text!r} is no period: {_HELP}.") from error
    return Period(day, day)
