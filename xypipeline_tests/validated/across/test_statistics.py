"""Rules on what a hospital's daily summaries report, held against its records (R51)."""

from datetime import date

import pytest

from xypipeline_tests.validated.across.judged import DAY, Case, breaches, findings
from xypipeline_tests.validated.across.moments import at, on
from xypipeline_tests.validated.across.rows import (
    LAST_MOMENT,
    REVOKED,
    TOO_LATE,
    case_id,
    numbered,
    row,
    rules_shown,
    uploaded,
)

YESTERDAY = at(-1, 9)
CLINIC = row(dept_code="D1", dept_type_code="1", record_status="0")
WARD = row(dept_code="D2", dept_type_code="2", record_status="0")
VISITS = [(None, "outpatient_count")]
ADMISSIONS, DISCHARGES = [(None, "admission_count")], [(None, "discharge_count")]
REVENUE = [(None, "inpatient_revenue")]
OUT_OF_USE = {"record_status": "1"}


def summary(**figures: object) -> dict:
    """A summary of the day before by one department."""
    return row(**{"dept_code": "D1", "business_date": on(-1)} | figures)


def summaries(*rows: dict, **records: list[dict]) -> dict:
    return {"daily_business_summary": list(rows), **records}


def visits(count: int, **changes: object) -> list[dict]:
    return numbered("visit_id", count, visit_time=YESTERDAY, **changes)


def admitted(count: int, **changes: object) -> list[dict]:
    return numbered("visit_id", count, admission_time=YESTERDAY, **changes)


def left(count: int, **changes: object) -> list[dict]:
    return numbered("visit_id", count, discharge_time=YESTERDAY, **changes)


def reports(count: int) -> list[dict]:
    return numbered("report_id", count, report_time=YESTERDAY)


def fee(amount: str, flag: str = "1", **changes: object) -> dict:
    line = row(fee_detail_id="F1", charge_refund_flag=flag, amount=float(amount), fee_time=YESTERDAY)
    return line | changes


def visited(outpatients: int, emergencies: int, count: int) -> dict:
    figures = summary(outpatient_count=outpatients, emergency_count=emergencies)
    return summaries(figures, outpatient_visit=visits(count))


def operated(reported: int, count: int) -> dict:
    performed = numbered("operation_id", count, operation_start_time=YESTERDAY)
    return summaries(summary(operation_count=reported), operation_record=performed)


def earned(reported: float, *fees: dict) -> dict:
    return summaries(summary(inpatient_revenue=reported), inpatient_fee_detail=list(fees))


def registered(*summarised: dict, departments: list[dict]) -> dict:
    """Summaries, after one of long ago."""
    before = uploaded(on(-9), summary(business_date=on(-10)))
    return summaries(*summarised, *before, department=departments)


