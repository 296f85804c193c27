"""Rules across tables of charges, fee lines and settlements (R17-R20)."""

from datetime import date

import pytest

from xypipeline_tests.validated.across.judged import Case, Tables, breaches, findings
from xypipeline_tests.validated.across.rows import (
    LAST_MOMENT,
    NEXT_DAY,
    REVOKED,
    TOO_LATE,
    case_id,
    row,
    rules_shown,
    uploaded,
)

NOON = "2023-04-09 12:00:00"
CHARGE = row(charge_id="SF1", charge_refund_flag="1", total_amount=100, charge_time=NOON)
REFUND = CHARGE | {"charge_id": "TF1", "charge_refund_flag": "2", "original_charge_id": "SF1"}
FEE = row(
    fee_detail_id="MX1", charge_id="SF1", charge_refund_flag="1", amount=60, charge_item_code="X1",
    fee_category_code="03", unit_price=100,
)  # fmt: skip
OTHER_FEE = FEE | {"fee_detail_id": "MX2", "amount": 40}
ITEM = row(charge_item_code="X1", fee_category_code="03", unit_price=100)
DRUG_FEE = FEE | {"charge_item_code": "YP1", "fee_category_code": "09"}
DRUG = row(drug_code="YP1", unit_price=100)
ADMITTED = row(visit_id="Z1", admission_time="2023-04-05 10:00:00", void_flag="0")
DISCHARGED = row(
    visit_id="Z1", admission_time="2023-04-05 10:00:00", discharge_time="2023-04-09 10:00:00", void_flag="0"
)
STAY_FEE = row(
    fee_detail_id="ZX1", visit_id="Z1", charge_item_code="X1", charge_refund_flag="1", amount=60,
    fee_time="2023-04-06 12:00:00",
)  # fmt: skip
STAY_REFUND = STAY_FEE | {"fee_detail_id": "ZX9", "charge_refund_flag": "2"}
SETTLED = row(
    settlement_id="JS1", charge_refund_flag="1", visit_id="Z1", settlement_type_code="1", charge_time=NOON,
    fee_start_date="2023-04-05", fee_end_date="2023-04-09", total_amount=60,
)  # fmt: skip
UNSETTLED = SETTLED | {"settlement_id": "TJ1", "charge_refund_flag": "2", "original_charge_id": "JS1"}
DUE = date(2023, 4, 16)
"""Seven days after the discharge."""


def charged(charge: dict, *fees: dict) -> Tables:
    return {"outpatient_charge": [charge], "outpatient_fee_detail": list(fees)}


def reconciled(revenue: object, *charges: dict) -> Tables:
    reported = row(business_date="2023-04-09", dept_code="D1", outpatient_revenue=revenue)
    return {"outpatient_charge": list(charges), "daily_business_summary": [reported]}


def priced(price: object, *items: dict) -> Tables:
    return {"outpatient_fee_detail": [FEE | {"unit_price": price}], "charge_item": list(items)}


def fee_at(time: str, **discharged: object) -> Tables:
    return {
        "inpatient_fee_detail": [STAY_FEE | {"fee_time": time}],
        "inpatient_admission": [ADMITTED],
        "inpatient_discharge": [DISCHARGED | discharged],
    }


def stay_with_fees(days: int, charged_days: int) -> Tables:
    """A stay from the first of February on, with a fee on each of its first days."""
    begun = date(2023, 2, 1)
    ended = date.fromordinal(begun.toordinal() + days)
    stay = row(visit_id="Z1", admission_time=f"{begun} 10:00:00", discharge_time=f"{ended} 10:00:00")
    fees = [
        STAY_FEE
        | {"fee_detail_id": f"ZX{day}", "fee_time": f"{date.fromordinal(begun.toordinal() + day)} 08:00:00"}
        for day in range(charged_days)
    ]
    return {"inpatient_discharge": [stay], "inpatient_fee_detail": fees}


def settled(total: object, *fees: dict) -> Tables:
    return {"inpatient_settlement": [SETTLED | {"total_amount": total}], "inpatient_fee_detail": list(fees)}


def discharged_and(settlement: dict, **discharged: object) -> Tables:
    return {"inpatient_discharge": [DISCHARGED | discharged], "inpatient_settlement": [settlement]}


