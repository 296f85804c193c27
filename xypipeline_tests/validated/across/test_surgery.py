"""Rules of operations, anaesthesia, transfusions and deliveries beyond one row (R42-R45)."""

from datetime import date

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

OPERATION = row(
    operation_id="S1",
    visit_id="V1",
    patient_id="P1",
    visit_type_code="3",
    primary_flag="1",
    operation_code="47.0901",
    operation_level_code="2",
    surgeon_id="D1",
    anesthesia_method_code="21",
    operation_start_time=at(-2, 8),
    operation_end_time=at(-2, 10),
)
SECOND = OPERATION | row(operation_id="S2", primary_flag="0")
ENTRY = {"inpatient_admission": [row(visit_id="V1", admission_time=at(-2, 8))]}
STAY = {**ENTRY, "inpatient_discharge": [row(visit_id="V1", discharge_time=at(-2, 10))]}
OUT_OF_STAY = [(1, "operation_start_time")]
ANESTHESIA = row(
    anesthesia_id="M1",
    operation_id="S1",
    visit_id="V1",
    anesthesia_method_code="22",
    anesthesia_start_time=at(-2, 7),
    anesthesia_end_time=at(-2, 11),
)
ELSEWHERE = ANESTHESIA | row(operation_id="S9", visit_id="V9")
UNNAMED = ANESTHESIA | row(operation_id="S9")
MISSING = [(1, "anesthesia_method_code")]
TRANSFUSION = row(
    transfusion_id="T1",
    visit_id="V1",
    patient_id="P1",
    abo_code="1",
    rh_code="2",
    blood_bag_no="B1",
    blood_product_code="13",
)
OTHER_BAG = TRANSFUSION | row(transfusion_id="T2", blood_bag_no="B2")
SAME_BAG = TRANSFUSION | row(transfusion_id="T2", patient_id="P2")
OTHER_ABO, OTHER_RH = [(1, "abo_code")], [(1, "rh_code")]
DELIVERY = row(
    delivery_id="F1", newborn_seq_no=1, visit_id="V1", delivery_time=at(-1, 8), delivery_method_code="3"
)
TWIN = DELIVERY | row(newborn_seq_no=2)


def operated(begin: float, end: float, *, late: bool = False, **changes: object) -> dict:
    """An operation between two hours of the day before yesterday; `late` ends it a second later."""
    times = row(operation_start_time=at(-2, begin), operation_end_time=at(-2, end, late=late))
    return {"operation_record": [OPERATION | times | changes]}


def by_a_doctor(title: str | None, level: str = "4") -> dict:
    return {
        "operation_record": [OPERATION | row(operation_level_code=level)],
        "staff": [row(staff_id="D1", title_code=title)],
    }


def sexed(code: str, sex: str) -> dict:
    return {
        "operation_record": [OPERATION | row(operation_code=code)],
        "patient_info": [row(patient_id="P1", sex_code=sex)],
    }


def discharged(days: int, *listed: dict, **changes: object) -> dict:
    """An operation uploaded long ago, its stay's end so many days ago, and what the front page lists."""
    stay = row(visit_id="V1", discharge_time=at(-days, 23), upload_date=on(-days))
    return {
        "operation_record": uploaded(on(-days), OPERATION),
        "inpatient_discharge": [stay | changes],
        "front_page_operation": [row(visit_id="V9", operation_code="47.0901"), *listed],
    }


LISTED = row(visit_id="V1", operation_code="47.0900x001")


def transfused(*given: dict, **known: list[dict]) -> dict:
    return {"transfusion_record": list(given), **known}


def patient(**groups: str) -> dict:
    return row(patient_id="P1", **groups)


def page(abo: str, **changes: object) -> list[dict]:
    return [row(visit_id="V1", front_page_id="F1", abo_code=abo, **changes)]


def mother(birth: date, sex: str = "2") -> dict:
    return {
        "delivery_record": [DELIVERY],
        "inpatient_admission": [row(visit_id="V1", sex_code=sex, birth_date=birth)],
    }


