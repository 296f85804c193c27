import pytest

from xypipeline.validated.rules.public_health import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

ID_MALE_1990 = "411502199003077619"
RESULT = {"result_type_code": "1", "result_unit": "g/L", "reference_range": "3.5-5.5"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R48-01", KEPT, {"onset_date": "2023-04-01", "diag_time": "2023-04-01 00:00:00"}),
    ("R48-01", BREACH, {"onset_date": "2023-04-02", "diag_time": "2023-04-01 23:00:00"}),
    ("R48-01", BREACH, {"birth_date": "2023-04-02", "report_time": "2023-04-01 23:00:00"}),
    ("R48-03", BREACH, {"birth_date": "2009-04-02", "report_time": "2023-04-01 23:00:00"}),
    ("R48-03", KEPT, {"birth_date": "2009-04-01", "report_time": "2023-04-01 23:00:00"}),
    (
        "R48-03",
        KEPT,
        {"birth_date": "2020-04-01", "report_time": "2023-04-01 23:00:00", "guardian_name": "王五"},
    ),
    ("R48-06", KEPT, {"phone": "13812345678"}),
    ("R48-06", KEPT, {"phone": "0376-6222333"}),
    ("R48-06", BREACH, {"phone": "6222333"}),
    ("R48-06", BREACH, {"phone": "12812345678"}),
    ("R49-02", KEPT, {"health_exam_time": "2023-04-01 08:00:00", "report_time": "2023-04-16 23:00:00"}),
    ("R49-02", BREACH, {"health_exam_time": "2023-04-01 08:00:00", "report_time": "2023-04-17 00:00:00"}),
    ("R49-02", BREACH, {"health_exam_time": "2023-04-01 08:00:01", "report_time": "2023-04-01 08:00:00"}),
    ("R49-03", KEPT, {"id_type_code": "01", "id_no": ID_MALE_1990}),
    ("R49-03", BREACH, {"id_type_code": "01", "id_no": ID_MALE_1990[:-1] + "0"}),
    ("R50-03", KEPT, RESULT),
    ("R50-03", BREACH, RESULT | {"result_unit": None}),
    ("R50-03", KEPT, {"result_type_code": "2"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
