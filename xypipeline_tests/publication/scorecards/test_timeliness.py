from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.periods import Period
from xypipeline.publication.scorecards.timeliness import Due, Timeliness, timeliness_of
from xypipeline.standard.catalogue import current_catalogue

TABLES = current_catalogue().tables
PERIOD = Period(date(2023, 4, 1), date(2023, 6, 30))
DAILY, EVENT, WEEKLY, STATIC = (
    TABLES[code] for code in ("patient_info", "transfusion_record", "transfer_record", "staff")
)


def april(day: int) -> date:
    return date(2023, 4, day)


def due(*days: date) -> Due:
    return Due(PERIOD, frozenset(days))


@pytest.mark.parametrize(
    ("arrived_on", "expected"),
    [
        (april(3), Timeliness(on_time=1)),
        (april(4), Timeliness(on_time=1)),
        (april(5), Timeliness(late=1)),
        (None, Timeliness(missing=1)),
    ],
    ids=["same day", "next day", "a day too late", "never"],
)
def test_a_daily_table_has_until_the_next_day(arrived_on: date | None, expected: Timeliness) -> None:
    arrivals = {april(3): arrived_on} if arrived_on else {}

    assert timeliness_of(DAILY, due(april(3)), arrivals, ()) == expected


def test_days_that_are_not_expected_or_not_over_are_not_due() -> None:
    end = PERIOD.last
    days = due(date(2023, 3, 31), end - timedelta(days=1), end)
    arrivals = {april(3): april(3), end: end}

    assert timeliness_of(DAILY, days, arrivals, ()) == Timeliness(missing=1)


def test_an_event_has_three_days_and_is_never_missed() -> None:
    end = PERIOD.last
    late_but_open = {end - timedelta(days=2): end}
    arrivals = {april(3): april(6), april(4): april(8), **late_but_open}

    assert timeliness_of(EVENT, due(april(3)), arrivals, ()) == Timeliness(on_time=1, late=1)
    assert timeliness_of(EVENT, due(april(3)), {}, ()) == Timeliness()


def test_a_week_counts_once_its_sunday_is_over() -> None:
    # April 2 and 9 are Sundays; the last week of the quarter ends on July 2.
    days = due(date(2023, 3, 29), april(5), date(2023, 6, 28))

    assert timeliness_of(WEEKLY, days, {}, [date(2023, 3, 27)]) == Timeliness(on_time=1, missing=1)
    assert timeliness_of(WEEKLY, days, {}, [april(3), april(9)]) == Timeliness(on_time=1, missing=1)


def test_a_dictionary_comes_in_each_month() -> None:
    days = due(april(30), date(2023, 5, 1), date(2023, 6, 1))

    assert timeliness_of(STATIC, days, {}, [april(1), date(2023, 6, 30)]) == Timeliness(on_time=2, missing=1)


@given(st.sets(st.dates(PERIOD.first, PERIOD.last)), st.sets(st.dates(PERIOD.first, PERIOD.last)))
def test_whatever_is_due_is_one_of_the_three(expected: set[date], uploads: set[date]) -> None:
    arrivals = dict.fromkeys(uploads, PERIOD.last)
    days = due(*expected)

    assert timeliness_of(DAILY, days, arrivals, ()).due == len(expected - {PERIOD.last})
    assert timeliness_of(WEEKLY, days, {}, uploads).due == len(days.weeks())
    assert timeliness_of(STATIC, days, {}, uploads).due == len(days.months())
