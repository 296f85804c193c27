import pytest

from xypipeline.validated.rules.statistics import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

CENSUS = {"dept_code": "D1", "admission_count": "2", "transfer_in_count": "1", "transfer_out_count": "0"}
MONDAY = CENSUS | {"business_date": "2023-04-03", "inpatient_count": "10", "discharge_count": "0"}
TUESDAY = CENSUS | {"business_date": "2023-04-04", "inpatient_count": "10", "discharge_count": "3"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R51-03", KEPT, MONDAY, TUESDAY),
    ("R51-03", BREACH, MONDAY, TUESDAY | {"inpatient_count": "11"}),
    ("R51-03", KEPT, MONDAY, TUESDAY | {"inpatient_count": "11", "dept_code": "D2"}),
    ("R51-03", KEPT, MONDAY, TUESDAY | {"inpatient_count": "11", "business_date": "2023-04-05"}),
    ("R51-03", KEPT, TUESDAY, MONDAY),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