CASES: list[Case] = [
    # 5 % of 20 is one, in both directions.
    ("R51-01", [], visited(15, 5, 19)),
    ("R51-01", [], visited(15, 5, 21)),
    ("R51-01", VISITS, visited(15, 5, 18)),
    ("R51-01", VISITS, visited(15, 5, 22)),
    ("R51-01", VISITS, visited(15, 4, 18)),
    ("R51-01", VISITS, visited(0, 0, 1)),
    # Two departments; of what is sent twice, one counts; a visit of another day does not.
    (
        "R51-01",
        [],
        summaries(
            summary(outpatient_count=2, emergency_count=0, update_time=at(-1)),
            summary(outpatient_count=1, emergency_count=0, update_time=at(0)),
            summary(outpatient_count=1, emergency_count=0, dept_code="D2", upload_date=LAST_MOMENT),
            outpatient_visit=[*visits(2), *visits(2), row(visit_id="V9", visit_time=at(-2, 23))],
        ),
    ),
    (
        "R51-01",
        [],
        summaries(
            summary(outpatient_count=1, emergency_count=0),
            outpatient_visit=[
                *visits(2),
                *uploaded(LAST_MOMENT, row(visit_id="N2", visit_time=YESTERDAY) | REVOKED),
            ],
        ),
    ),
    (
        "R51-01",
        VISITS,
        summaries(
            summary(outpatient_count=2, emergency_count=0),
            outpatient_visit=[*visits(1), row(visit_id="V2", visit_time=YESTERDAY, upload_date=TOO_LATE)],
        ),
    ),
    ("R51-02", [], summaries(summary(admission_count=2), inpatient_admission=admitted(2))),
    ("R51-02", ADMISSIONS, summaries(summary(admission_count=2), inpatient_admission=admitted(1))),
    ("R51-02", ADMISSIONS, summaries(summary(admission_count=0), inpatient_admission=admitted(1))),
    (
        "R51-02",
        ADMISSIONS,
        summaries(summary(admission_count=2), inpatient_admission=admitted(2, void_flag="1")),
    ),
    ("R51-02", [], summaries(summary(discharge_count=2), inpatient_discharge=left(2))),
    ("R51-02", DISCHARGES, summaries(summary(discharge_count=2), inpatient_discharge=left(3))),
    # A hospital that sends no discharges has no data on them.
    (
        "R51-02",
        [],
        summaries(summary(admission_count=1, discharge_count=9), inpatient_admission=admitted(1)),
    ),
    (
        "R51-04",
        [],
        summaries(
            summary(transfer_in_count=3, transfer_out_count=1),
            summary(transfer_in_count=1, transfer_out_count=3, dept_code="D2"),
        ),
    ),
    ("R51-04", [(None, "transfer_in_count")], summaries(summary(transfer_in_count=3, transfer_out_count=2))),
    (
        "R51-04",
        [],
        summaries(
            summary(transfer_in_count=3, transfer_out_count=2),
            summary(transfer_in_count=0, transfer_out_count=1, dept_code="D2", upload_date=LAST_MOMENT),
        ),
    ),
    ("R51-05", [], summaries(summary(lab_report_count=20), lab_report=reports(19))),
    (
        "R51-05",
        [(None, "lab_report_count")],
        summaries(summary(lab_report_count=20), lab_report=reports(18)),
    ),
    (
        "R51-05",
        [(None, "exam_report_count")],
        summaries(
            summary(lab_report_count=9, exam_report_count=9), exam_report=reports(10), lab_report=reports(9)
        ),
    ),
    ("R51-05", [], summaries(summary(lab_report_count=None), lab_report=reports(9))),
    ("R51-06", [], operated(20, 19)),
    ("R51-06", [(None, "operation_count")], operated(19, 18)),
    ("R51-06", [(None, "operation_count")], operated(0, 1)),
    # Each department has a row; one that is out of use, not begun, or no clinical one needs none.
    (
        "R51-07",
        [],
        registered(
            summary(),
            *uploaded(LAST_MOMENT, summary(dept_code="D2")),
            departments=[
                CLINIC,
                WARD,
                WARD | row(dept_code="D3", dept_type_code="3"),
                WARD | row(dept_code="D4") | OUT_OF_USE,
                WARD | row(dept_code="D5", effective_date=on(0)),
                WARD | row(dept_code="D6", expire_date=on(-2)),
            ],
        ),
    ),
    ("R51-07", [(None, "dept_code")], registered(summary(), departments=[CLINIC, WARD])),
    ("R51-07", [(None, "dept_code")], registered(departments=[CLINIC])),
    (
        "R51-07",
        [(None, "dept_code")],
        registered(
            summary(),
            *uploaded(TOO_LATE, summary(dept_code="D2")),
            departments=[CLINIC, *uploaded(on(-31), WARD)],
        ),
    ),
    ("R51-07", [], registered(summary(), departments=[CLINIC, *uploaded(on(-32), WARD)])),
    # The day on which the first summaries come.
    ("R51-07", [], {"daily_business_summary": [summary(dept_code="D9")], "department": [CLINIC]}),
    # 1 % of 100.00, and a cent more; refunds are taken off; of a line's versions the latest counts.
    ("R51-08", [], earned(100, fee("101.00"))),
    ("R51-08", REVENUE, earned(100, fee("101.01"))),
    ("R51-08", [], earned(100, fee("99.00"))),
    ("R51-08", REVENUE, earned(100, fee("98.99"))),
    ("R51-08", [], earned(100, fee("150"), fee("50", "2"))),
    ("R51-08", [], earned(100, fee("150", update_time=at(-1)), fee("100", update_time=at(0)))),
    ("R51-08", REVENUE, earned(100, fee("100", fee_time=at(-2, 23)))),
    ("R51-08", [], summaries(summary(inpatient_revenue=None), inpatient_fee_detail=[fee("9")])),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {
        *("R51-01", "R51-02", "R51-04", "R51-05", "R51-06", "R51-07", "R51-08"),
    }


@pytest.mark.parametrize(
    ("rule_id", "tables", "value"),
    [
        ("R51-01", visited(15, 5, 18), "2023-04-09 18/20"),
        ("R51-07", registered(summary(), departments=[CLINIC, WARD]), "2023-04-09 1/2"),
        ("R51-08", earned(100, fee("98.99")), "2023-04-09 98.99/100.00"),
    ],
)
def test_a_business_day_is_told_with_its_two_figures(rule_id: str, tables: dict, value: str) -> None:
    assert findings(rule_id, tables)["value_masked"].to_list() == [value]


def test_summaries_of_a_day_without_an_expected_upload_are_not_missed() -> None:
    # Connected to the province only: no upload is expected of it.
    elsewhere = {"org_code": "411525001"}
    tables = registered(departments=[CLINIC])
    moved = {code: [one | elsewhere for one in rows] for code, rows in tables.items()}

    assert findings("R51-07", moved).is_empty()


def test_a_summary_that_comes_late_is_judged_on_the_day_when_it_comes() -> None:
    tables = summaries(
        summary(outpatient_count=1, emergency_count=0, business_date=on(-9)),
        outpatient_visit=uploaded(
            on(-8), row(visit_id="V1", visit_time=at(-9)), row(visit_id="V2", visit_time=at(-9))
        ),
    )

    found = findings("R51-01", tables, (date(2023, 4, 1), DAY))

    assert list(found.select("upload_date", "value_masked").iter_rows()) == [(DAY, "2023-04-01 2/1")]