CASES: list[Case] = [
    ("R17-02", [], charged(CHARGE, FEE, OTHER_FEE)),
    ("R17-02", [(1, "total_amount")], charged(CHARGE, FEE)),
    ("R17-02", [], charged(CHARGE | {"total_amount": "100.01"}, FEE, OTHER_FEE)),
    ("R17-02", [(1, "total_amount")], charged(CHARGE | {"total_amount": "100.02"}, FEE, OTHER_FEE)),
    ("R17-02", [(1, "total_amount")], charged(CHARGE, FEE, OTHER_FEE | {"charge_refund_flag": "2"})),
    ("R17-02", [(1, "total_amount")], charged(CHARGE, FEE | {"charge_id": "SF2"})),
    # Lines sent again count once, the latest version; one may arrive later, but not too late.
    ("R17-02", [], charged(CHARGE, FEE, OTHER_FEE, OTHER_FEE)),
    ("R17-02", [], charged(CHARGE, FEE, OTHER_FEE | {"amount": 50}, *uploaded(NEXT_DAY, OTHER_FEE))),
    ("R17-02", [], charged(CHARGE, FEE, *uploaded(LAST_MOMENT, OTHER_FEE))),
    ("R17-02", [(1, "total_amount")], charged(CHARGE, FEE, *uploaded(TOO_LATE, OTHER_FEE))),
    # The charge is corrected together with its lines: judged on the day of the correction.
    (
        "R17-02",
        [],
        {
            "outpatient_charge": [CHARGE, *uploaded(NEXT_DAY, CHARGE | {"total_amount": 90})],
            "outpatient_fee_detail": [FEE | {"amount": 100}, *uploaded(NEXT_DAY, FEE | {"amount": 90})],
        },
    ),
    ("R17-03", [], {"outpatient_charge": [CHARGE, REFUND]}),
    ("R17-03", [(1, "original_charge_id")], {"outpatient_charge": [REFUND]}),
    ("R17-03", [(2, "original_charge_id")], {"outpatient_charge": [CHARGE | REVOKED, REFUND]}),
    (
        "R17-03",
        [(2, "original_charge_id")],
        {"outpatient_charge": [CHARGE, REFUND | {"original_charge_id": None}]},
    ),
    ("R17-03", [(2, "total_amount")], {"outpatient_charge": [CHARGE, REFUND | {"total_amount": "100.01"}]}),
    ("R17-03", [], {"outpatient_charge": [CHARGE, REFUND, REFUND]}),
    (
        "R17-03",
        [(3, "total_amount")],
        {
            "outpatient_charge": [
                CHARGE,
                *uploaded(date(2023, 4, 1), REFUND | {"charge_id": "TF0", "total_amount": "0.01"}),
                REFUND,
            ]
        },
    ),
    # Exactly 1 % more and less than reported, and beyond.
    ("R17-05", [], reconciled(100, CHARGE | {"total_amount": 101})),
    ("R17-05", [], reconciled(100, CHARGE | {"total_amount": 99})),
    ("R17-05", [(None, "total_amount")], reconciled(100, CHARGE | {"total_amount": "101.01"})),
    ("R17-05", [(None, "total_amount")], reconciled(100, CHARGE | {"total_amount": "98.99"})),
    ("R17-05", [(None, "total_amount")], reconciled(100, CHARGE, REFUND | {"total_amount": 50})),
    ("R17-05", [], reconciled(50, CHARGE, REFUND | {"total_amount": 50})),
    ("R17-05", [], reconciled(100, CHARGE, CHARGE)),
    ("R17-05", [], reconciled(None, CHARGE)),
    ("R18-02", [], {"outpatient_fee_detail": [FEE], "charge_item": [ITEM]}),
    (
        "R18-02",
        [(1, "charge_item_code")],
        {"outpatient_fee_detail": [FEE], "charge_item": [ITEM | {"charge_item_code": "X2"}]},
    ),
    ("R18-02", [], {"outpatient_fee_detail": [DRUG_FEE], "drug_catalog": [DRUG]}),
    (
        "R18-02",
        [(1, "charge_item_code")],
        {"outpatient_fee_detail": [DRUG_FEE], "drug_catalog": [DRUG | {"drug_code": "YP2"}]},
    ),
    # Of hospitals that send the one catalogue only, what the other should have is not judged.
    ("R18-02", [], {"outpatient_fee_detail": [DRUG_FEE], "charge_item": [ITEM]}),
    ("R18-02", [], {"outpatient_fee_detail": [FEE], "drug_catalog": [DRUG]}),
    ("R18-02", [], {"outpatient_fee_detail": [FEE], "charge_item": uploaded(LAST_MOMENT, ITEM)}),
    ("R18-03", [], priced(105, ITEM)),
    ("R18-03", [(1, "unit_price")], priced("105.0001", ITEM)),
    ("R18-03", [], priced(95, ITEM)),
    ("R18-03", [(1, "unit_price")], priced("94.9999", ITEM)),
    ("R18-03", [], priced(200, ITEM, ITEM | {"unit_price": 200})),
    ("R18-03", [], priced(200, ITEM | {"unit_price": 0})),
    (
        "R18-03",
        [(1, "unit_price")],
        {"outpatient_fee_detail": [DRUG_FEE], "drug_catalog": [DRUG | {"unit_price": 50}]},
    ),
    ("R18-04", [], {"outpatient_fee_detail": [FEE], "charge_item": [ITEM]}),
    (
        "R18-04",
        [(1, "fee_category_code")],
        {"outpatient_fee_detail": [FEE | {"fee_category_code": "04"}], "charge_item": [ITEM]},
    ),
    ("R18-04", [], {"outpatient_fee_detail": [DRUG_FEE], "charge_item": [ITEM]}),
    ("R19-02", [], fee_at("2023-04-02 00:00:00")),
    ("R19-02", [(1, "fee_time")], fee_at("2023-04-01 23:59:59")),
    ("R19-02", [], fee_at("2023-04-16 23:59:59")),
    ("R19-02", [(1, "fee_time")], fee_at("2023-04-17 00:00:00")),
    ("R19-02", [], fee_at("2023-04-17 00:00:00", void_flag="1")),
    # 1 day of 50 is exactly 2 %; the day of discharge is none.
    ("R19-03", [], stay_with_fees(50, 50)),
    ("R19-03", [], stay_with_fees(50, 49)),
    ("R19-03", [(None, "fee_time")], stay_with_fees(49, 48)),
    (
        "R19-03",
        [(None, "fee_time")],
        {"inpatient_discharge": [DISCHARGED], "inpatient_fee_detail": [STAY_FEE | {"visit_id": "Z2"}]},
    ),
    (
        "R19-03",
        [],
        {
            "inpatient_discharge": [DISCHARGED | {"void_flag": "1"}],
            "inpatient_fee_detail": [STAY_FEE | {"visit_id": "Z2"}],
        },
    ),
    ("R19-04", [], {"inpatient_fee_detail": [STAY_FEE, STAY_REFUND]}),
    ("R19-04", [(2, "amount")], {"inpatient_fee_detail": [STAY_FEE, STAY_REFUND | {"amount": "60.01"}]}),
    (
        "R19-04",
        [(2, "amount")],
        {"inpatient_fee_detail": [STAY_FEE, STAY_REFUND | {"charge_item_code": "X2"}]},
    ),
    ("R19-04", [], {"inpatient_fee_detail": [STAY_FEE, STAY_REFUND, STAY_REFUND]}),
    (
        "R19-04",
        [],
        {
            "inpatient_fee_detail": [
                STAY_FEE,
                STAY_FEE | {"fee_detail_id": "ZX2"},
                STAY_REFUND | {"amount": 120},
            ]
        },
    ),
    (
        "R19-05",
        [],
        {"inpatient_fee_detail": [STAY_FEE | {"order_id": "YZ1"}], "inpatient_order": [row(order_id="YZ1")]},
    ),
    (
        "R19-05",
        [(1, "order_id")],
        {"inpatient_fee_detail": [STAY_FEE | {"order_id": "YZ1"}], "inpatient_order": [row(order_id="YZ2")]},
    ),
    ("R19-05", [], {"inpatient_fee_detail": [STAY_FEE], "inpatient_order": [row(order_id="YZ2")]}),
    # Up to 1 yuan below 1,000, a thousandth above.
    ("R20-02", [], settled(61, STAY_FEE)),
    ("R20-02", [(1, "total_amount")], settled("61.01", STAY_FEE)),
    ("R20-02", [], settled(5000, STAY_FEE | {"amount": 4995})),
    ("R20-02", [(1, "total_amount")], settled(5000, STAY_FEE | {"amount": "4994.99"})),
    ("R20-02", [], settled(40, STAY_FEE, STAY_REFUND | {"amount": 20})),
    ("R20-02", [], settled(60, STAY_FEE, STAY_FEE)),
    (
        "R20-02",
        [],
        settled(60, STAY_FEE, STAY_FEE | {"fee_detail_id": "ZX2", "fee_time": "2023-04-10 08:00:00"}),
    ),
    ("R20-02", [(1, "total_amount")], settled(60, STAY_FEE | {"fee_time": "2023-04-04 23:59:59"})),
    ("R20-05", [], {"inpatient_settlement": [SETTLED, UNSETTLED]}),
    ("R20-05", [(1, "original_charge_id")], {"inpatient_settlement": [UNSETTLED]}),
    (
        "R20-05",
        [(2, "original_charge_id")],
        {"inpatient_settlement": [SETTLED, UNSETTLED | {"original_charge_id": "TJ1"}]},
    ),
]

