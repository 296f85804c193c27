"""Rules about silence and the register of applicability: a day before an entry, on its days, a day after."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from xypipeline.registry.model import Inapplicability, Validity
from xypipeline_tests.validated.across.judged import HOSPITAL, excuse, findings
from xypipeline_tests.validated.across.rows import row

VISITS, TRANSFERS, STAFF, DELIVERIES = "outpatient_visit", "transfer_record", "staff", "delivery_record"
SUMMARIES = "daily_business_summary"
APRIL = (date(2023, 4, 1), date(2023, 4, 30))
MAY_END = date(2023, 5, 31)


@pytest.fixture(autouse=True)
def _register() -> Iterator[None]:
    yield
    excuse()


def april(day: int) -> date:
    return date(2023, 4, day)


def entry(table_code: str, first: date, last: date, org_code: str = HOSPITAL) -> Inapplicability:
    return Inapplicability(org_code, table_code, "suspended", Validity(first, last), "批复", "李四")


def silent_on(
    rule_id: str, table_code: str, *rows: dict, days: tuple[date, date] = APRIL, **others: list[dict]
) -> list[date]:
    own = {table_code: list(rows)} if rows else {}
    found = findings(rule_id, own | others, days).filter(table_code=table_code)
    return found["upload_date"].to_list()


def test_a_daily_table_is_owed_up_to_the_day_before_and_from_the_day_after() -> None:
    excuse(entry(VISITS, april(5), april(27)))

    silent = silent_on("G18", VISITS, {"upload_date": april(2)})
    assert silent == [april(3), april(4), april(28), april(29), april(30)]


def test_an_entry_is_about_one_hospital_and_one_table() -> None:
    excuse(entry(VISITS, *APRIL, org_code="411500002"), entry("outpatient_charge", *APRIL))

    assert len(silent_on("G18", VISITS, {"upload_date": april(2)})) == 28


@pytest.mark.parametrize(
    ("first", "last", "silent"),
    [
        pytest.param(april(10), april(16), [], id="the whole week"),
        pytest.param(april(11), april(16), [april(16)], id="its Monday is owed"),
        pytest.param(april(10), april(15), [april(16)], id="its Sunday is owed"),
    ],
)
def test_a_week_is_owed_while_one_of_its_days_is(first: date, last: date, silent: list[date]) -> None:
    excuse(entry(TRANSFERS, first, last))

    rows = [{"upload_date": april(3)}, {"upload_date": april(17)}]
    assert silent_on("G19", TRANSFERS, *rows, days=(april(1), april(22))) == silent


MONTHS = [
    pytest.param(april(1), april(30), [], id="the whole month"),
    pytest.param(april(2), april(30), [april(30)], id="its first day is owed"),
    pytest.param(april(1), april(29), [april(30)], id="its last day is owed"),
    pytest.param(date(2023, 3, 1), date(2023, 3, 31), [april(30)], id="the month before"),
]


@pytest.mark.parametrize(("first", "last", "silent"), MONTHS)
def test_a_month_of_events_is_owed_while_one_of_its_days_is(
    first: date, last: date, silent: list[date]
) -> None:
    excuse(entry(DELIVERIES, first, last))

    scope = [row(business_scope="has_inpatient|has_obstetrics")]
    assert silent_on("G20", DELIVERIES, org_info=scope) == silent


@pytest.mark.parametrize(("first", "last", "silent"), MONTHS)
def test_a_month_of_a_dictionary_is_owed_while_one_of_its_days_is(
    first: date, last: date, silent: list[date]
) -> None:
    excuse(entry(STAFF, first, last))

    assert silent_on("G26", STAFF, {"upload_date": date(2023, 3, 31)}) == silent


def test_daily_summaries_are_not_missed_on_an_excused_day() -> None:
    clinical = {"dept_type_code": "1", "record_status": "0", "dept_code": "D1"}
    departments = [clinical | {"upload_date": april(day)} for day in (1, 20)]
    begun = {"business_date": april(1), "dept_code": "D1", "upload_date": april(2)}
    excuse(entry(SUMMARIES, april(5), april(7)))

    silent = silent_on("R51-07", SUMMARIES, begun, days=(april(3), april(9)), department=departments)
    assert silent == [april(3), april(4), april(8), april(9)]


def test_a_lapsed_entry_excuses_nothing() -> None:
    excuse(entry(VISITS, date(2022, 1, 1), april(1)))

    assert len(silent_on("G18", VISITS, {"upload_date": april(1)})) == (APRIL[1] - april(1)) // timedelta(
        days=1
    )
