"""Rules of admission, discharge, transfer and death beyond one row (R21, R22, R28, R30)."""

import pytest

from xypipeline_tests.validated.across.judged import Case, breaches, findings
from xypipeline_tests.validated.across.moments import at, on
from xypipeline_tests.validated.across.rows import (
    LAST_MOMENT,
    REVOKED,
    TOO_LATE,
    case_id,
    row,
    rules_shown,
    uploaded,
)

FIRST = row(visit_id="V1", patient_id="P1", admission_times=1, admission_time=at(-9))
SECOND = row(visit_id="V2", patient_id="P1", admission_times=2, admission_time=at(-1))
VOIDED = {"void_flag": "1"}
END = row(visit_id="V1", patient_id="P1", admission_time=at(-9), discharge_time=at(-1, 8))
LONG_AGO = row(visit_id="V1", patient_id="P1", dept_code="D1", dept_name="内科")
OTHERS_END = {"inpatient_discharge": [row(visit_id="V9")]}
DEAD, ALIVE = (row(visit_id="V1", discharge_way_code=code) for code in ("5", "1"))
OUT = row(visit_id="V1", transfer_type_code="2", from_dept_code="A", to_dept_code="B", record_id="O1")
IN = OUT | row(transfer_type_code="1", record_id="I1")


def overdue(days: int, **changes: object) -> dict:
    """A stay that began so many days before the upload date, uploaded soon after."""
    return {
        "inpatient_admission": [LONG_AGO | row(admission_time=at(-days, 23), upload_date=on(-days)) | changes]
    }


def admissions(*rows: dict) -> dict:
    return {"inpatient_admission": list(rows)}


