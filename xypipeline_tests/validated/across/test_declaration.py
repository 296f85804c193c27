"""Rules on what a hospital declares of its deliveries: zero reports (G20), declared rows (G27)."""

from datetime import date, datetime

import pytest

from xypipeline_tests.validated.across.judged import DAY, findings
from xypipeline_tests.validated.across.moments import at, on
from xypipeline_tests.validated.across.rows import LAST_MOMENT, REVOKED, TOO_LATE, numbered, row, uploaded

APRIL = (date(2023, 4, 1), date(2023, 4, 30))
MONTH_END = date(2023, 4, 30)
OBSTETRICS = row(business_scope="has_inpatient|has_obstetrics")
ZERO = row(table_code="delivery_record", business_date=DAY, declared_rows=0, zero_flag="1")
PROMISE = row(table_code="outpatient_visit", business_date=on(-1), declared_rows=2, declared_time=at(0, 1))


def unsent(days: tuple[date, date] = APRIL, **tables: list[dict]) -> list[tuple]:
    """Upload date and value of each finding of G20 about deliveries."""
    found = findings("G20", {"org_info": [OBSTETRICS], **tables}, days).filter(table_code="delivery_record")
    return list(found.select("upload_date", "value_masked").iter_rows())


def undelivered(visits: list[dict], *promises: dict) -> list[tuple]:
    """Upload date and value of each finding of G27 about visits."""
    found = findings("G27", {"declaration": list(promises), "outpatient_visit": visits})
    return list(found.filter(table_code="outpatient_visit").select("upload_date", "value_masked").iter_rows())


def visits(count: int, **changes: object) -> list[dict]:
    return numbered("visit_id", count, visit_time=at(-1, 9), **changes)


def test_a_month_without_events_and_without_a_word_is_told_on_its_last_day() -> None:
    assert unsent() == [(MONTH_END, "0")]
    assert unsent((MONTH_END, MONTH_END)) == [(MONTH_END, "0")]


def test_a_month_that_is_not_over_is_not_judged() -> None:
    assert unsent((date(2023, 4, 1), date(2023, 4, 26))) == []


@pytest.mark.parametrize(
    "report",
    [
        ZERO,
        ZERO | row(zero_flag=None),
        ZERO | row(declared_rows=None, zero_flag=None, not_applicable_flag="1"),
        ZERO | row(business_date=MONTH_END, upload_date=date(2023, 5, 3)),
    ],
)
def test_a_zero_report_speaks_for_the_month(report: dict) -> None:
    assert unsent(declaration=[report]) == []


@pytest.mark.parametrize(
    "report",
    [
        ZERO | row(business_date=date(2023, 3, 31)),
        ZERO | row(table_code="death_record"),
        ZERO | row(declared_rows=3, zero_flag="0"),
        ZERO | row(upload_date=date(2023, 5, 4)),
    ],
)
def test_another_report_does_not(report: dict) -> None:
    assert unsent(declaration=[report]) == [(MONTH_END, "0")]


def test_an_accepted_row_or_a_scope_without_the_business_needs_no_zero_report() -> None:
    assert unsent(delivery_record=[row(delivery_id="F1")]) == []
    assert unsent(org_info=[row(business_scope="has_inpatient")]) == []


def test_a_table_of_every_hospital_needs_a_zero_report_whatever_its_scope() -> None:
    found = findings("G20", {"org_info": [row(business_scope="has_inpatient")]}, APRIL)

    assert "infectious_report_card" in set(found["table_code"])


def test_a_hospital_that_says_nothing_of_itself_at_all_has_no_data_to_judge() -> None:
    assert findings("G20", {"outpatient_visit": visits(1)}, APRIL).is_empty()


@pytest.mark.parametrize(
    ("held", "value"), [(1, "2023-04-09 1/2"), (2, None), (3, "2023-04-09 3/2"), (0, "2023-04-09 0/2")]
)
def test_as_many_records_are_held_as_were_declared(held: int, value: str | None) -> None:
    others = [row(visit_id="V8", visit_time=at(-2, 23)), row(visit_id="V9", visit_time=at(0))]

    assert undelivered(visits(held) + others, PROMISE) == ([] if value is None else [(DAY, value)])


def test_a_table_of_which_nothing_ever_came_is_judged_by_its_declaration() -> None:
    found = findings("G27", {"declaration": [PROMISE]})

    assert found["value_masked"].to_list() == ["2023-04-09 0/2"]


def test_of_records_the_latest_version_counts_if_it_came_in_time() -> None:
    revoked = row(visit_id="N2", visit_time=at(-1, 9), update_time=at(1), upload_date=LAST_MOMENT) | REVOKED

    assert undelivered(visits(2) + visits(2), PROMISE) == []
    assert undelivered([*visits(3), revoked], PROMISE) == []
    assert undelivered([*visits(1), *uploaded(TOO_LATE, *visits(2))], PROMISE) == [(DAY, "2023-04-09 1/2")]


def test_of_declarations_the_latest_counts() -> None:
    earlier = PROMISE | row(declared_rows=9, declared_time=datetime(2023, 4, 9, 23))

    assert undelivered(visits(2), PROMISE, earlier) == []
