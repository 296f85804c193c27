"""Rules of laboratory reports and their results beyond one row (R35-R38)."""

import pytest

from xypipeline_tests.validated.across.judged import Case, breaches, findings
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

REPORT = row(
    report_id="L1",
    visit_id="V1",
    patient_id="P1",
    visit_type_code="1",
    sex_code="1",
    patient_name="张三",
    apply_time=at(-3, 9),
    sampling_time=at(-2, 9),
    receive_time=at(-2, 10),
    report_time=at(-1, 9),
)
STAYING = REPORT | row(visit_type_code="3")
PERSON = row(visit_id="V1", sex_code="1", patient_name="张三")
STRANGER = row(visit_id="V1", sex_code="2", patient_name="李四")
ORDER = row(visit_id="V1", order_id="A", order_item_type_code="3")
FEE = row(patient_id="P1", fee_category_code="04", charge_refund_flag="1", charge_time=at(-3, 22))
CULTURE = row(report_id="L1", bacteria_result_id="B1", bacteria_code="eco")
TESTED = row(
    report_id="L1",
    bacteria_result_id="B1",
    bacteria_code="eco",
    antibiotic_code="amk",
    susceptibility_id="S1",
)
AGAIN = TESTED | row(susceptibility_id="S2")


def reported(hours: float, *, late: bool = False, **changes: object) -> dict:
    """A report so long after the specimen was received."""
    return {"lab_report": [row(receive_time=at(-9), report_time=at(-9, hours, late=late), **changes)]}


def results(day: int) -> dict:
    return {"lab_result": [row(report_id="L1", report_time=at(day, 23))], "lab_report": [REPORT]}


def of_a_day(reports: int, results: int, day: int = -1) -> dict:
    """Reports of the day before, with their results, each sent twice; usually there are four a report."""
    usual = on(-9)
    made = numbered("result_id", results, report_id="N1", report_time=at(day, 23))
    return {
        "lab_report": [
            *numbered("report_id", reports, report_time=at(day)),
            *uploaded(usual, *numbered("report_id", 5)),
        ],
        "lab_result": [*made, *made, *uploaded(usual, *numbered("result_id", 20))],
    }


