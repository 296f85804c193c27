import pytest

from xypipeline.validated.rules.front_page import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

ID_MALE_1990 = "411502199003077619"
CARD = {"id_type_code": "01", "birth_date": "1990-03-07", "sex_code": "1"}
STAY = {"admission_time": "2023-04-01 08:00:00", "discharge_time": "2023-04-05 09:00:00"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R31-03", KEPT, STAY | {"length_of_stay": "4"}),
    ("R31-03", BREACH, STAY | {"length_of_stay": "3"}),
    ("R31-03", BREACH, STAY | {"discharge_time": "2023-03-31 00:00:00"}),
    ("R31-06", KEPT, STAY | {"birth_date": "1990-04-02", "age_years": "32"}),
    ("R31-06", BREACH, STAY | {"birth_date": "1990-04-02", "age_years": "33"}),
    ("R31-06", KEPT, STAY | {"birth_date": "1990-04-01", "age_years": "33"}),
    ("R31-07", BREACH, {"sex_code": "1", "diag_code": "O80"}),
    ("R31-07", KEPT, STAY | {"sex_code": "2", "diag_code": "P22", "birth_date": "2022-04-02"}),
    ("R31-07", BREACH, STAY | {"sex_code": "2", "diag_code": "P22", "birth_date": "2022-04-01"}),
    ("R31-08", KEPT, CARD | {"id_no": ID_MALE_1990}),
    ("R31-08", BREACH, CARD | {"id_no": ID_MALE_1990, "birth_date": "1990-03-08"}),
    ("R32-04", KEPT, {"primary_flag": "1", "diag_code": "S00.1", "injury_cause_code": "V01"}),
    ("R32-04", BREACH, {"primary_flag": "1", "diag_code": "T98"}),
    ("R32-04", BREACH, {"primary_flag": "1", "diag_code": "T98", "injury_cause_code": "Z01"}),
    ("R32-04", KEPT, {"primary_flag": "0", "diag_code": "T98"}),
    ("R32-04", KEPT, {"primary_flag": "1", "diag_code": "T99"}),
    ("R32-05", BREACH, {"primary_flag": "1", "diag_code": "Y98"}),
    ("R32-05", BREACH, {"primary_flag": "1", "diag_code": "G63.2*"}),
    ("R32-05", KEPT, {"primary_flag": "1", "diag_code": "Z98"}),
    ("R32-05", KEPT, {"primary_flag": "0", "diag_code": "V01"}),
    ("R33-02", KEPT, {"operation_code": "1"}),
    (
        "R33-02",
        BREACH,
        {"operation_level_code": "1", "incision_class_code": "1", "incision_healing_code": "1"},
    ),
    (
        "R33-02",
        KEPT,
        {
            "operation_level_code": "1",
            "incision_class_code": "1",
            "incision_healing_code": "1",
            "anesthesia_method_code": "1",
        },
    ),
    ("R34-02", KEPT, {"tcm_diag_code": "A01", "tcm_syndrome_code": "B01"}),
    ("R34-02", BREACH, {"tcm_syndrome_code": "B01"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
