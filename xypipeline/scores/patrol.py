"""The daily patrol: who is silent since when, who came back, whose data is old; as counts, day by day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pandera.polars as pa
import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.policy.policy import PatrolCutoffs
from xypipeline.registry.model import Registry
from xypipeline.scores.patrol_delays import find_delays
from xypipeline.scores.patrol_models import PatrolCalendar, PatrolDelay, PatrolHospital, PatrolTable
from xypipeline.scores.store import create_tables, replace_days
from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import run_sql, transaction

_DAYS = Path(__file__).with_name("patrol_days.sql")
_HOSPITALS = Path(__file__).with_name("patrol_hospitals.sql")
_TABLES = Path(__file__).with_name("patrol_tables.sql")
_STORED_IN = {
    PatrolCalendar: "scores.patrol_calendar",
    PatrolHospital: "scores.patrol_hospital",
    PatrolTable: "scores.patrol_table",
    PatrolDelay: "scores.patrol_delay",
}


def patrol_days(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    registry: Registry,
    cutoffs_of: Callable[[int], PatrolCutoffs],
    period: Period,
) -> list[date]:
    """Patrol the days of a period, and again the later days that were patrolled before.

    So each stored day shows what is known by now, in whatever order the days were loaded. A day that was
    never patrolled is unknown and counts neither as silent nor as expected.

    Args:
        connection: needs `validated.tally` and the validated tables of the period's days.
        catalogue: names the tables that hospitals deliver daily.
        registry: says who was connected, and expected to upload, on each day.
        cutoffs_of: the policy's cut-offs of a year.
        period: days that have been taken in.

    Returns:
        The days that were patrolled, in order.

    Source: docs/scoring.md, clause 11.
    """
    create_tables(connection)
    with transaction(connection):
        _replace(connection, PatrolCalendar, period, list_due(registry, period))
        for part in _years(period.days()):
            above_days = cutoffs_of(part.first.year).delayed_above_days
            _replace(connection, PatrolDelay, part, find_delays(connection, catalogue, part, above_days))
        days = run_sql(connection, _DAYS, first_day=period.first)["patrol_date"].to_list()
        for part in _years(days):
            _judge(connection, catalogue, cutoffs_of(part.first.year), part)
    return days


def list_due(registry: Registry, period: Period) -> pl.DataFrame:
    """One row per day and hospital registered on it: patrol_date, org_code, platform, is_expected."""
    expected = {
        org_code: set(registry.expected_days(org_code, period.first, period.last))
        for org_code in registry.org_codes
    }
    rows = [
        (day, org_code, registry.platform_of(org_code, day), day in expected[org_code])
        for day in period.days()
        for org_code in (institution.org_code for institution in registry.registered_on(day))
    ]
    columns = {name: dtype.type for name, dtype in PatrolCalendar.to_schema().dtypes.items()}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _judge(
    connection: DuckDBPyConnection, catalogue: Catalogue, cutoffs: PatrolCutoffs, period: Period
) -> None:
    shared = {
        "first_day": period.first,
        "last_day": period.last,
        "history_days": cutoffs.history_days,
        "normal_days": cutoffs.normal_at_least_days,
    }
    hospitals = run_sql(
        connection,
        _HOSPITALS,
        **shared,
        normal_pct=cutoffs.hospital_normal_at_least_pct,
        platform_pct=cutoffs.platform_at_least_pct,
        platform_hospitals=cutoffs.platform_at_least_hospitals,
    )
    _replace(connection, PatrolHospital, period, hospitals)
    daily = [table.code for table in catalogue.tables.values() if table.expected_frequency == "daily"]
    tables = run_sql(
        connection, _TABLES, **shared, normal_pct=cutoffs.table_normal_at_least_pct, daily_tables=daily
    )
    _replace(connection, PatrolTable, period, tables)


def _replace(
    connection: DuckDBPyConnection, model: type[pa.DataFrameModel], period: Period, frame: pl.DataFrame
) -> None:
    replace_days(
        connection,
        _STORED_IN[model],
        model.validate(frame, lazy=True),
        date_column="patrol_date",
        first=period.first,
        last=period.last,
    )


def _years(days: Iterable[date]) -> Iterator[Period]:
    for _, group in groupby(days, key=lambda day: day.year):
        in_year = list(group)
        yield Period(in_year[0], in_year[-1])
