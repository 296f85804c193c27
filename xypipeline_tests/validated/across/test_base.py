"""Rules across tables of the hospital's registers and its patients (R02-R06)."""

import pytest

from xypipeline_tests.validated.across.judged import DAY, Case, breaches, findings
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

WARD = {"dept_type_code": "2", "record_status": "0"}
HOSPITAL_OF_100_BEDS = [row(bed_count=100)]
MAPPED = {"record_status": "0", "insurance_item_code": "YB1"}
UNMAPPED = {"record_status": "0"}
MAPPED_DRUG = {"record_status": "0", "insurance_drug_code": "YB1"}
ZHANG, LI = {"id_type_code": "01", "id_no": "11X"}, {"id_type_code": "01", "id_no": "22X"}


def wards(*beds: int) -> list[dict]:
    return [row(dept_code=f"D{number}", open_bed_count=count, **WARD) for number, count in enumerate(beds)]


def people(count: int) -> list[dict]:
    return [row(patient_id=f"P{number}", id_type_code="01", id_no=f"A{number}") for number in range(count)]


CASES: list[Case] = [
    ("R02-01", [], {"department": [row(dept_code="D1"), row(dept_code="D2", parent_dept_code="D1")]}),
    ("R02-01", [(1, "parent_dept_code")], {"department": [row(dept_code="D2", parent_dept_code="D1")]}),
    (
        "R02-01",
        [],
        {
            "department": [
                row(dept_code="D2", parent_dept_code="D1"),
                row(dept_code="D1", upload_date=LAST_MOMENT),
            ]
        },
    ),
    (
        "R02-01",
        [(1, "parent_dept_code")],
        {
            "department": [
                row(dept_code="D2", parent_dept_code="D1"),
                row(dept_code="D1", upload_date=TOO_LATE),
            ]
        },
    ),
    # Exactly 30 % more and less, and a bed beyond.
    ("R02-02", [], {"department": wards(60, 70), "org_info": HOSPITAL_OF_100_BEDS}),
    ("R02-02", [], {"department": wards(70), "org_info": HOSPITAL_OF_100_BEDS}),
    ("R02-02", [(None, "open_bed_count")], {"department": wards(61, 70), "org_info": HOSPITAL_OF_100_BEDS}),
    ("R02-02", [(None, "open_bed_count")], {"department": wards(69), "org_info": HOSPITAL_OF_100_BEDS}),
    # A department sent twice, and one out of use, count once and not at all; half of it came on the next day.
    ("R02-02", [], {"department": wards(130) + wards(130), "org_info": HOSPITAL_OF_100_BEDS}),
    (
        "R02-02",
        [],
        {
            "department": [
                *wards(100),
                row(dept_code="D9", open_bed_count=99, **WARD | {"record_status": "1"}),
            ],
            "org_info": HOSPITAL_OF_100_BEDS,
        },
    ),
    (
        "R02-02",
        [],
        {
            "department": [*wards(50), row(dept_code="D9", open_bed_count=50, upload_date=NEXT_DAY, **WARD)],
            "org_info": HOSPITAL_OF_100_BEDS,
        },
    ),
    ("R02-02", [], {"department": wards(10), "org_info": [row(bed_count=0)]}),
    (
        "R02-02",
        [],
        {"department": [row(dept_code="D1", dept_type_code="1")], "org_info": HOSPITAL_OF_100_BEDS},
    ),
    ("R03-03", [], {"staff": [row(staff_id="S1", **ZHANG), row(staff_id="S2", **LI)]}),
    (
        "R03-03",
        [],
        {"staff": [row(staff_id="S1", **ZHANG), row(staff_id="S1", id_no="11x"), row(staff_id="S1")]},
    ),
    (
        "R03-03",
        [(1, "staff_id"), (2, "staff_id")],
        {"staff": [row(staff_id="S1", **ZHANG), row(staff_id="S1", **LI)]},
    ),
    (
        "R03-03",
        [(2, "staff_id")],
        {"staff": [*uploaded(DAY.replace(month=1), row(staff_id="S1", **ZHANG)), row(staff_id="S1", **LI)]},
    ),
    # The number changed before: told then, not again.
    (
        "R03-03",
        [],
        {
            "staff": [
                *uploaded(DAY.replace(month=1), row(staff_id="S1", **ZHANG)),
                *uploaded(DAY.replace(month=2), row(staff_id="S1", **LI)),
                row(staff_id="S1", **LI),
            ]
        },
    ),
    # Exactly 80 %, and one below.
    (
        "R04-02",
        [],
        {"charge_item": [*numbered("charge_item_code", 4, **MAPPED), row(charge_item_code="A", **UNMAPPED)]},
    ),
    (
        "R04-02",
        [(None, "insurance_item_code")],
        {"charge_item": [*numbered("charge_item_code", 3, **MAPPED), row(charge_item_code="A", **UNMAPPED)]},
    ),
    # What was sent within the month counts, too, in its latest version; what is out of use does not.
    (
        "R04-02",
        [],
        {
            "charge_item": [
                *uploaded(DAY.replace(month=3), *numbered("charge_item_code", 4, **MAPPED)),
                row(charge_item_code="A", **UNMAPPED),
            ]
        },
    ),
    (
        "R04-02",
        [(None, "insurance_item_code")],
        {
            "charge_item": [
                *uploaded(DAY.replace(month=3), *numbered("charge_item_code", 4, **MAPPED)),
                row(charge_item_code="N1", **UNMAPPED),
            ]
        },
    ),
    (
        "R04-02",
        [],
        {"charge_item": [row(charge_item_code="A", **MAPPED), row(charge_item_code="B", record_status="1")]},
    ),
    (
        "R05-01",
        [],
        {"drug_catalog": [*numbered("drug_code", 4, **MAPPED_DRUG), row(drug_code="A", record_status="0")]},
    ),
    (
        "R05-01",
        [(None, "insurance_drug_code")],
        {"drug_catalog": [*numbered("drug_code", 3, **MAPPED_DRUG), row(drug_code="A", record_status="0")]},
    ),
    # 1 of 20 is exactly 5 %; 1 of 19 is more. The other number of the person came long ago.
    ("R06-05", [], {"patient_info": [*people(20), row(patient_id="P99", id_type_code="01", id_no="A0")]}),
    (
        "R06-05",
        [(None, "patient_id")],
        {"patient_info": [*people(19), row(patient_id="P99", id_type_code="01", id_no="A0")]},
    ),
    (
        "R06-05",
        [(None, "patient_id")],
        {
            "patient_info": [
                *uploaded(DAY.replace(month=1), row(patient_id="P99", id_type_code="01", id_no="A0")),
                *people(2),
            ]
        },
    ),
    # Sent again, revoked, and corrected: one patient each.
    ("R06-05", [], {"patient_info": [*people(2), *people(2)]}),
    (
        "R06-05",
        [],
        {"patient_info": [*people(1), row(patient_id="P99", id_type_code="01", id_no="A0", **REVOKED)]},
    ),
    (
        "R06-05",
        [],
        {
            "patient_info": [
                *people(1),
                row(patient_id="P99", id_type_code="01", id_no="A0"),
                row(patient_id="P99", id_type_code="01", id_no="A9", upload_date=NEXT_DAY),
            ]
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {"R02-01", "R02-02", "R03-03", "R04-02", "R05-01", "R06-05"}


def test_a_share_is_told_by_its_two_numbers() -> None:
    items = [*numbered("charge_item_code", 3, **MAPPED), row(charge_item_code="A", **UNMAPPED)]

    assert findings("R04-02", {"charge_item": items})["value_masked"].to_list() == ["3/4"]
