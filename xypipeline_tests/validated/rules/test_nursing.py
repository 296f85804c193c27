import pytest

from xypipeline.validated.rules.nursing import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R46-01", BREACH, {"dbp": "80", "height_cm": "170"}),
    ("R46-01", KEPT, {"weight_kg": "60"}),
    ("R46-02", KEPT, {"sbp": "81", "dbp": "80"}),
    ("R46-02", BREACH, {"sbp": "80", "dbp": "80"}),
    ("R47-03", KEPT, {"record_time": "2023-04-09 10:00:00", "sign_time": "2023-04-09 10:00:00"}),
    ("R47-03", BREACH, {"record_time": "2023-04-09 10:00:01", "sign_time": "2023-04-09 10:00:00"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
