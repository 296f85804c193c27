import pytest

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.rules.coding import coding_rules
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

CASES = [
    ("R11-02", KEPT, {"diag_system_code": "1", "diag_code": "I10.x00"}),
    ("R11-02", BREACH, {"diag_system_code": "3", "diag_code": "BNX010"}),
    ("R11-02", KEPT, {"diag_system_code": "9", "diag_code": "BNX010"}),
    ("R11-02", KEPT, {"diag_system_code": "4", "tcm_diag_code": "BNX010"}),
    ("R11-02", BREACH, {"diag_system_code": "4", "tcm_diag_code": "感冒"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, coding_rules(current_catalogue())[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(coding_rules(current_catalogue()))
