"""Rules across tables of prescriptions, orders and dispensing (R12-R16)."""

from datetime import date

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

EARLY, EVE = date(2023, 4, 1), date(2023, 4, 8)
NOON = "2023-04-09 12:00:00"
VISIT = row(visit_id="V1", visit_time=NOON)
LINE = row(
    prescription_detail_id="CF1", visit_id="V1", prescribe_time=NOON, drug_code="YP1", doctor_id="S1",
    quantity=10, quantity_unit="盒",
)  # fmt: skip
DRUG = row(drug_code="YP1", record_status="0")
ADMITTED = row(visit_id="Z1", admission_time="2023-04-05 10:00:00", void_flag="0")
DISCHARGED = row(visit_id="Z1", discharge_time="2023-04-09 10:00:00", void_flag="0")
ORDER = row(order_id="YZ1", visit_id="Z1", order_time=NOON)
GIVEN = row(
    dispensing_id="FY1", dispense_return_flag="1", prescription_detail_id="CF1", dispense_time=NOON,
    quantity=10, quantity_unit="盒",
)  # fmt: skip
RETURNED = GIVEN | {"dispensing_id": "TY1", "dispense_return_flag": "2"}
WARD_GIVEN = row(
    dispensing_id="FY1", dispense_return_flag="1", order_id="YZ1", drug_code="YP1", quantity=10
)  # fmt: skip
WARD_RETURNED = WARD_GIVEN | {"dispensing_id": "TY1", "dispense_return_flag": "2"}
EXECUTED = row(order_item_type_code="1", order_status_code="3", order_time=NOON, exec_time=NOON)


def prescribed_at(time: str) -> Tables:
    return {"prescription_detail": [LINE | {"prescribe_time": time}], "outpatient_visit": [VISIT]}


def catalogued(*drugs: dict) -> Tables:
    return {"prescription_detail": [LINE], "drug_catalog": list(drugs)}


def prescribed_by(**doctor: object) -> Tables:
    return {"prescription_detail": [LINE], "staff": [row(staff_id="S1") | doctor]}


def ordered_at(time: str, **discharged: object) -> Tables:
    return {
        "inpatient_order": [ORDER | {"order_time": time}],
        "inpatient_admission": [ADMITTED],
        "inpatient_discharge": [DISCHARGED | discharged],
    }


def occupied(*orders: dict, **summary: object) -> Tables:
    reported = row(business_date="2023-04-09", dept_code="D1", inpatient_count=3, discharge_count=0)
    return {"daily_business_summary": [reported | summary], "inpatient_order": list(orders)}


def dispensed_at(time: str) -> Tables:
    return {"outpatient_dispensing": [GIVEN | {"dispense_time": time}], "prescription_detail": [LINE]}


def dispensed(*rows: dict) -> Tables:
    return {"outpatient_dispensing": list(rows), "prescription_detail": [LINE]}


def executed_and_dispensed(executed: int, number: int, *others: dict) -> Tables:
    return {
        "inpatient_order": [*numbered("order_id", executed, **EXECUTED), *others],
        "inpatient_dispensing": numbered("order_id", number, dispense_return_flag="1"),
    }


