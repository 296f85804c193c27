"""Rules for every table, each shown on one table: the same query judges all others."""

from datetime import date, timedelta

import pytest

from xypipeline_tests.validated.across.judged import DAY, REVIEW_DAYS, Case, breaches, findings

VISIT = {"visit_id": "V1", "patient_id": "P1", "registration_id": "G1"}
REGISTERED = {
    "patient_info": [{"patient_id": "P1"}],
    "outpatient_registration": [{"registration_id": "G1"}],
}
LAST_MOMENT = DAY + timedelta(days=REVIEW_DAYS)
TOO_LATE = DAY + timedelta(days=REVIEW_DAYS + 1)

CASES: list[Case] = [
    ("G14", [], {"outpatient_visit": [VISIT], **REGISTERED}),
    ("G14", [(1, "patient_id")], {"outpatient_visit": [VISIT | {"patient_id": "P2"}], **REGISTERED}),
    # Arrives as late as it may, and a day later.
    (
        "G14",
        [],
        {
            "outpatient_visit": [VISIT],
            **REGISTERED,
            "patient_info": [{"patient_id": "P1", "upload_date": LAST_MOMENT}],
        },
    ),
    (
        "G14",
        [(1, "patient_id")],
        {
            "outpatient_visit": [VISIT],
            **REGISTERED,
            "patient_info": [{"patient_id": "P9"}, {"patient_id": "P1", "upload_date": TOO_LATE}],
        },
    ),
    # The parent is revoked; the child is a revocation itself; the hospital sends no patients at all.
    (
        "G14",
        [(1, "patient_id")],
        {
            "outpatient_visit": [VISIT],
            **REGISTERED,
            "patient_info": [{"patient_id": "P1", "modify_flag": "3"}],
        },
    ),
    ("G14", [], {"outpatient_visit": [VISIT | {"patient_id": "P2", "modify_flag": "3"}], **REGISTERED}),
    ("G15", [], {"outpatient_visit": [{"dept_code": "D1"}], "department": [{"dept_code": "D1"}]}),
    (
        "G15",
        [(1, "dept_code")],
        {"outpatient_visit": [{"dept_code": "D2"}], "department": [{"dept_code": "D1"}]},
    ),
    ("G15", [], {"outpatient_visit": [{"dept_code": None}], "department": [{"dept_code": "D1"}]}),
    ("G15", [], {"outpatient_visit": [{"dept_code": "D2"}]}),
    ("G16", [], {"outpatient_visit": [{"doctor_id": "S1"}], "staff": [{"staff_id": "S1"}]}),
    ("G16", [(1, "doctor_id")], {"outpatient_visit": [{"doctor_id": "S2"}], "staff": [{"staff_id": "S1"}]}),
    ("G17", [], {"lab_report": [{"patient_id": "P1"}], "patient_info": [{"patient_id": "P1"}]}),
    (
        "G17",
        [(1, "patient_id")],
        {"lab_report": [{"patient_id": "P2"}], "patient_info": [{"patient_id": "P1"}]},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_a_number_in_a_finding_is_masked() -> None:
    tables = {"lab_report": [{"patient_id": "41150119900101123X"}], "patient_info": [{"patient_id": "P1"}]}

    assert findings("G17", tables)["value_masked"].to_list() == ["411****23X"]


def test_what_a_hospital_does_not_send_is_not_held_against_another_table() -> None:
    visits = {"outpatient_visit": [{"dept_code": "D2", "org_code": "411500002"}]}
    registers = {"department": [{"dept_code": "D1", "upload_date": date(2023, 4, 1)}]}

    assert breaches("G15", visits | registers) == []


FIRST = {"visit_id": "V1", "update_time": "2023-04-09 10:00:00"}
CHANGED = {"visit_id": "V1", "update_time": "2023-04-09 10:00:01", "modify_flag": "2"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([FIRST, CHANGED], []),
        ([CHANGED], [(1, "modify_flag")]),
        ([CHANGED, FIRST | {"visit_id": "V2"}], [(1, "modify_flag")]),
        # Changed before it was first sent.
        ([FIRST, CHANGED | {"update_time": "2023-04-09 09:59:59"}], [(2, "modify_flag")]),
    ],
)
def test_a_change_follows_an_earlier_version(rows: list[dict], expected: list) -> None:
    assert breaches("G09", {"outpatient_visit": rows}) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("has_surgery|has_inpatient", []), ("has_inpatient", ["has_inpatient"]), (None, [None])],
)
def test_a_hospital_declares_what_it_sends(scope: str | None, expected: list) -> None:
    tables = {"org_info": [{"business_scope": scope}], "operation_record": [{"operation_id": "O1"}]}

    assert findings("G28", tables)["value_masked"].to_list() == expected
