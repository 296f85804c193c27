"""Rules across tables of registrations, visits and diagnoses (R07-R11)."""

import pytest

from xypipeline_tests.validated.across.judged import Case, Tables, breaches, findings
from xypipeline_tests.validated.across.rows import (
    LAST_MOMENT,
    NEXT_DAY,
    REVOKED,
    TOO_LATE,
    case_id,
    numbered,
    row,
    rules_shown,
    uploaded,
)

MORNING, NOON, EVENING = "2023-04-09 08:00:00", "2023-04-09 12:00:00", "2023-04-09 20:00:00"
REGISTERED = row(registration_id="G1", register_cancel_flag="1", register_time=NOON)
CANCELLED = row(registration_id="G1", register_cancel_flag="2", register_time=EVENING)
VISIT = row(visit_id="V1", registration_id="G1", visit_time=NOON, diag_code="I10", visit_type_code="1")
DIAGNOSIS = row(
    diagnosis_id="ZD1", visit_id="V1", visit_type_code="1", diag_class_code="1", primary_flag="1",
    diag_seq_no=1, diag_code="I10", diag_time=NOON,
)  # fmt: skip
SECOND = DIAGNOSIS | {"diagnosis_id": "ZD2", "primary_flag": "0", "diag_seq_no": 2, "diag_code": "E11.9"}
FLU = DIAGNOSIS | {"diag_code": "J11.100", "diag_name": "流行性感冒"}
OTHER_CARD = row(card_id="K9", visit_id="V9")
OBSERVED = row(
    visit_id="V1", patient_id="P1", disposition_code="2", observation_start_time=MORNING,
    observation_end_time=NOON,
)  # fmt: skip
STAY_DIAGNOSIS = DIAGNOSIS | {"visit_type_code": "3"}
ADMITTED = row(visit_id="V1", admission_time="2023-04-05 10:00:00", void_flag="0")
DISCHARGED = row(visit_id="V1", discharge_time="2023-04-09 10:00:00", void_flag="0")


def registered_and_visits(registered: int, cancelled: int, visits: int) -> Tables:
    return {
        "outpatient_registration": [
            *numbered("registration_id", registered, register_cancel_flag="1", register_time=MORNING),
            *numbered("registration_id", cancelled, register_cancel_flag="2", register_time=NOON),
        ],
        "outpatient_visit": numbered("visit_id", visits, visit_time=EVENING),
    }


def visits_and_records(visits: int, records: int) -> Tables:
    return {
        "outpatient_visit": numbered("visit_id", visits, visit_time=NOON),
        "outpatient_emr": numbered("visit_id", records, record_id="R1"),
    }


def observed(**visit: object) -> Tables:
    return {"emergency_observation": [OBSERVED], "outpatient_visit": [VISIT | visit]}


def admitted_at(time: str, **fields: object) -> Tables:
    admission = row(visit_id="Z1", patient_id="P1", admission_time=time, void_flag="0") | fields
    return {"emergency_observation": [OBSERVED], "inpatient_admission": [admission]}


def diagnosed_at(time: str) -> Tables:
    return {"visit_diagnosis": [DIAGNOSIS | {"diag_time": time}], "outpatient_visit": [VISIT]}


def stay_diagnosed_at(time: str, **discharged: object) -> Tables:
    return {
        "visit_diagnosis": [STAY_DIAGNOSIS | {"diag_time": time}],
        "inpatient_admission": [ADMITTED],
        "inpatient_discharge": [DISCHARGED | discharged],
    }


