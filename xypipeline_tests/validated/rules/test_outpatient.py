import pytest

from xypipeline.validated.rules.outpatient import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

VISIT = {"visit_time": "2023-04-09 10:00:00"}
NARRATIVE = {"chief_complaint": "咳嗽三天", "present_illness": "三天前受凉", "treatment_advice": "多饮水休息"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R08-01", KEPT, {"visit_type_code": "2"}),
    ("R08-01", BREACH, {"visit_type_code": "3"}),
    ("R08-02", KEPT, VISIT | {"birth_date": "2023-04-09"}),
    ("R08-02", BREACH, VISIT | {"birth_date": "2023-04-10"}),
    ("R08-03", KEPT, VISIT | {"birth_date": "1990-04-10", "age_years": "33"}),
    ("R08-03", BREACH, VISIT | {"birth_date": "1990-04-10", "age_years": "34"}),
    ("R08-03", KEPT, VISIT | {"birth_date": "1990-04-09", "age_years": "34"}),
    ("R08-03", BREACH, VISIT | {"birth_date": "1990-04-10", "age_years": "30"}),
    ("R08-05", BREACH, {"sex_code": "1", "diag_code": "O80.000"}),
    ("R08-05", BREACH, {"sex_code": "1", "diag_code": "C58"}),
    ("R08-05", KEPT, {"sex_code": "1", "diag_code": "C60"}),
    ("R08-05", BREACH, {"sex_code": "2", "diag_code": "N40.x00"}),
    ("R08-05", KEPT, {"sex_code": "2", "diag_code": "N70"}),
    ("R08-05", KEPT, {"sex_code": "9", "diag_code": "O80"}),
    ("R09-02", KEPT, {"record_time": "2023-04-09 10:00:00", "sign_time": "2023-04-09 10:00:00"}),
    ("R09-02", BREACH, {"record_time": "2023-04-09 10:00:01", "sign_time": "2023-04-09 10:00:00"}),
    ("R09-03", BREACH, {"allergy_flag": "1", "allergy_history": "无"}),
    ("R09-03", KEPT, {"allergy_flag": "1", "allergy_history": "青霉素"}),
    ("R09-03", KEPT, {"allergy_flag": "0"}),
    ("R09-04", KEPT, NARRATIVE),
    ("R09-04", BREACH, NARRATIVE | {"chief_complaint": "咳嗽3天"}),
    ("R09-04", BREACH, dict.fromkeys(NARRATIVE, "详见病历")),
    ("R09-04", KEPT, NARRATIVE | {"treatment_advice": None}),
    (
        "R10-01",
        KEPT,
        {"observation_start_time": "2023-04-01 00:00:00", "observation_end_time": "2023-04-04 00:00:00"},
    ),
    (
        "R10-01",
        BREACH,
        {"observation_start_time": "2023-04-01 00:00:00", "observation_end_time": "2023-04-04 00:00:01"},
    ),
    (
        "R10-01",
        BREACH,
        {"observation_start_time": "2023-04-01 00:00:01", "observation_end_time": "2023-04-01 00:00:00"},
    ),
    ("R10-02", BREACH, {"observation_end_time": "2023-04-04 00:00:00"}),
    ("R10-02", KEPT, {"observation_end_time": "2023-04-04 00:00:00", "disposition_code": "1"}),
    ("R10-02", KEPT, {"disposition_code": None}),
    ("R11-01", KEPT, {"tcm_west_flag": "1", "diag_code": "I10", "diag_name": "高血压"}),
    ("R11-01", BREACH, {"tcm_west_flag": "1", "diag_code": "I10"}),
    ("R11-01", BREACH, {"tcm_west_flag": "2", "diag_code": "I10", "diag_name": "高血压"}),
    ("R11-01", KEPT, {"tcm_west_flag": "2", "tcm_diag_code": "A01", "tcm_diag_name": "感冒"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
