import pytest

from xypipeline.validated.rules.lab import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

RESULT = {"result_type_code": "1", "result_unit": "g/L", "reference_range": "3.5-5.5"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R35-01", KEPT, {"apply_time": "2023-04-01 08:00:00", "report_time": "2023-04-01 08:00:00"}),
    ("R35-01", BREACH, {"apply_time": "2023-04-01 08:00:01", "report_time": "2023-04-01 08:00:00"}),
    ("R35-03", KEPT, {"reporter_id": "S1", "reviewer_id": "S2"}),
    ("R35-03", BREACH, {"reporter_id": "S1", "reviewer_id": "S1"}),
    ("R36-01", KEPT, RESULT | {"result_value": "<0.35"}),
    ("R36-01", BREACH, RESULT | {"result_value": "阴性"}),
    ("R36-01", BREACH, RESULT | {"result_value": "4.0", "result_unit": None}),
    ("R36-01", KEPT, RESULT | {"result_value": "阴性", "result_type_code": "2"}),
    ("R36-02", KEPT, RESULT | {"result_value": "5.5", "abnormal_flag_code": "1"}),
    ("R36-02", BREACH, RESULT | {"result_value": "5.51", "abnormal_flag_code": "1"}),
    ("R36-02", KEPT, RESULT | {"result_value": "5.51", "abnormal_flag_code": "3"}),
    ("R36-02", BREACH, RESULT | {"result_value": "3.4", "abnormal_flag_code": "3"}),
    ("R36-02", KEPT, RESULT | {"result_value": "9", "abnormal_flag_code": "1", "reference_range": "<5"}),
    ("R36-03", BREACH, {"critical_flag": "1", "abnormal_flag_code": "1"}),
    ("R36-03", KEPT, {"critical_flag": "1", "abnormal_flag_code": "3"}),
    ("R37-01", BREACH, {"culture_positive_code": "1", "bacteria_code": "B1"}),
    ("R37-01", KEPT, {"culture_positive_code": "1", "bacteria_code": "B1", "bacteria_name": "大肠埃希菌"}),
    ("R37-01", KEPT, {"culture_positive_code": "0"}),
    ("R38-02", BREACH, {"report_id": "1"}),
    ("R38-02", KEPT, {"zone_diameter": "12"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