CASES: list[Case] = [
    ("R12-04", [], prescribed_at("2023-04-12 23:59:59")),
    ("R12-04", [(1, "prescribe_time")], prescribed_at("2023-04-13 00:00:00")),
    ("R12-04", [], prescribed_at("2023-04-06 00:00:00")),
    ("R12-04", [(1, "prescribe_time")], prescribed_at("2023-04-05 23:59:59")),
    ("R12-05", [], catalogued(DRUG)),
    ("R12-05", [(1, "drug_code")], catalogued(DRUG | {"drug_code": "YP2"})),
    ("R12-05", [(1, "drug_code")], catalogued(DRUG | {"record_status": "1"})),
    ("R12-05", [(1, "drug_code")], catalogued(DRUG | REVOKED)),
    ("R12-05", [], catalogued(*uploaded(LAST_MOMENT, DRUG))),
    # Out of use since before the prescription; since after it; in use again.
    (
        "R12-05",
        [(1, "drug_code")],
        catalogued(
            *uploaded(EARLY, DRUG),
            *uploaded(EVE, DRUG | {"record_status": "1"}),
        ),
    ),
    ("R12-05", [], catalogued(*uploaded(EARLY, DRUG), DRUG | {"record_status": "1"})),
    ("R12-05", [], catalogued(*uploaded(EVE, DRUG | {"record_status": "1"}), DRUG)),
    ("R12-06", [], prescribed_by(staff_type_code="11")),
    ("R12-06", [], prescribed_by(staff_type_code="12")),
    ("R12-06", [(1, "doctor_id")], prescribed_by(staff_type_code="13")),
    ("R12-06", [(1, "doctor_id")], prescribed_by(staff_type_code="11", staff_id="S2")),
    ("R14-04", [], ordered_at("2023-04-05 09:00:00")),
    ("R14-04", [(1, "order_time")], ordered_at("2023-04-05 08:59:59")),
    ("R14-04", [], ordered_at("2023-04-10 10:00:00")),
    ("R14-04", [(1, "order_time")], ordered_at("2023-04-10 10:00:01")),
    ("R14-04", [], ordered_at("2023-04-10 10:00:01", void_flag="1")),
    ("R14-06", [], occupied(ORDER)),
    ("R14-06", [(None, "inpatient_count")], occupied(ORDER | {"order_time": "2023-04-10 00:00:00"})),
    ("R14-06", [(None, "inpatient_count")], occupied(*uploaded(TOO_LATE, ORDER), ORDER | REVOKED)),
    ("R14-06", [], occupied(ORDER | {"order_time": "2023-04-08 12:00:00"}, inpatient_count=0)),
    (
        "R14-06",
        [(None, "inpatient_count")],
        occupied(ORDER | {"order_time": "2023-04-08 12:00:00"}, inpatient_count=0, discharge_count=1),
    ),
    ("R15-01", [], dispensed(GIVEN, RETURNED)),
    ("R15-01", [(2, "quantity")], dispensed(GIVEN, RETURNED | {"quantity": "10.0001"})),
    ("R15-01", [(1, "quantity")], dispensed(RETURNED)),
    ("R15-01", [], dispensed(RETURNED, *uploaded(LAST_MOMENT, GIVEN))),
    # Two returns make it too much; the same return sent twice does not.
    (
        "R15-01",
        [(2, "quantity"), (3, "quantity")],
        dispensed(GIVEN, RETURNED | {"quantity": 6}, RETURNED | {"quantity": 5, "dispensing_id": "TY2"}),
    ),
    ("R15-01", [], dispensed(GIVEN, RETURNED, RETURNED)),
    ("R15-02", [], dispensed_at(NOON)),
    ("R15-02", [(1, "dispense_time")], dispensed_at("2023-04-09 11:59:59")),
    ("R15-03", [], dispensed(GIVEN, GIVEN)),
    ("R15-03", [(1, "quantity")], dispensed(GIVEN | {"quantity": "10.0001"})),
    (
        "R15-03",
        [(1, "quantity"), (2, "quantity")],
        dispensed(GIVEN, GIVEN | {"dispensing_id": "FY2", "quantity": 1}),
    ),
    ("R15-03", [], dispensed(GIVEN | {"quantity": 12}, RETURNED | {"quantity": 2})),
    ("R15-03", [], dispensed(GIVEN | {"quantity": 240, "quantity_unit": "片"})),
    ("R15-03", [], dispensed(GIVEN | {"quantity": 12}, *uploaded(NEXT_DAY, GIVEN))),
    ("R16-01", [], {"inpatient_dispensing": [WARD_GIVEN, WARD_RETURNED]}),
    (
        "R16-01",
        [(2, "quantity")],
        {"inpatient_dispensing": [WARD_GIVEN, WARD_RETURNED | {"quantity": "10.0001"}]},
    ),
    (
        "R16-01",
        [(2, "quantity")],
        {"inpatient_dispensing": [WARD_GIVEN, WARD_RETURNED | {"drug_code": "YP2"}]},
    ),
    ("R16-01", [], {"inpatient_dispensing": [WARD_RETURNED | {"order_id": None}]}),
    ("R16-01", [], {"inpatient_dispensing": [WARD_GIVEN, WARD_RETURNED, WARD_RETURNED]}),
    # Exactly 90 %, and one below; orders not executed, and not for drugs, do not count.
    ("R16-02", [], executed_and_dispensed(10, 9)),
    ("R16-02", [(None, "order_id")], executed_and_dispensed(10, 8)),
    ("R16-02", [], executed_and_dispensed(10, 9, EXECUTED | {"order_id": "A", "order_status_code": "5"})),
    ("R16-02", [], executed_and_dispensed(10, 9, EXECUTED | {"order_id": "A", "order_item_type_code": "3"})),
    (
        "R16-02",
        [(None, "order_id")],
        executed_and_dispensed(10, 9, EXECUTED | {"order_id": "A", "order_status_code": "4"}),
    ),
    ("R16-02", [], executed_and_dispensed(10, 9, EXECUTED | {"order_id": "N1"})),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {
        *("R12-04", "R12-05", "R12-06", "R14-04", "R14-06", "R15-01", "R15-02", "R15-03"),
        *("R16-01", "R16-02"),
    }


def test_orders_not_dispensed_are_told_by_their_share() -> None:
    assert findings("R16-02", executed_and_dispensed(10, 8))["value_masked"].to_list() == ["2023-04-09 8/10"]
