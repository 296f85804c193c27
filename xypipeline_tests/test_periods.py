from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.errors import PeriodError
from xypipeline.periods import Period, Quarter, clip_to_past, parse_period

DAYS = st.dates(date(2023, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2023-04-05", date(2023, 4, 5), date(2023, 4, 5), id="a day"),
        pytest.param("2023Q2", date(2023, 4, 1), date(2023, 6, 30), id="a quarter"),
        pytest.param("2024q1", date(2024, 1, 1), date(2024, 3, 31), id="a leap year's quarter, lower case"),
        pytest.param("2023Q4", date(2023, 10, 1), date(2023, 12, 31), id="the year's last quarter"),
        pytest.param("2023-04-05..2023-04-07", date(2023, 4, 5), date(2023, 4, 7), id="a range"),
        pytest.param("2023Q1..2023Q2", date(2023, 1, 1), date(2023, 6, 30), id="a range of quarters"),
        pytest.param("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), id="the leap day"),
    ],
)
def test_a_period_is_read_as_its_first_and_last_day(text: str, first: date, last: date) -> None:
    assert parse_period(text) == Period(first, last)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("2023Q5", "is no period", id="a fifth quarter"),
        pytest.param("2023-02-30", "is no period", id="a day that is none"),
        pytest.param("20230405", "is no period", id="a day without dashes"),
        pytest.param("", "is no period", id="nothing"),
        pytest.param("2023-04-05..", "is no period", id="an open range"),
        pytest.param("0000Q1", "is no quarter", id="year zero"),
        pytest.param("2023-04-05..2023-04-04", "ends before it begins", id="a range backwards"),
        pytest.param("2022Q4", "begins before 2023-01-01", id="before the platform's first day"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(text: str, complaint: str) -> None:
    with pytest.raises(PeriodError, match=complaint):
        parse_period(text)


@given(DAYS)
def test_each_day_lies_in_exactly_one_quarter(day: date) -> None:
    quarter = Quarter.containing(day)

    assert quarter.first <= day <= quarter.last
    assert Quarter.containing(quarter.first - timedelta(days=1)).following == quarter
    assert Quarter.parse(str(quarter)) == quarter


@given(DAYS, st.integers(0, 400))
def test_a_period_has_its_days_in_order_and_the_quarters_they_touch(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))

    days = list(period.days())

    assert days == [first + timedelta(days=offset) for offset in range(length + 1)]
    assert period.quarters() == sorted({Quarter.containing(day) for day in days})


def test_days_that_are_not_over_are_left_out() -> None:
    quarter = Period(date(2023, 4, 1), date(2023, 6, 30))

    assert clip_to_past(quarter, date(2023, 5, 2)) == Period(date(2023, 4, 1), date(2023, 5, 2))
    assert clip_to_past(quarter, date(2023, 6, 30)) == quarter
    with pytest.raises(PeriodError, match="the last complete day is 2023-03-31"):
        clip_to_past(quarter, date(2023, 3, 31))


@pytest.mark.parametrize(
    ("yesterday", "as_of"),
    [
        pytest.param(date(2023, 7, 1), date(2023, 6, 30), id="over: its last day"),
        pytest.param(date(2023, 6, 30), date(2023, 6, 30), id="its last day is complete"),
        pytest.param(date(2023, 6, 29), date(2023, 6, 29), id="running: the last complete day"),
        pytest.param(date(2023, 3, 31), date(2023, 4, 1), id="not begun: its first day"),
    ],
)
def test_a_quarter_counts_up_to(yesterday: date, as_of: date) -> None:
    assert Quarter(2023, 2).as_of(yesterday) == as_of


def test_the_bulletin_names_a_quarter_by_its_months() -> None:
    assert [Quarter(2023, number).months_zh for number in (1, 2, 3, 4)] == [
        "1-3月",
        "4-6月",
        "7-9月",
        "10-12月",
    ]
