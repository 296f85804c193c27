"""Rules on how much came and when: days of silence, volume, repetition, delay."""

from datetime import date, datetime, timedelta

import pytest

from xypipeline_tests.validated.across.judged import DAY, findings

MONDAY = date(2023, 4, 10)
VISITS = "outpatient_visit"


def visits(day: date, number: int, *, first: int = 1) -> list[dict]:
    """So many visits uploaded on a day, of the day before."""
    time = datetime.combine(day - timedelta(days=1), datetime.min.time())
    return [
        {"visit_id": f"{day}-{no}", "visit_time": time, "upload_date": day}
        for no in range(first, first + number)
    ]


def found(rule_id: str, table_code: str, rows: list[dict], first: date, last: date) -> list[tuple]:
    """Upload date and value of each finding about the table."""
    frame = findings(rule_id, {table_code: rows}, (first, last)).filter(table_code=table_code)
    return list(frame.select("upload_date", "value_masked").iter_rows())


def test_a_day_of_silence_of_a_daily_table_is_a_breach_from_its_second_day_on() -> None:
    rows = visits(date(2023, 4, 3), 1) + visits(date(2023, 4, 5), 1)

    assert found("G18", VISITS, rows, date(2023, 4, 1), date(2023, 4, 5)) == [(date(2023, 4, 4), "0")]


def test_silence_on_a_day_on_which_nothing_is_expected_is_none() -> None:
    # Connected to the province only: no upload is expected of it.
    rows = [{**row, "org_code": "411525001"} for row in visits(date(2023, 4, 3), 1)]

    assert found("G18", VISITS, rows, date(2023, 4, 1), date(2023, 4, 5)) == []


def test_a_week_of_silence_of_a_weekly_table_is_a_breach_on_its_sunday() -> None:
    rows = [{"upload_date": MONDAY - timedelta(days=7)}, {"upload_date": MONDAY + timedelta(days=7)}]

    assert found("G19", "transfer_record", rows, date(2023, 4, 1), date(2023, 4, 30)) == [
        (date(2023, 4, 16), "0"),
        (date(2023, 4, 30), "0"),
    ]


def test_a_month_without_a_dictionary_is_a_breach_on_its_last_day() -> None:
    rows = [{"upload_date": date(2023, 3, 31)}, {"upload_date": date(2023, 5, 31)}]

    assert found("G26", "staff", rows, date(2023, 4, 1), date(2023, 5, 31)) == [(date(2023, 4, 30), "0")]


def test_silence_is_found_when_its_last_day_is_judged_by_itself() -> None:
    rows, last_day = [{"upload_date": date(2023, 3, 31)}], date(2023, 4, 30)

    assert found("G26", "staff", rows, last_day, last_day) == [(last_day, "0")]


@pytest.mark.parametrize(
    ("rule_id", "today", "value"),
    [
        ("G21", 10, None),
        ("G21", 9, "9/20.0"),
        ("G22", 60, None),
        ("G22", 61, "61/20.0"),
    ],
)
def test_a_day_is_held_against_the_median_of_its_weekday(rule_id: str, today: int, value: str | None) -> None:
    weeks = [MONDAY - timedelta(days=7 * week) for week in range(1, 5)]
    usual = [row for day, number in zip(weeks, (20, 20, 1, 500), strict=True) for row in visits(day, number)]

    expected = [] if value is None else [(MONDAY, value)]
    assert found(rule_id, VISITS, usual + visits(MONDAY, today), MONDAY, MONDAY) == expected


@pytest.mark.parametrize("usual", [{"weeks": 3, "number": 20}, {"weeks": 4, "number": 19}])
def test_too_few_weeks_or_rows_make_no_median(usual: dict) -> None:
    days = [MONDAY - timedelta(days=7 * week) for week in range(1, usual["weeks"] + 1)]
    rows = [row for day in days for row in visits(day, usual["number"])]

    assert found("G21", VISITS, rows + visits(MONDAY, 1), MONDAY, MONDAY) == []


@pytest.mark.parametrize(("repeated", "value"), [(1, None), (2, "2/102")])
def test_one_repeated_key_in_a_hundred_is_let_pass(repeated: int, value: str | None) -> None:
    rows = visits(DAY, 100 - (repeated == 1)) + visits(DAY, repeated)

    assert found("G23", VISITS, rows, DAY, DAY) == ([] if value is None else [(DAY, value)])


@pytest.mark.parametrize(
    ("rule_id", "table_code", "event", "allowed"),
    [("G24", VISITS, "visit_time", 1), ("G25", "death_record", "death_time", 3)],
)
def test_a_record_arrives_in_time(rule_id: str, table_code: str, event: str, allowed: int) -> None:
    key = {VISITS: "visit_id", "death_record": "record_id"}[table_code]
    midnight = datetime.combine(DAY, datetime.min.time())
    punctual = {key: "1", event: midnight - timedelta(days=allowed)}
    late = {key: "2", event: midnight - timedelta(days=allowed, seconds=1)}
    sent_again = {key: "3", event: midnight - timedelta(days=9)}
    earlier = sent_again | {"upload_date": DAY - timedelta(days=9 - allowed)}

    value = (midnight - timedelta(days=allowed + 1)).strftime("%Y-%m-%d")
    assert found(rule_id, table_code, [punctual, late, sent_again, earlier], DAY, DAY) == [(DAY, value)]
