import pytest

from xypipeline.validated.rules.surgery import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    (
        "R42-01",
        KEPT,
        {"operation_start_time": "2023-04-01 08:00:00", "operation_end_time": "2023-04-02 08:00:00"},
    ),
    (
        "R42-01",
        BREACH,
        {"operation_start_time": "2023-04-01 08:00:00", "operation_end_time": "2023-04-02 08:00:01"},
    ),
    (
        "R42-01",
        BREACH,
        {"operation_start_time": "2023-04-01 08:00:00", "operation_end_time": "2023-04-01 08:00:00"},
    ),
    (
        "R43-01",
        KEPT,
        {"anesthesia_start_time": "2023-04-01 08:00:00", "operation_start_time": "2023-04-01 08:00:00"},
    ),
    (
        "R43-01",
        BREACH,
        {"anesthesia_start_time": "2023-04-01 08:00:01", "operation_start_time": "2023-04-01 08:00:00"},
    ),
    (
        "R43-01",
        BREACH,
        {"operation_end_time": "2023-04-01 08:00:01", "anesthesia_end_time": "2023-04-01 08:00:00"},
    ),
    (
        "R43-02",
        KEPT,
        {"anesthesia_start_time": "2023-04-01 08:00:00", "anesthesia_end_time": "2023-04-01 08:00:01"},
    ),
    (
        "R43-02",
        BREACH,
        {"anesthesia_start_time": "2023-04-01 08:00:00", "anesthesia_end_time": "2023-04-01 08:00:00"},
    ),
    (
        "R44-01",
        KEPT,
        {"transfusion_start_time": "2023-04-01 08:00:00", "transfusion_end_time": "2023-04-01 14:00:00"},
    ),
    (
        "R44-01",
        BREACH,
        {"transfusion_start_time": "2023-04-01 08:00:00", "transfusion_end_time": "2023-04-01 14:00:01"},
    ),
    (
        "R44-01",
        BREACH,
        {"transfusion_start_time": "2023-04-01 08:00:01", "transfusion_end_time": "2023-04-01 08:00:00"},
    ),
    ("R44-02", BREACH, {"transfusion_reaction_flag": "1"}),
    ("R44-02", KEPT, {"transfusion_reaction_flag": "1", "transfusion_reaction_code": "1"}),
    ("R45-02", BREACH, {"birth_outcome_code": "1", "newborn_weight_g": "3200", "apgar_1min": "9"}),
    (
        "R45-02",
        KEPT,
        {"birth_outcome_code": "1", "newborn_weight_g": "3200", "apgar_1min": "9", "apgar_5min": "10"},
    ),
    ("R45-02", KEPT, {"birth_outcome_code": "2"}),
    ("R45-03", KEPT, {"parity": "2", "gravidity": "2"}),
    ("R45-03", BREACH, {"parity": "3", "gravidity": "2"}),
    ("R45-04", KEPT, {"gestation_weeks": "27", "newborn_weight_g": "3000"}),
    ("R45-04", BREACH, {"gestation_weeks": "27", "newborn_weight_g": "3001"}),
    ("R45-04", BREACH, {"gestation_weeks": "37", "newborn_weight_g": "999"}),
    ("R45-04", KEPT, {"gestation_weeks": "36", "newborn_weight_g": "999"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