CASES: list[Case] = [
    ("R42-02", [], operated(8, 10) | STAY),
    ("R42-02", OUT_OF_STAY, operated(7, 10) | STAY),
    ("R42-02", OUT_OF_STAY, operated(8, 10, late=True) | STAY),
    ("R42-02", [], operated(9, 99) | ENTRY),
    ("R42-02", [], operated(7, 10, visit_type_code="1") | STAY),
    # The admission was corrected.
    (
        "R42-02",
        [],
        operated(7, 9)
        | {
            "inpatient_admission": [
                *ENTRY["inpatient_admission"],
                row(visit_id="V1", admission_time=at(-2), upload_date=LAST_MOMENT),
            ]
        },
    ),
    ("R42-03", [], operated(8, 10) | {"anesthesia_record": uploaded(LAST_MOMENT, ANESTHESIA)}),
    (
        "R42-03",
        MISSING,
        operated(8, 10) | {"anesthesia_record": [ELSEWHERE, *uploaded(TOO_LATE, ANESTHESIA)]},
    ),
    ("R42-03", MISSING, operated(8, 10) | {"anesthesia_record": [ANESTHESIA | REVOKED]}),
    ("R42-03", [], operated(8, 10, anesthesia_method_code="35") | {"anesthesia_record": [ANESTHESIA]}),
    # One of the same session, until the moment when the anaesthesia ends.
    ("R42-03", [], operated(11, 12) | {"anesthesia_record": [UNNAMED]}),
    ("R42-03", MISSING, operated(11.1, 12) | {"anesthesia_record": [UNNAMED]}),
    ("R42-04", [], {"operation_record": [OPERATION, SECOND]}),
    ("R42-04", [(1, "primary_flag")], {"operation_record": [SECOND]}),
    ("R42-04", [(1, "primary_flag")], {"operation_record": [OPERATION, SECOND | row(primary_flag="1")]}),
    (
        "R42-04",
        [],
        {
            "operation_record": [
                OPERATION,
                SECOND | row(primary_flag="1", operation_start_time=at(-2, 9)),
            ]
        },
    ),
    ("R42-04", [], {"operation_record": [OPERATION, OPERATION, SECOND]}),
    (
        "R42-04",
        [],
        {"operation_record": [OPERATION, SECOND | row(primary_flag="1"), *uploaded(on(1), SECOND)]},
    ),
    ("R42-05", [], by_a_doctor("232")),
    ("R42-05", [(1, "surgeon_id")], by_a_doctor("233")),
    ("R42-05", [(1, "surgeon_id")], by_a_doctor(None)),
    ("R42-05", [], by_a_doctor("233", level="3")),
    ("R42-05", [], by_a_doctor("233") | {"staff": [row(staff_id="D2", title_code="233")]}),
    *(
        ("R42-06", [] if kept else [(1, "operation_code")], sexed(code, sex))
        for code, sex, kept in [
            ("59.9900", "2", True),
            ("60.0000", "1", True),
            ("60.0000", "2", False),
            ("64.9900", "2", False),
            ("65.0000", "1", False),
            ("75.9900", "1", False),
            ("75.9900", "2", True),
            ("76.0000", "1", True),
            ("75.9900", "9", True),
        ]
    ),
    (
        "R42-06",
        [(1, "operation_code")],
        operated(8, 9, operation_code="74.1000")
        | {"inpatient_admission": [row(visit_id="V1", sex_code="1")]},
    ),
    ("R42-07", [], discharged(7, LISTED)),
    ("R42-07", [(1, "operation_code")], discharged(7)),
    ("R42-07", [], discharged(6)),
    ("R42-07", [(1, "operation_code")], discharged(9, upload_date=on(0))),
    ("R42-07", [(1, "operation_code")], discharged(7, LISTED | row(operation_code="47.1900"))),
    ("R42-07", [], discharged(7, *uploaded(LAST_MOMENT, LISTED))),
    ("R42-07", [(1, "operation_code")], discharged(7, *uploaded(TOO_LATE, LISTED))),
    ("R42-07", [], discharged(7, void_flag="1")),
    ("R43-03", [], operated(8, 10) | {"anesthesia_record": [ANESTHESIA]}),
    ("R43-03", MISSING, operated(8, 10, anesthesia_method_code="11") | {"anesthesia_record": [ANESTHESIA]}),
    ("R43-03", [], operated(8, 10, anesthesia_method_code="11") | {"anesthesia_record": [UNNAMED]}),
    (
        "R43-04",
        [(1, "blood_volume_ml")],
        transfused(
            TRANSFUSION | row(visit_id="V2"), anesthesia_record=[ANESTHESIA | row(blood_volume_ml=0.1)]
        ),
    ),
    ("R43-04", [], transfused(TRANSFUSION, anesthesia_record=[ANESTHESIA | row(blood_volume_ml=200)])),
    (
        "R43-04",
        [],
        transfused(TRANSFUSION | row(visit_id="V2"), anesthesia_record=[ANESTHESIA | row(blood_volume_ml=0)]),
    ),
    ("R44-03", [], transfused(TRANSFUSION, patient_info=[patient(abo_code="1", rh_code="2")])),
    ("R44-03", OTHER_ABO, transfused(TRANSFUSION, patient_info=[patient(abo_code="2", rh_code="2")])),
    ("R44-03", OTHER_RH, transfused(TRANSFUSION, patient_info=[patient(abo_code="1", rh_code="1")])),
    ("R44-03", [], transfused(TRANSFUSION, patient_info=[patient(abo_code="6", rh_code="4")])),
    (
        "R44-03",
        [],
        transfused(
            TRANSFUSION | row(abo_code="5", rh_code="3"), patient_info=[patient(abo_code="1", rh_code="1")]
        ),
    ),
    ("R44-03", OTHER_ABO, transfused(TRANSFUSION, front_page=page("4"))),
    ("R44-03", [], transfused(TRANSFUSION, front_page=page("4"), patient_info=[patient(abo_code="1")])),
    # The front page comes long after the transfusion, whose latest version counts.
    ("R44-03", OTHER_ABO, transfused(*uploaded(on(-9), TRANSFUSION), front_page=page("4"))),
    (
        "R44-03",
        [],
        transfused(
            *uploaded(on(-9), TRANSFUSION | row(abo_code="4")),
            *uploaded(on(-8), TRANSFUSION),
            front_page=page("1"),
        ),
    ),
    ("R44-04", [], transfused(TRANSFUSION, OTHER_BAG | row(patient_id="P2"))),
    ("R44-04", [(1, "blood_bag_no"), (2, "blood_bag_no")], transfused(TRANSFUSION, SAME_BAG)),
    ("R44-04", [(1, "blood_bag_no")], transfused(TRANSFUSION, *uploaded(on(-99), SAME_BAG))),
    ("R44-04", [], transfused(TRANSFUSION, SAME_BAG | row(blood_product_code="32"))),
    ("R44-04", [], transfused(TRANSFUSION, SAME_BAG | row(patient_id="P1"))),
    # The other record was revoked, or its patient corrected.
    (
        "R44-04",
        [],
        transfused(TRANSFUSION, *uploaded(on(-9), SAME_BAG), *uploaded(on(-8), SAME_BAG | REVOKED)),
    ),
    (
        "R44-04",
        [],
        transfused(
            TRANSFUSION, *uploaded(on(-9), SAME_BAG), *uploaded(on(-8), SAME_BAG | row(patient_id="P1"))
        ),
    ),
    # She turns 12 on the day, or 61 on the next.
    ("R45-01", [], mother(date(2011, 4, 9))),
    ("R45-01", [(1, "visit_id")], mother(date(2011, 4, 10))),
    ("R45-01", [], mother(date(1962, 4, 10))),
    ("R45-01", [(1, "visit_id")], mother(date(1962, 4, 9))),
    ("R45-01", [(1, "visit_id")], mother(date(1990, 1, 1), sex="1")),
    ("R45-05", [], {"delivery_record": [DELIVERY], **operated(8, 9, operation_code="74.1x00")}),
    ("R45-05", [(1, "delivery_method_code")], {"delivery_record": [DELIVERY], **operated(8, 9)}),
    ("R45-05", [], {"delivery_record": [DELIVERY | row(delivery_method_code="1")], **operated(8, 9)}),
    (
        "R45-05",
        [(1, "delivery_method_code")],
        {
            "delivery_record": [DELIVERY],
            "operation_record": [
                OPERATION,
                *uploaded(TOO_LATE, OPERATION | row(operation_id="S2", operation_code="74.1x00")),
            ],
        },
    ),
    ("R45-06", [], {"delivery_record": [DELIVERY, TWIN]}),
    ("R45-06", [(1, "newborn_seq_no")], {"delivery_record": [TWIN]}),
    ("R45-06", [(2, "newborn_seq_no")], {"delivery_record": [DELIVERY, TWIN | row(newborn_seq_no=3)]}),
    ("R45-06", [(2, "newborn_seq_no")], {"delivery_record": [DELIVERY | row(delivery_id="F2"), TWIN]}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {
        *("R42-02", "R42-03", "R42-04", "R42-05", "R42-06", "R42-07", "R43-03", "R43-04"),
        *("R44-03", "R44-04", "R45-01", "R45-05", "R45-06"),
    }


def test_a_session_is_told_with_the_number_of_its_main_operations() -> None:
    tables = {"operation_record": [OPERATION, SECOND | row(primary_flag="1")]}

    assert findings("R42-04", tables)["value_masked"].to_list() == ["2"]
