"""Reads what the daily patrol found, with the names that people know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.registry.model import Institution, Registry
from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import run_sql

DAYS_SHOWN = 14
_HOSPITALS = Path(__file__).with_name("patrol_hospitals.sql")
_TABLES = Path(__file__).with_name("patrol_tables.sql")
_DELAYS = Path(__file__).with_name("patrol_delays.sql")


@dataclass(frozen=True)
class HospitalPatrol:
    """One hospital's row of `scores.patrol_hospital`."""

    patrol_date: date
    org_code: str
    state: str
    last_upload_date: date | None
    days_since_last_upload: int | None
    silence: str | None
    silent_since: date | None
    silent_days: int | None
    returned_after_days: int | None
    is_first_upload: bool
    institution: Institution
    recent_states: tuple[str | None, ...]
    """Of the last days, the patrolled one last; None for a day that was not patrolled."""

    @property
    def name(self) -> str:
        """The hospital's name."""
        return self.institution.name


@dataclass(frozen=True)
class TablePatrol:
    """One row of `scores.patrol_table`."""

    patrol_date: date
    org_code: str
    table_code: str
    last_delivery_date: date
    silent_since: date | None
    silent_days: int | None
    returned_after_days: int | None
    hospital: str
    title: str


@dataclass(frozen=True)
class Delay:
    """One row of `scores.patrol_delay`."""

    patrol_date: date
    org_code: str
    table_code: str
    newest_event_date: date
    delay_days: int
    hospital: str
    title: str


@dataclass(frozen=True)
class Patrol:
    """What was found on one day; hospitals in the attachment's order."""

    day: date
    hospitals: tuple[HospitalPatrol, ...]
    tables: tuple[TablePatrol, ...]
    delays: tuple[Delay, ...]

    def in_state(self, state: str) -> list[HospitalPatrol]:
        """The hospitals in a state of `scores.patrol_hospital`."""
        return [one for one in self.hospitals if one.state == state]

    def silent(self, silence: str) -> list[HospitalPatrol]:
        """The hospitals in a silence of the `platform` or of the `hospital`, the newest first."""
        found = [one for one in self.hospitals if one.silence == silence]
        return sorted(found, key=lambda one: one.silent_days or 0)

    @property
    def expected(self) -> int:
        """Hospitals of which an upload was expected, or came."""
        return len(self.hospitals) - sum(
            len(self.in_state(state)) for state in ("province", "unconnected", "not_expected")
        )

    @property
    def returned(self) -> list[HospitalPatrol]:
        """Hospitals whose silence ended on this day."""
        return [one for one in self.hospitals if one.returned_after_days]

    @property
    def first_uploads(self) -> list[HospitalPatrol]:
        """Hospitals that never uploaded before."""
        return [one for one in self.hospitals if one.is_first_upload]

    @property
    def silent_tables(self) -> list[TablePatrol]:
        """Tables missing from hospitals that uploaded, the newest silence first within a hospital."""
        found = [one for one in self.tables if one.silent_days]
        return sorted(found, key=lambda one: (self._order[one.org_code], one.silent_days, one.table_code))

    @property
    def returned_tables(self) -> list[TablePatrol]:
        """Tables whose silence ended on this day."""
        found = [one for one in self.tables if one.returned_after_days]
        return sorted(found, key=lambda one: (self._order[one.org_code], one.table_code))

    @property
    def _order(self) -> Mapping[str, int]:
        return {one.org_code: one.institution.seq for one in self.hospitals}


def read_patrols(
    connection: DuckDBPyConnection, catalogue: Catalogue, registry: Registry, days: Sequence[date]
) -> list[Patrol]:
    """What the patrol found on each of the days, which lie in order."""
    if not days:
        return []
    since = days[0] - timedelta(days=DAYS_SHOWN - 1)
    hospitals = run_sql(connection, _HOSPITALS, first_day=since, last_day=days[-1])
    span = {"first_day": days[0], "last_day": days[-1]}
    names = {institution.org_code: institution.name for institution in registry.institutions}
    titles = {table.code: table.title_zh for table in catalogue.tables.values()}
    tables = _by_day(
        run_sql(connection, _TABLES, **span),
        lambda row: TablePatrol(**row, hospital=names[row["org_code"]], title=titles[row["table_code"]]),
    )
    delays = _by_day(
        run_sql(connection, _DELAYS, **span),
        lambda row: Delay(**row, hospital=names[row["org_code"]], title=titles[row["table_code"]]),
    )
    found = _with_history(hospitals, registry)
    return [
        Patrol(day, tuple(found.get(day, ())), tuple(tables.get(day, ())), tuple(delays.get(day, ())))
        for day in days
    ]


def _by_day(frame: pl.DataFrame, build: Callable[[dict], object]) -> dict[date, list]:
    found: dict[date, list] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row["patrol_date"], []).append(build(row))
    return found


def _with_history(frame: pl.DataFrame, registry: Registry) -> dict[date, list[HospitalPatrol]]:
    institutions = {institution.org_code: institution for institution in registry.institutions}
    states = {(row[0], row[1]): row[2] for row in frame.select("patrol_date", "org_code", "state").rows()}

    def build(row: dict) -> HospitalPatrol:
        days = (row["patrol_date"] - timedelta(days=before) for before in range(DAYS_SHOWN - 1, -1, -1))
        recent = tuple(states.get((day, row["org_code"])) for day in days)
        return HospitalPatrol(**row, institution=institutions[row["org_code"]], recent_states=recent)

    found = _by_day(frame, build)
    return {day: sorted(rows, key=lambda one: one.institution.seq) for day, rows in found.items()}
