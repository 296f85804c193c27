import pytest

from xypipeline.validated.rules.fees import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

PAID = {"insurance_amount": "60", "personal_account_amount": "20", "self_pay_amount": "10"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R17-01", KEPT, PAID | {"other_pay_amount": "10", "total_amount": "100.01"}),
    ("R17-01", BREACH, PAID | {"other_pay_amount": "10", "total_amount": "100.02"}),
    ("R17-01", KEPT, PAID | {"total_amount": "500"}),
    ("R17-04", KEPT, {"drug_amount": "60", "lab_amount": "40.01", "total_amount": "100"}),
    ("R17-04", BREACH, {"drug_amount": "60", "lab_amount": "40.02", "total_amount": "100"}),
    ("R18-01", KEPT, {"unit_price": "2.5", "quantity": "2", "amount": "5.05"}),
    ("R18-01", BREACH, {"unit_price": "2.5", "quantity": "2", "amount": "5.06"}),
    ("R19-01", KEPT, {"unit_price": "2.5", "quantity": "2", "amount": "4.95"}),
    ("R19-01", BREACH, {"unit_price": "2.5", "quantity": "2", "amount": "4.94"}),
    ("R20-01", KEPT, PAID | {"other_pay_amount": "10", "total_amount": "99.99"}),
    ("R20-01", BREACH, PAID | {"other_pay_amount": "10", "total_amount": "99.98"}),
    (
        "R20-03",
        KEPT,
        {"fee_start_date": "2023-04-01", "fee_end_date": "2023-04-01", "charge_time": "2023-04-01 00:00:00"},
    ),
    ("R20-03", BREACH, {"fee_start_date": "2023-04-02", "fee_end_date": "2023-04-01"}),
    ("R20-03", BREACH, {"fee_end_date": "2023-04-02", "charge_time": "2023-04-01 23:59:59"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
