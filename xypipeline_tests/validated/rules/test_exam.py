import pytest

from xypipeline.validated.rules.exam import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R39-01", KEPT, {"exam_time": "2023-04-01 08:00:00", "report_time": "2023-04-01 08:00:00"}),
    ("R39-01", BREACH, {"exam_time": "2023-04-01 08:00:01", "report_time": "2023-04-01 08:00:00"}),
    ("R39-02", BREACH, {"exam_type_code": "09"}),
    ("R39-02", KEPT, {"exam_type_code": "09", "study_uid": "1.2.840"}),
    ("R39-02", KEPT, {"exam_type_code": "04"}),
    ("R39-03", KEPT, {"reporter_id": "S1", "reviewer_id": "S2"}),
    ("R39-03", BREACH, {"reporter_id": "S1", "reviewer_id": "S1"}),
    ("R39-04", BREACH, {"exam_impression": "心肺未见明显异常。", "exam_positive_code": "1"}),
    ("R39-04", KEPT, {"exam_impression": "心肺未见明显异常。", "exam_positive_code": "0"}),
    ("R39-04", KEPT, {"exam_impression": "肝未见异常，左肾结石。", "exam_positive_code": "1"}),
    ("R39-05", BREACH, {"sex_code": "1", "exam_item_name": "子宫附件彩超"}),
    ("R39-05", BREACH, {"sex_code": "2", "exam_item_name": "前列腺彩超"}),
    ("R39-05", KEPT, {"sex_code": "2", "exam_item_name": "子宫附件彩超"}),
    ("R40-01", KEPT, {"receive_time": "2023-04-01 08:00:00", "report_time": "2023-04-01 08:00:00"}),
    ("R40-01", BREACH, {"sampling_time": "2023-04-02 08:00:00", "receive_time": "2023-04-01 08:00:00"}),
    ("R40-02", BREACH, {"pathology_diag": "（胃）腺癌"}),
    ("R40-02", KEPT, {"pathology_diag": "（胃）腺癌", "morphology_code": "M81403/3"}),
    ("R40-02", KEPT, {"pathology_diag": "慢性胃炎"}),
    ("R41-03", KEPT, {"series_count": "5", "image_count": "5"}),
    ("R41-03", BREACH, {"series_count": "6", "image_count": "5"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