NO_RESULT = [(1, "report_id")]
NO_REASON = [(1, "visit_id")]
LATE = [(1, "report_time")]
UNUSUAL = [(None, "result_id")]
CASES: list[Case] = [
    ("R35-02", [], {"lab_report": [REPORT], "lab_result": [row(report_id="L1")]}),
    ("R35-02", [], {"lab_report": [REPORT], "lab_bacteria_result": [row(report_id="L1")]}),
    ("R35-02", NO_RESULT, {"lab_report": [REPORT], "lab_result": [row(report_id="L2")]}),
    ("R35-02", [], {"lab_report": [REPORT], "lab_result": uploaded(LAST_MOMENT, row(report_id="L1"))}),
    (
        "R35-02",
        NO_RESULT,
        {
            "lab_report": [REPORT],
            "lab_result": [row(report_id="L1") | REVOKED, *uploaded(TOO_LATE, row(report_id="L1"))],
        },
    ),
    ("R35-04", [], {"lab_report": [REPORT], "outpatient_visit": [PERSON]}),
    (
        "R35-04",
        [(1, "patient_name"), (1, "sex_code")],
        {"lab_report": [REPORT], "outpatient_visit": [STRANGER]},
    ),
    # Several versions of the visit; a stay of the same number; no visit at all.
    ("R35-04", [], {"lab_report": [REPORT], "outpatient_visit": [STRANGER, PERSON]}),
    (
        "R35-04",
        [(1, "sex_code")],
        {"lab_report": [STAYING | row(sex_code="2")], "inpatient_admission": [PERSON]},
    ),
    ("R35-04", [], {"lab_report": [REPORT], "inpatient_admission": [STRANGER]}),
    ("R35-05", [], {"lab_report": [STAYING], "inpatient_order": [ORDER]}),
    (
        "R35-05",
        NO_REASON,
        {"lab_report": [STAYING], "inpatient_order": [ORDER | row(order_item_type_code="2")]},
    ),
    ("R35-05", [], {"lab_report": [REPORT], "outpatient_fee_detail": [FEE]}),
    (
        "R35-05",
        NO_REASON,
        {"lab_report": [REPORT], "outpatient_fee_detail": [FEE | row(charge_time=at(-4, 23))]},
    ),
    (
        "R35-05",
        NO_REASON,
        {"lab_report": [REPORT], "outpatient_fee_detail": [FEE | row(fee_category_code="03")]},
    ),
    (
        "R35-05",
        NO_REASON,
        {"lab_report": [REPORT], "outpatient_fee_detail": [FEE | row(charge_refund_flag="2")]},
    ),
    # What the hospital does not send is not held against it, and an emergency may pay later.
    ("R35-05", [], {"lab_report": [STAYING], "outpatient_fee_detail": [FEE]}),
    ("R35-05", [], {"lab_report": [REPORT | row(visit_type_code="2")], "outpatient_fee_detail": [row()]}),
    ("R35-06", [], reported(24)),
    ("R35-06", LATE, reported(24, late=True)),
    ("R35-06", [], reported(2, visit_type_code="2")),
    ("R35-06", LATE, reported(2, late=True, visit_type_code="2")),
    ("R35-06", [], reported(7 * 24, lab_category_code="4", visit_type_code="2")),
    ("R35-06", LATE, reported(7 * 24, late=True, lab_category_code="4")),
    ("R36-04", [], results(-1)),
    ("R36-04", LATE, results(-2)),
    ("R36-05", [], of_a_day(2, 4)),
    ("R36-05", UNUSUAL, of_a_day(2, 3)),
    ("R36-05", [], of_a_day(2, 16)),
    ("R36-05", UNUSUAL, of_a_day(2, 17)),
    # Of another business day.
    ("R36-05", [], of_a_day(2, 17, day=-2)),
    *(
        (
            "R37-02",
            expected,
            {"lab_bacteria_result": [CULTURE], "lab_report": [REPORT | row(lab_category_code=code)]},
        )
        for code, expected in [("4", []), ("2", [(1, "report_id")])]
    ),
    ("R38-01", [], {"lab_susceptibility_result": [TESTED], "lab_bacteria_result": [CULTURE]}),
    *(
        (
            "R38-01",
            [(1, "bacteria_code")],
            {
                "lab_susceptibility_result": [TESTED],
                "lab_bacteria_result": [CULTURE | row(bacteria_code=code)],
            },
        )
        for code in ["sau", None]
    ),
    ("R38-03", [], {"lab_susceptibility_result": [TESTED, AGAIN | row(antibiotic_code="cip"), TESTED]}),
    ("R38-03", [(2, "antibiotic_code")], {"lab_susceptibility_result": [TESTED, AGAIN]}),
    ("R38-03", [], {"lab_susceptibility_result": [TESTED, AGAIN | row(bacteria_result_id="B2")]}),
    ("R38-03", [], {"lab_susceptibility_result": [TESTED, AGAIN, *uploaded(LAST_MOMENT, TESTED | REVOKED)]}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    clauses = ["35-02", "35-04", "35-05", "35-06", "36-04", "36-05", "37-02", "38-01", "38-03"]
    assert rules_shown(CASES) == {f"R{clause}" for clause in clauses}


def test_a_name_is_not_shown_and_a_ratio_tells_its_counts() -> None:
    strangers = {"lab_report": [REPORT], "outpatient_visit": [STRANGER]}

    assert findings("R35-04", strangers)["value_masked"].to_list() == [None, "1"]
    assert findings("R36-05", of_a_day(2, 3))["value_masked"].to_list() == ["3/2"]