CASES: list[Case] = [
    ("R07-01", [], {"outpatient_registration": [REGISTERED, CANCELLED]}),
    ("R07-01", [(1, "registration_id")], {"outpatient_registration": [CANCELLED]}),
    ("R07-01", [], {"outpatient_registration": [REGISTERED, CANCELLED | {"register_time": NOON}]}),
    (
        "R07-01",
        [(2, "register_time")],
        {"outpatient_registration": [REGISTERED, CANCELLED | {"register_time": MORNING}]},
    ),
    (
        "R07-01",
        [],
        {"outpatient_registration": [CANCELLED, *uploaded(LAST_MOMENT, REGISTERED)]},
    ),
    (
        "R07-01",
        [(1, "registration_id")],
        {"outpatient_registration": [CANCELLED, *uploaded(TOO_LATE, REGISTERED)]},
    ),
    # 0.7 and 1.3 exactly, and beyond.
    ("R07-02", [], registered_and_visits(8, 1, 10)),
    ("R07-02", [], registered_and_visits(13, 0, 10)),
    ("R07-02", [(None, "registration_id")], registered_and_visits(8, 2, 10)),
    ("R07-02", [(None, "registration_id")], registered_and_visits(14, 0, 10)),
    (
        "R07-02",
        [],
        {
            "outpatient_registration": 2 * registered_and_visits(10, 0, 0)["outpatient_registration"],
            "outpatient_visit": numbered("visit_id", 10, visit_time=NOON),
        },
    ),
    ("R08-04", [], {"outpatient_visit": [VISIT], "outpatient_registration": [REGISTERED]}),
    (
        "R08-04",
        [],
        {
            "outpatient_visit": [VISIT | {"visit_time": "2023-04-09 11:30:00"}],
            "outpatient_registration": [REGISTERED],
        },
    ),
    (
        "R08-04",
        [(1, "visit_time")],
        {
            "outpatient_visit": [VISIT | {"visit_time": "2023-04-09 11:29:59"}],
            "outpatient_registration": [REGISTERED],
        },
    ),
    ("R08-06", [], {"outpatient_visit": [VISIT], "visit_diagnosis": [DIAGNOSIS, SECOND]}),
    (
        "R08-06",
        [(1, "diag_code")],
        {"outpatient_visit": [VISIT | {"diag_code": "E11.9"}], "visit_diagnosis": [DIAGNOSIS, SECOND]},
    ),
    # The diagnosis was corrected; none is primary, which is for R11-03 to tell.
    (
        "R08-06",
        [],
        {
            "outpatient_visit": [VISIT],
            "visit_diagnosis": [DIAGNOSIS | {"diag_code": "I11"}, *uploaded(NEXT_DAY, DIAGNOSIS)],
        },
    ),
    ("R08-06", [], {"outpatient_visit": [VISIT], "visit_diagnosis": [SECOND]}),
    ("R08-07", [], {"outpatient_visit": [VISIT], "outpatient_charge": [row(charge_time=EVENING)]}),
    (
        "R08-07",
        [(None, "visit_time")],
        {"outpatient_visit": [VISIT], "outpatient_charge": [row(charge_time="2023-04-10 00:00:00")]},
    ),
    (
        "R08-07",
        [(None, "visit_time")],
        {
            "outpatient_visit": [VISIT],
            "outpatient_charge": [
                row(charge_time="2023-04-08 12:00:00"),
                row(charge_time=NOON, upload_date=TOO_LATE),
            ],
        },
    ),
    # Exactly 80 %, and one record fewer.
    ("R09-01", [], visits_and_records(5, 4)),
    ("R09-01", [(None, "visit_id")], visits_and_records(5, 3)),
    (
        "R09-01",
        [],
        {
            "outpatient_visit": numbered("visit_id", 2, visit_time=NOON),
            "outpatient_emr": uploaded(LAST_MOMENT, row(visit_id="N1"), row(visit_id="N2")),
        },
    ),
    ("R10-03", [], observed(visit_type_code="2")),
    ("R10-03", [(1, "visit_id")], observed(visit_type_code="1")),
    ("R10-03", [], observed(visit_id="V2")),
    ("R10-04", [], admitted_at("2023-04-11 12:00:00")),
    ("R10-04", [(1, "disposition_code")], admitted_at("2023-04-11 12:00:01")),
    ("R10-04", [], admitted_at(MORNING)),
    ("R10-04", [(1, "disposition_code")], admitted_at("2023-04-09 07:59:59")),
    ("R10-04", [(1, "disposition_code")], admitted_at(EVENING, void_flag="1")),
    ("R10-04", [(1, "disposition_code")], admitted_at(EVENING, patient_id="P2")),
    ("R11-03", [], {"visit_diagnosis": [DIAGNOSIS, SECOND]}),
    ("R11-03", [(1, "primary_flag")], {"visit_diagnosis": [SECOND]}),
    ("R11-03", [(2, "primary_flag")], {"visit_diagnosis": [DIAGNOSIS, SECOND | {"primary_flag": "1"}]}),
    ("R11-03", [(1, "diag_seq_no")], {"visit_diagnosis": [DIAGNOSIS | {"diag_seq_no": 2}]}),
    # Another class has a primary diagnosis of its own; a correction and a second sending are no second one.
    (
        "R11-03",
        [],
        {
            "visit_diagnosis": [
                DIAGNOSIS,
                SECOND | {"primary_flag": "1", "diag_seq_no": 1, "diag_class_code": "3"},
            ]
        },
    ),
    ("R11-03", [], {"visit_diagnosis": [DIAGNOSIS, DIAGNOSIS]}),
    (
        "R11-03",
        [],
        {"visit_diagnosis": [DIAGNOSIS, SECOND | {"primary_flag": "1"}, *uploaded(NEXT_DAY, SECOND)]},
    ),
    ("R11-04", [], {"outpatient_visit": [VISIT], "visit_diagnosis": [DIAGNOSIS]}),
    ("R11-04", [(1, "visit_id")], {"outpatient_visit": [VISIT], "visit_diagnosis": [DIAGNOSIS | REVOKED]}),
    ("R11-04", [], {"outpatient_visit": [VISIT], "visit_diagnosis": uploaded(LAST_MOMENT, DIAGNOSIS)}),
    (
        "R11-04",
        [(1, "visit_id")],
        {"inpatient_discharge": [DISCHARGED], "visit_diagnosis": [DIAGNOSIS | {"visit_id": "V2"}]},
    ),
    (
        "R11-04",
        [],
        {
            "inpatient_discharge": [DISCHARGED | {"void_flag": "1"}],
            "visit_diagnosis": [DIAGNOSIS | {"visit_id": "V2"}],
        },
    ),
    ("R11-05", [], diagnosed_at("2023-04-08 00:00:00")),
    ("R11-05", [(1, "diag_time")], diagnosed_at("2023-04-07 23:59:59")),
    ("R11-05", [], diagnosed_at("2023-04-16 23:59:59")),
    ("R11-05", [(1, "diag_time")], diagnosed_at("2023-04-17 00:00:00")),
    ("R11-05", [], stay_diagnosed_at("2023-04-04 00:00:00")),
    ("R11-05", [(1, "diag_time")], stay_diagnosed_at("2023-04-03 23:59:59")),
    ("R11-05", [], stay_diagnosed_at("2023-04-16 23:59:59")),
    ("R11-05", [(1, "diag_time")], stay_diagnosed_at("2023-04-17 00:00:00")),
    ("R11-05", [], stay_diagnosed_at("2023-04-17 00:00:00", void_flag="1")),
    ("R11-06", [], {"visit_diagnosis": [FLU], "infectious_report_card": [row(card_id="K1", visit_id="V1")]}),
    ("R11-06", [(1, "diag_code")], {"visit_diagnosis": [FLU], "infectious_report_card": [OTHER_CARD]}),
    (
        "R11-06",
        [],
        {"visit_diagnosis": [FLU | {"diag_name": "疑似流行性感冒"}], "infectious_report_card": [OTHER_CARD]},
    ),
    (
        "R11-06",
        [],
        {"visit_diagnosis": [FLU | {"diag_class_code": "2"}], "infectious_report_card": [OTHER_CARD]},
    ),
    # A83.0 is notifiable, the rest of A83 is not.
    (
        "R11-06",
        [(1, "diag_code")],
        {
            "visit_diagnosis": [FLU | {"diag_code": "A83.000"}, FLU | {"diag_code": "A83.100"}],
            "infectious_report_card": [OTHER_CARD],
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {
        *("R07-01", "R07-02", "R08-04", "R08-06", "R08-07", "R09-01", "R10-03", "R10-04"),
        *("R11-03", "R11-04", "R11-05", "R11-06"),
    }


def test_a_business_day_is_told_with_its_two_numbers() -> None:
    found = findings("R07-02", registered_and_visits(8, 2, 10))

    assert found["value_masked"].to_list() == ["2023-04-09 6/10"]


def test_each_business_day_of_an_upload_is_judged_by_itself() -> None:
    tables = {
        "outpatient_visit": [
            row(visit_id="V1", visit_time="2023-04-08 09:00:00"),
            row(visit_id="V2", visit_time="2023-04-09 09:00:00"),
        ],
        "outpatient_charge": [row(charge_time="2023-04-09 10:00:00")],
    }

    assert findings("R08-07", tables)["value_masked"].to_list() == ["2023-04-08 0/1"]
