from datetime import date, datetime

import pandera.polars as pa
import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.policy.policy import PatrolCutoffs
from xypipeline.scores.patrol_models import PatrolCalendar, PatrolDelay, PatrolHospital, PatrolTable
from xypipeline.scores.store import create_tables
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.calendars import (
    OTHER,
    april,
    cutoffs,
    outage,
    patrol,
    registry,
    warehouse_with,
)
from xypipeline_tests.stored.filling import accept_rows

ONE = registry({"A": "city"})


def silent(connection: DuckDBPyConnection) -> list[tuple]:
    """Day, table, last delivery, silent since, silent days, back after days."""
    rows = connection.execute(
        "select patrol_date, table_code, last_delivery_date, silent_since, silent_days, returned_after_days"
        " from scores.patrol_table order by all"
    ).fetchall()
    return [tuple(value.day if isinstance(value, date) else value for value in row) for row in rows]


def find(grid: str, days: int, policy: PatrolCutoffs | None = None) -> list[tuple]:
    connection = warehouse_with(grid)
    patrol(connection, ONE, 1, days, policy)
    return silent(connection)


def test_a_table_that_stops_is_silent_until_it_comes_back() -> None:
    assert find("A #######\nA/lab_report ####..#", 7) == [
        (5, OTHER, 4, 5, 1, None),
        (6, OTHER, 4, 5, 2, None),
        (7, OTHER, 7, None, None, 2),
    ]


def test_days_without_any_upload_are_the_hospitals_silence_not_the_tables() -> None:
    assert find("A ####..#\nA/lab_report ####...", 7) == [(7, OTHER, 4, 7, 1, None)]
    assert find("A ####..#\nA/lab_report ####..#", 7) == []


def test_a_silence_as_long_as_it_lasts_is_measured_by_the_habit_before_it() -> None:
    found = find("A ############\nA/lab_report ####........", 12)
    assert found[-1] == (12, OTHER, 4, 5, 8, None)


@pytest.mark.parametrize(
    ("lab_report", "is_watched"),
    [
        pytest.param("####.", True, id="every day"),
        pytest.param("##.#.", True, id="exactly three quarters of the days"),
        pytest.param("#.#..", False, id="half of the days"),
        pytest.param("...#.", False, id="once is no habit"),
        pytest.param("..##.", True, id="two days since it first came"),
    ],
)
def test_only_a_table_that_normally_comes_is_missed(lab_report: str, *, is_watched: bool) -> None:
    missed = [row for row in find(f"A #####\nA/lab_report {lab_report}", 5) if row[0] == 5]
    assert bool(missed) == is_watched


def test_tables_that_need_not_come_daily_are_not_missed() -> None:
    assert find("A #####\nA/department ####.", 5) == []


def test_nothing_is_expected_during_an_outage() -> None:
    connection = warehouse_with("A ######\nA/lab_report ####..")
    patrol(connection, registry({"A": "city"}, (outage(5, 5),)), 1, 6)
    assert silent(connection) == [(6, OTHER, 4, 6, 1, None)]


def test_hospitals_of_the_province_are_not_watched() -> None:
    connection = warehouse_with("A #####\nA/lab_report ####.")
    patrol(connection, registry({"A": "province"}), 1, 5)
    assert silent(connection) == []


@pytest.mark.parametrize(("newest", "delays"), [(7, []), (6, [(10, OTHER, 6, 4)])])
def test_a_delivery_is_delayed_by_its_newest_event(newest: int, delays: list[tuple]) -> None:
    connection = warehouse_with("A/lab_report .........#")
    events = [(april(10), "A", datetime(2023, 4, day, 23, 59)) for day in (1, newest)]
    columns = ["upload_date", "org_code", "report_time"]
    rows = pl.DataFrame(events, schema=columns, orient="row").with_columns(is_qualified=True)
    accept_rows(connection, "lab_report", rows)
    patrol(connection, ONE, 1, 10, cutoffs(delayed_above_days=3))
    assert [
        (day.day, table, newest_day.day, days)
        for day, table, newest_day, days in connection.execute(
            "select patrol_date, table_code, newest_event_date, delay_days from scores.patrol_delay"
        ).fetchall()
    ] == delays


@pytest.mark.parametrize("model", [PatrolCalendar, PatrolHospital, PatrolTable, PatrolDelay])
def test_a_stored_table_is_as_its_model_says(model: type[pa.DataFrameModel]) -> None:
    name = model.__name__.removeprefix("Patrol").lower()
    connection = connect_in_memory()
    create_tables(connection)
    stored = connection.sql(f"select * from scores.patrol_{name}").pl().schema
    columns = model.to_schema().columns
    assert list(stored.items()) == [(name, column.dtype.type) for name, column in columns.items()]
    described = connection.execute(f"describe scores.patrol_{name}").fetchall()
    assert {name: null == "YES" for name, _, null, *_ in described} == {
        name: column.nullable for name, column in columns.items()
    }
