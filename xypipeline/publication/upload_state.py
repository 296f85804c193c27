"""Whether a daily table still comes: the state of each hospital's on the cut-off day.

Source: docs/scoring.md, clause 15.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Literal

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.policy.policy import Policy
from xypipeline.registry.model import TableKey
from xypipeline.standard.model import Table
from xypipeline.warehouse import quoted, run_sql

State = Literal["normal", "delayed", "interrupted", "never_connected", "not_carried_out"]
STATES_ZH: Mapping[State, str] = {
    "normal": "正常",
    "delayed": "延迟",
    "interrupted": "中断",
    "never_connected": "从未接入",
    "not_carried_out": "未开展",
}
_EVER_COME = Path(__file__).with_name("ever_come.sql")


@dataclass(frozen=True, kw_only=True)
class StateCounts:
    """How many hospitals' tables are in each state."""

    normal: int = 0
    delayed: int = 0
    interrupted: int = 0
    never_connected: int = 0
    not_carried_out: int = 0

    def __add__(self, other: "StateCounts") -> "StateCounts":
        return StateCounts(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )

    @property
    def only(self) -> State | None:
        """The state of a single table; None if nothing was to be expected of it."""
        return next((one.name for one in fields(self) if getattr(self, one.name)), None)


@dataclass(frozen=True)
class LastDelivery:
    """The last day of the quarter on which a table brought an accepted row."""

    upload_date: date
    newest_event: date
    """Of the rows of that day."""


@dataclass(frozen=True)
class TableState:
    """One daily table: of one hospital, or of how many of the city's in which state."""

    counts: StateCounts
    last: LastDelivery | None = None
    missed_days: int | None = None
    """Expected days of the quarter since then; all of them if it never came in it."""

    def __add__(self, other: "TableState") -> "TableState":
        return TableState(self.counts + other.counts)


@dataclass(frozen=True)
class Expected:
    """What is expected of one hospital's table."""

    days: Collection[date]
    """Its expected days in the quarter, up to the cut-off day."""
    has_ever_come: bool
    """Whether an accepted row of it came by the cut-off day, whenever that was."""
    is_excused: bool
    """A register excuses the hospital from it for the quarter, and no row of it came."""


def state_of(expected: Expected, last: LastDelivery | None, policy: Policy) -> TableState:
    """The state of one hospital's daily table on the cut-off day."""
    missed = sum(last is None or day > last.upload_date for day in expected.days)
    state = _state(expected, last, missed, policy)
    return TableState(StateCounts(**{state: 1}) if state else StateCounts(), last, missed)


def _state(expected: Expected, last: LastDelivery | None, missed: int, policy: Policy) -> State | None:
    if expected.is_excused:
        return "not_carried_out"
    if last is None and not expected.days:
        return None
    if not expected.has_ever_come:
        return "never_connected"
    if last is None or missed > policy.interrupted_above_days:
        return "interrupted"
    lag_days = (last.upload_date - last.newest_event).days
    return "delayed" if missed or lag_days > policy.patrol.delayed_above_days else "normal"


def read_last_deliveries(
    connection: DuckDBPyConnection, tables: Iterable[Table], period: Period
) -> Mapping[TableKey, LastDelivery]:
    """The last delivery of each daily table in a period; a table that did not come is left out."""
    return {
        (org_code, table.code): LastDelivery(upload_date, newest_event)
        for table in tables
        if table.expected_frequency == "daily"
        for org_code, upload_date, newest_event in _last_deliveries(connection, table, period)
    }


def read_ever_come(connection: DuckDBPyConnection, as_of: date) -> Collection[TableKey]:
    """Hospitals and tables of which an accepted row came by the cut-off day, whenever that was."""
    return set(run_sql(connection, _EVER_COME, as_of=as_of).iter_rows())


def _last_deliveries(
    connection: DuckDBPyConnection, table: Table, period: Period
) -> list[tuple[str, date, date]]:
    rows = f"validated.{quoted(table.code)}"
    # First the day of each hospital, which the counts tell: rows of all the other days need not be read.
    query = (
        "with last_day as (select org_code, max(upload_date) as upload_date from validated.tally "
        "where table_code = $table and rows_accepted > 0 and upload_date between $first and $last "
        "group by org_code) "
        f"select org_code, upload_date, max({quoted(table.event_date)})::date as newest_event "
        f"from {rows} inner join last_day using (org_code, upload_date) "
        "group by org_code, upload_date order by org_code"
    )
    parameters = {"table": table.code, "first": period.first, "last": period.last}
    return connection.execute(query, parameters).fetchall()