DUE_CASES: list[Case] = [
    ("R20-04", [], discharged_and(SETTLED)),
    ("R20-04", [(1, "discharge_time")], discharged_and(SETTLED | {"visit_id": "Z2"})),
    ("R20-04", [], discharged_and(SETTLED | {"charge_time": "2023-04-16 23:59:59"})),
    ("R20-04", [(1, "discharge_time")], discharged_and(SETTLED | {"charge_time": "2023-04-17 00:00:00"})),
    ("R20-04", [(1, "discharge_time")], discharged_and(SETTLED | {"settlement_type_code": "2"})),
    ("R20-04", [], discharged_and(SETTLED | {"upload_date": date(2023, 4, 19)})),
    (
        "R20-04",
        [(1, "discharge_time")],
        {
            "inpatient_discharge": [DISCHARGED],
            "inpatient_settlement": [SETTLED | {"visit_id": "Z2"}, *uploaded(date(2023, 4, 20), SETTLED)],
        },
    ),
    ("R20-04", [], discharged_and(SETTLED | {"visit_id": "Z2"}, void_flag="1")),
    # Sent again, and recalled on the next day: one discharge, and none.
    (
        "R20-04",
        [(2, "discharge_time")],
        {
            "inpatient_discharge": [DISCHARGED, *uploaded(NEXT_DAY, DISCHARGED)],
            "inpatient_settlement": [SETTLED | {"visit_id": "Z2"}],
        },
    ),
    (
        "R20-04",
        [],
        {
            "inpatient_discharge": [DISCHARGED, *uploaded(NEXT_DAY, DISCHARGED | {"void_flag": "1"})],
            "inpatient_settlement": [SETTLED | {"visit_id": "Z2"}],
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


@pytest.mark.parametrize("case", DUE_CASES, ids=case_id)
def test_a_missing_settlement_is_told_when_its_time_is_up(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == []
    assert breaches(rule_id, tables, (DUE, DUE)) == expected


def test_a_discharge_that_comes_late_is_told_on_its_upload_date() -> None:
    late = date(2023, 5, 1)
    tables = discharged_and(SETTLED | {"visit_id": "Z2"}, upload_date=late)

    assert breaches("R20-04", tables, (DUE, DUE)) == []
    assert breaches("R20-04", tables, (late, late)) == [(1, "discharge_time")]


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES + DUE_CASES) == {
        *("R17-02", "R17-03", "R17-05", "R18-02", "R18-03", "R18-04"),
        *("R19-02", "R19-03", "R19-04", "R19-05", "R20-02", "R20-04", "R20-05"),
    }


def test_days_without_fees_are_told_by_their_share() -> None:
    assert findings("R19-03", stay_with_fees(49, 48))["value_masked"].to_list() == ["2023-03-22 1/49"]
