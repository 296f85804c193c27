"""Whether what was due came on time, late or not at all: each unit that was due is exactly one of the three.

Source: docs/scoring.md, clause 13.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.standard.model import Table
from xypipeline.warehouse import quoted, run_sql

LIMIT_DAYS: Mapping[str, int] = {"daily": 1, "event": 3}
"""Days after an event on which its record is still on time; rules G24 and G25."""
UNITS_ZH: Mapping[str, str] = {
    "daily": "业务日",
    "event": "有业务之日",
    "weekly": "自然周",
    "static": "自然月",
}
_UPLOADS = Path(__file__).with_name("uploads.sql")
_WEEK = timedelta(days=6)

Arrivals = Mapping[str, Mapping[date, date]]
"""By org_code, for each business day the first day on which a row of it arrived."""


@dataclass(frozen=True, kw_only=True)
class Timeliness:
    """How many of a table's due units came on time, late or not at all."""

    on_time: int = 0
    late: int = 0
    missing: int = 0

    def __add__(self, other: "Timeliness") -> "Timeliness":
        return Timeliness(
            on_time=self.on_time + other.on_time,
            late=self.late + other.late,
            missing=self.missing + other.missing,
        )

    @property
    def due(self) -> int:
        """All of them."""
        return sum(self.parts)

    @property
    def parts(self) -> tuple[int, ...]:
        """On time, late, missing."""
        return self.on_time, self.late, self.missing


@dataclass(frozen=True)
class Due:
    """What was due of one hospital in a period."""

    period: Period
    expected: frozenset[date]
    """Its expected days, from a week before the period on."""

    def without(self, days: Collection[date]) -> "Due":
        """What is due of a table from which the hospital is excused on some days."""
        return Due(self.period, self.expected.difference(days))

    def daily(self) -> list[date]:
        """Expected business days whose deadline was over by the end of the period."""
        last = self.period.last - timedelta(days=LIMIT_DAYS["daily"])
        return sorted(day for day in self.expected if self.period.first <= day <= last)

    def weeks(self) -> list[Period]:
        """Weeks, Monday to Sunday, that ended in the period and had an expected day."""
        sundays = {day + timedelta(days=6 - day.weekday()) for day in self.expected}
        return self._over(Period(sunday - _WEEK, sunday) for sunday in sundays)

    def months(self) -> list[Period]:
        """Calendar months that ended in the period and had an expected day."""
        firsts = {day.replace(day=1) for day in self.expected}
        ends = {first: (first + timedelta(days=31)).replace(day=1) for first in firsts}
        return self._over(Period(first, ends[first] - timedelta(days=1)) for first in firsts)

    def _over(self, spans: Iterable[Period]) -> list[Period]:
        over = [one for one in spans if self.period.first <= one.last <= self.period.last]
        return sorted(over, key=lambda one: one.first)


def timeliness_of(
    table: Table, due: Due, arrivals: Mapping[date, date], uploads: Collection[date]
) -> Timeliness:
    """How timely one hospital's table was.

    Args:
        table: by its frequency it is decided what is due.
        due: the hospital's expected days.
        arrivals: of daily and event tables, when the first row of each business day arrived.
        uploads: of weekly tables and dictionaries, the days with an accepted row.
    """
    match table.expected_frequency:
        case "daily":
            return _by_day(due.daily(), arrivals, LIMIT_DAYS["daily"])
        case "event":
            # Nobody knows of an event that was not reported: only those that were have a deadline.
            last = due.period.last - timedelta(days=LIMIT_DAYS["event"])
            return _by_day([day for day in arrivals if day <= last], arrivals, LIMIT_DAYS["event"])
        case "weekly":
            return _by_span(due.weeks(), uploads)
        case _:
            return _by_span(due.months(), uploads)


def _by_day(days: Collection[date], arrivals: Mapping[date, date], limit_days: int) -> Timeliness:
    came = [arrivals[day] - day for day in days if day in arrivals]
    on_time = sum(one.days <= limit_days for one in came)
    return Timeliness(on_time=on_time, late=len(came) - on_time, missing=len(days) - len(came))


def _by_span(spans: Collection[Period], uploads: Collection[date]) -> Timeliness:
    on_time = sum(any(one.first <= day <= one.last for day in uploads) for one in spans)
    return Timeliness(on_time=on_time, missing=len(spans) - on_time)


def read_arrivals(connection: DuckDBPyConnection, table: Table, period: Period) -> Arrivals:
    """When the first row of each business day of the period arrived in it; nothing of other frequencies."""
    if table.expected_frequency not in LIMIT_DAYS:
        return {}
    event = quoted(table.event_date)
    query = (
        f"select org_code, {event}::date as business_day, min(upload_date) as arrived_on "
        f"from validated.{quoted(table.code)} "
        "where upload_date between $first and $last and modify_flag is distinct from '3' "
        f"and {event} >= $first and {event} < $last + 1 "
        "group by all order by all"
    )
    days = {"first": period.first, "last": period.last}
    arrivals: dict[str, dict[date, date]] = {}
    for org_code, business_day, arrived_on in connection.execute(query, days).fetchall():
        arrivals.setdefault(org_code, {})[business_day] = arrived_on
    return arrivals


def read_uploads(
    connection: DuckDBPyConnection, tables: Collection[Table], period: Period
) -> Mapping[tuple[str, str], list[date]]:
    """By org_code and table code, days with an accepted row, from a week or month before the period on."""
    codes = [table.code for table in tables if table.expected_frequency not in LIMIT_DAYS]
    rows = run_sql(connection, _UPLOADS, tables=codes, first=period.first - _WEEK, last=period.last)
    uploads: dict[tuple[str, str], list[date]] = {}
    for org_code, table_code, upload_date in rows.iter_rows():
        uploads.setdefault((org_code, table_code), []).append(upload_date)
    return uploads
