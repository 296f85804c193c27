import pytest

from xypipeline.validated.rules.orders import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

GROUP = {"prescription_id": "RX1", "drug_group_no": "1", "frequency_code": "BID", "route_code": "1"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R12-01", KEPT, {"unit_price": "1.2345", "quantity": "2", "amount": "2.50"}),
    ("R12-01", KEPT, {"unit_price": "1.0000", "quantity": "1", "amount": "1.05"}),
    ("R12-01", BREACH, {"unit_price": "1.0000", "quantity": "1.0001", "amount": "0.95"}),
    ("R12-01", KEPT, {"unit_price": "1", "amount": "5"}),
    ("R12-02", KEPT, {"dose": "0.1", "quantity": "1"}),
    ("R12-02", BREACH, {"dose": "0", "quantity": "1"}),
    ("R12-02", BREACH, {"dose": "1", "quantity": "0"}),
    ("R12-03", KEPT, {"use_days": "84"}),
    ("R12-03", BREACH, {"use_days": "85"}),
    ("R13-01", KEPT, {"herb_kind_count": "4", "herbal_formula": "黄芪30g、当归10g"}),
    ("R13-01", BREACH, {"herb_kind_count": "5", "herbal_formula": "黄芪 30g，当归 10g"}),
    ("R13-01", KEPT, {"herb_kind_count": "3", "herbal_formula": "黄芪30g 当归10g\n（先煎）附子6g"}),
    ("R13-02", KEPT, {"tcm_diag_code": "A01", "tcm_syndrome_code": "B01"}),
    ("R13-02", BREACH, {"tcm_diag_code": "A01"}),
    ("R14-01", KEPT, {"order_time": "2023-04-01 08:00:00", "stop_time": "2023-04-01 08:00:00"}),
    ("R14-01", BREACH, {"order_time": "2023-04-01 08:00:01", "stop_time": "2023-04-01 08:00:00"}),
    ("R14-02", KEPT, {"order_time": "2023-04-01 08:05:00", "exec_time": "2023-04-01 08:00:00"}),
    ("R14-02", BREACH, {"order_time": "2023-04-01 08:05:01", "exec_time": "2023-04-01 08:00:00"}),
    (
        "R14-03",
        KEPT,
        {
            "order_item_type_code": "1",
            "drug_spec": "0.25g",
            "dose": "1",
            "dose_unit": "片",
            "frequency_code": "01",
            "route_code": "1",
        },
    ),
    ("R14-03", BREACH, {"order_item_type_code": "1", "drug_spec": "0.25g"}),
    ("R14-03", KEPT, {"order_item_type_code": "2"}),
    ("R14-03", BREACH, {"order_item_type_code": "2", "drug_spec": "0.25g"}),
    ("R14-05", BREACH, {"order_status_code": "4"}),
    ("R14-05", KEPT, {"order_status_code": "4", "stop_time": "2023-04-01 08:00:00"}),
    # A time that could not be read is not missing; G03 reports it.
    ("R14-05", KEPT, {"order_status_code": "4", "stop_time": "2023/04/01"}),
    ("R14-05", BREACH, {"order_status_code": "3"}),
    ("R12-07", KEPT, GROUP, GROUP),
    ("R12-07", BREACH, GROUP, GROUP | {"frequency_code": "TID"}),
    ("R12-07", BREACH, GROUP, GROUP | {"route_code": "2"}),
    ("R12-07", KEPT, GROUP, GROUP | {"route_code": "2", "drug_group_no": "2"}),
    ("R12-07", KEPT, GROUP, GROUP | {"route_code": "2", "prescription_id": "RX2"}),
    ("R12-07", KEPT, GROUP, GROUP | {"route_code": "2", "org_code": "411500002"}),
    ("R12-07", KEPT, GROUP | {"drug_group_no": None}, GROUP | {"drug_group_no": None, "route_code": "2"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
