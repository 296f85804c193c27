from datetime import date

import pytest

from xypipeline.registry.model import Connection, Exemption, Institution, Registry, Validity
from xypipeline.scores.figures import Figures, figures_by_hospital, measure_uploads, store_expected_days
from xypipeline.scores.store import create_tables
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.uploads import april, store_ledger

SINCE_JANUARY = Validity(date(2023, 1, 1), None)


def registry(*, connected: Validity = SINCE_JANUARY, exempted: Validity | None = None) -> Registry:
    return Registry(
        version="test",
        institutions=(Institution(1, "A", "甲医院", "市直", "411500", "general", None, SINCE_JANUARY),),
        connections=(Connection("A", "city", connected, note=None),),
        exemptions=(Exemption(None, "outage", exempted, "平台公告"),) if exempted else (),
    )


def delivery(table_code: str, day: int, *, accepted: int = 1, new: int = 0) -> dict[str, object]:
    return {
        "org_code": "A",
        "table_code": table_code,
        "upload_date": april(day),
        "rows_received": 9,
        "rows_accepted": accepted,
        "rows_qualified": accepted // 2,
        "records_new": new,
    }


def measure(
    *deliveries: dict[str, object], register: Registry | None = None, as_of: int = 10
) -> dict[str | None, Figures]:
    """Figures of hospital A by table, None for all tables."""
    connection = connect_in_memory()
    create_tables(connection)
    store_ledger(connection, deliveries)
    store_expected_days(connection, register or registry(), april(1), april(30))
    rows = measure_uploads(connection, april(1), april(as_of)).to_dicts()
    assert {row.pop("org_code") for row in rows} == {"A"}
    return {row.pop("table_code"): Figures(**row) for row in rows}


def test_counts_in_all_and_per_table() -> None:
    found = measure(
        delivery("staff", 2, accepted=4, new=4),
        delivery("staff", 6, accepted=4),
        delivery("lab_report", 6, accepted=3, new=2),
        delivery("lab_report", 8, accepted=0),
        delivery("exam_report", 3, accepted=1),
        delivery("exam_report", 11, accepted=1, new=1),
    )
    assert found == {
        None: Figures(2, 6, 3, 12, 5, 7, 4, april(6), 4),
        "exam_report": Figures(0, 0, 1, 1, 0),
        "lab_report": Figures(1, 2, 1, 3, 1, 9, 5, april(6), 4),
        "staff": Figures(1, 4, 2, 8, 4, 8, 4, april(6), 4),
    }


@pytest.mark.parametrize(
    ("days", "register", "interruption_days", "longest_gap_days"),
    [
        pytest.param(range(1, 11), registry(), 0, 0, id="every day"),
        pytest.param([1], registry(), 9, 9, id="the first day only"),
        pytest.param([10], registry(), 9, 9, id="the last day only"),
        pytest.param([3, 4, 8], registry(), 7, 3, id="three gaps"),
        pytest.param([5, 10], registry(connected=Validity(april(5), None)), 4, 4, id="connected later"),
        pytest.param([1, 10], registry(connected=Validity(april(1), april(3))), 2, 2, id="disconnected"),
        pytest.param(
            [1, 5, 10],
            registry(exempted=Validity(april(3), april(8))),
            2,
            2,
            id="an outage is no interruption",
        ),
        pytest.param([5], registry(connected=Validity(april(20), None)), None, None, id="never expected"),
    ],
)
def test_interruptions_are_expected_days_without_an_upload(
    days: list[int], register: Registry, interruption_days: int | None, longest_gap_days: int | None
) -> None:
    found = measure(*(delivery("staff", day, new=1) for day in days), register=register)[None]
    assert (found.interruption_days, found.longest_gap_days) == (interruption_days, longest_gap_days)


def test_a_day_of_fatal_rows_only_is_no_upload_day() -> None:
    found = measure(delivery("staff", 1, new=1), delivery("staff", 9, accepted=0))[None]
    assert (found.upload_days, found.last_upload_date, found.interruption_days) == (1, april(1), 9)


def test_who_revoked_everything_uploaded_nothing() -> None:
    assert measure(delivery("staff", 1, accepted=2))[None] == Figures(
        upload_days=1, rows_accepted=2, rows_qualified=1
    )


def test_days_after_the_cut_off_do_not_count() -> None:
    kept, left_out = delivery("staff", 10, new=1), delivery("lab_report", 11, new=1)
    assert measure(kept, left_out) == measure(kept)


def test_a_hospital_without_a_delivery_has_zeros() -> None:
    connection = connect_in_memory()
    create_tables(connection)
    measured = measure_uploads(connection, april(1), april(30))
    assert figures_by_hospital(measured, ["B"]) == {"B": Figures()}