CASES: list[Case] = [
    ("R21-03", [], admissions(FIRST, SECOND)),
    ("R21-03", [(2, "admission_times")], admissions(FIRST, SECOND | row(admission_times=1))),
    ("R21-03", [], admissions(FIRST, SECOND | row(admission_times=1, patient_id="P2"))),
    ("R21-03", [], admissions(FIRST | VOIDED, SECOND | row(admission_times=1))),
    # The earlier admission comes last; a wrong number was set right before.
    (
        "R21-03",
        [(1, "admission_times")],
        admissions(FIRST | row(admission_times=3), *uploaded(on(-1), SECOND)),
    ),
    ("R21-03", [], admissions(*uploaded(on(-1), FIRST | row(admission_times=2)), FIRST, SECOND)),
    ("R21-04", [], {**admissions(SECOND), "inpatient_discharge": [END]}),
    (
        "R21-04",
        [(1, "admission_time")],
        {**admissions(SECOND), "inpatient_discharge": [END | row(discharge_time=at(0, 1))]},
    ),
    # The end of the earlier stay is known before, or a recall says that it was none.
    (
        "R21-04",
        [(1, "admission_time")],
        {**admissions(SECOND), "inpatient_discharge": uploaded(on(-1), END | row(discharge_time=at(0)))},
    ),
    (
        "R21-04",
        [],
        {
            **admissions(SECOND),
            "inpatient_discharge": [
                *uploaded(on(-1), END | row(discharge_time=at(0, 1))),
                END | VOIDED | row(discharge_time=at(0, 1)),
            ],
        },
    ),
    # The admission that arrived long ago is found when the end of the other stay comes.
    (
        "R21-04",
        [(1, "admission_time")],
        {**admissions(*uploaded(on(-8), SECOND | row(admission_time=at(-8)))), "inpatient_discharge": [END]},
    ),
    ("R21-05", [(1, "admission_time")], overdue(181) | OTHERS_END),
    ("R21-05", [], overdue(180) | OTHERS_END),
    ("R21-05", [(1, "admission_time")], overdue(300, upload_date=on(0)) | OTHERS_END),
    ("R21-05", [], overdue(181) | {"inpatient_discharge": uploaded(LAST_MOMENT, END)}),
    (
        "R21-05",
        [(1, "admission_time")],
        overdue(181) | {"inpatient_discharge": uploaded(TOO_LATE, END), **OTHERS_END},
    ),
    ("R21-05", [], overdue(181, dept_name="康复医学科") | OTHERS_END),
    ("R21-05", [], overdue(181) | OTHERS_END | {"department": [row(dept_code="D1", std_dept_code="15.01")]}),
    ("R21-05", [], overdue(181) | OTHERS_END | {"org_info": [row(org_type_code="A520")]}),
    ("R21-06", [], {**admissions(FIRST), "inpatient_order": [row(visit_id="V1", order_id="A")]}),
    (
        "R21-06",
        [(1, "void_flag")],
        {**admissions(FIRST | VOIDED), "inpatient_order": [row(visit_id="V1", order_id="A")]},
    ),
    (
        "R21-06",
        [],
        {
            **admissions(FIRST | VOIDED),
            "inpatient_order": [
                row(visit_id="V1", order_id="A"),
                row(visit_id="V1", order_id="A", upload_date=LAST_MOMENT) | REVOKED,
                row(visit_id="V1", order_id="B", order_status_code="5"),
            ],
            "inpatient_fee_detail": [
                row(visit_id="V1", fee_detail_id="F", charge_refund_flag=flag) for flag in ("1", "2")
            ],
        },
    ),
    (
        "R21-06",
        [(1, "void_flag")],
        {
            **admissions(FIRST | VOIDED),
            "nursing_record": [
                row(visit_id="V1", record_id="A"),
                row(visit_id="V1", record_id="A", upload_date=TOO_LATE) | REVOKED,
            ],
        },
    ),
    ("R22-03", [], {**admissions(FIRST), "inpatient_discharge": [END]}),
    (
        "R22-03",
        [(1, "admission_time")],
        {**admissions(FIRST), "inpatient_discharge": [END | row(admission_time=at(-9, late=True))]},
    ),
    # A corrected registration will do; one that is missing is for another rule.
    (
        "R22-03",
        [],
        {
            **admissions(FIRST | row(admission_time=at(-8)), *uploaded(LAST_MOMENT, FIRST)),
            "inpatient_discharge": [END],
        },
    ),
    ("R22-03", [], {**admissions(SECOND), "inpatient_discharge": [END]}),
    ("R22-04", [], {"inpatient_discharge": [DEAD], "death_record": [row(visit_id="V1", record_id="T1")]}),
    ("R22-04", [], {"inpatient_discharge": [ALIVE], "death_record": [row(visit_id="V2", record_id="T1")]}),
    (
        "R22-04",
        [(1, "discharge_way_code")],
        {"inpatient_discharge": [DEAD], "death_record": [row(visit_id="V2", record_id="T1")]},
    ),
    (
        "R22-04",
        [(1, "discharge_way_code")],
        {"inpatient_discharge": [ALIVE], "death_record": [row(visit_id="V1", record_id="T1")]},
    ),
    (
        "R22-04",
        [],
        {
            "inpatient_discharge": [ALIVE],
            "death_record": [
                row(visit_id="V1", record_id="T1"),
                row(visit_id="V1", record_id="T1") | REVOKED,
            ],
        },
    ),
    *(
        (
            "R22-05",
            expected,
            {
                **admissions(row(visit_id="V1", sex_code=sex)),
                "inpatient_discharge": [row(visit_id="V1", diag_code=code)],
            },
        )
        for sex, code, expected in [
            ("1", "O00.001", [(1, "diag_code")]),
            ("1", "N98.900", [(1, "diag_code")]),
            ("1", "N69.900", []),
            ("1", "c58.x00", [(1, "diag_code")]),
            ("1", "C60.000", []),
            ("2", "N40.x00", [(1, "diag_code")]),
            ("2", "N52.000", []),
            ("2", "O00.001", []),
            ("9", "O00.001", []),
        ]
    ),
    ("R28-02", [], {"transfer_record": [OUT | row(transfer_time=at(-2)), IN | row(transfer_time=at(-1))]}),
    (
        "R28-02",
        [(1, "transfer_type_code"), (2, "transfer_type_code")],
        {"transfer_record": [OUT | row(transfer_time=at(-2)), IN | row(transfer_time=at(-1, late=True))]},
    ),
    (
        "R28-02",
        [(1, "transfer_type_code"), (2, "transfer_type_code")],
        {
            "transfer_record": [
                one | row(transfer_time=at(-2)) for one in (OUT, OUT | row(record_id="O2"), IN)
            ]
        },
    ),
    # Sent again is not there twice, and neither is what was revoked.
    (
        "R28-02",
        [],
        {
            "transfer_record": [
                one | row(transfer_time=at(-2))
                for one in (OUT, OUT, OUT | row(record_id="O2"), OUT | row(record_id="O2") | REVOKED, IN)
            ]
        },
    ),
    *(
        (
            "R28-03",
            expected,
            {
                "transfer_record": uploaded(
                    on(-6), OUT | row(transfer_time=at(-8)), OUT | row(to_dept_code="C", transfer_time=at(-7))
                ),
                "inpatient_discharge": [row(visit_id="V1", dept_code=dept)],
            },
        )
        for dept, expected in [("C", []), ("B", [(2, "to_dept_code")])]
    ),
    *(
        (
            "R30-02",
            expected,
            {
                "death_record": [row(visit_id="V1", death_time=moment)],
                "inpatient_discharge": [row(visit_id="V1", discharge_time=at(-2))],
            },
        )
        for moment, expected in [
            (at(-1), []),
            (at(-1, late=True), [(1, "death_time")]),
            (at(-3), []),
            (at(-4, 23), [(1, "death_time")]),
        ]
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    shown = {
        "R21-03",
        "R21-04",
        "R21-05",
        "R21-06",
        "R22-03",
        "R22-04",
        "R22-05",
        "R28-02",
        "R28-03",
        "R30-02",
    }
    assert rules_shown(CASES) == shown


def test_what_is_left_of_a_voided_stay_is_counted() -> None:
    tables = {
        **admissions(FIRST | VOIDED),
        "inpatient_order": [row(visit_id="V1", order_id="A"), row(visit_id="V1", order_id="B")],
        "ward_round_note": [row(visit_id="V1", record_id="A")],
    }

    assert findings("R21-06", tables)["value_masked"].to_list() == ["医嘱2 文书1"]
