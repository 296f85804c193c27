import pytest

from xypipeline.validated.rules.inpatient import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

ID_FEMALE_1990 = "411502199003077627"
STAY = {"admission_time": "2023-04-01 08:00:00", "discharge_time": "2023-04-05 09:00:00"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R21-01", KEPT, STAY | {"birth_date": "2023-04-01"}),
    ("R21-01", BREACH, STAY | {"birth_date": "2023-04-02"}),
    ("R21-02", KEPT, {"id_type_code": "01", "id_no": ID_FEMALE_1990}),
    ("R21-02", BREACH, {"id_type_code": "01", "id_no": ID_FEMALE_1990[:-1] + "X"}),
    ("R22-01", KEPT, STAY | {"discharge_time": STAY["admission_time"]}),
    ("R22-01", BREACH, STAY | {"discharge_time": "2023-04-01 07:59:59"}),
    ("R22-02", KEPT, STAY | {"length_of_stay": "4"}),
    ("R22-02", BREACH, STAY | {"length_of_stay": "5"}),
    (
        "R22-02",
        KEPT,
        {
            "admission_time": "2023-04-01 08:00:00",
            "discharge_time": "2023-04-01 20:00:00",
            "length_of_stay": "1",
        },
    ),
    (
        "R22-02",
        BREACH,
        {
            "admission_time": "2023-04-01 08:00:00",
            "discharge_time": "2023-04-01 20:00:00",
            "length_of_stay": "0",
        },
    ),
    ("R23-03", KEPT, {"record_time": "2023-04-09 10:00:00", "sign_time": "2023-04-09 10:00:00"}),
    ("R23-03", BREACH, {"record_time": "2023-04-09 10:00:01", "sign_time": "2023-04-09 10:00:00"}),
    ("R27-01", KEPT, {"apply_time": "2023-04-09 10:00:00", "consult_time": "2023-04-09 10:00:00"}),
    ("R27-01", BREACH, {"apply_time": "2023-04-09 10:00:01", "consult_time": "2023-04-09 10:00:00"}),
    ("R27-04", KEPT, {"consult_type_code": "4", "consult_org_code": "411500002"}),
    ("R27-04", BREACH, {"consult_type_code": "4", "consult_org_code": "411500001"}),
    ("R27-04", BREACH, {"consult_type_code": "5"}),
    ("R27-04", KEPT, {"consult_type_code": "1"}),
    ("R28-01", KEPT, {"from_dept_code": "D1", "to_dept_code": "D2"}),
    ("R28-01", BREACH, {"from_dept_code": "D1", "to_dept_code": "D1"}),
    (
        "R30-01",
        KEPT,
        {
            "admission_time": "2023-04-01 08:00:00",
            "death_time": "2023-04-01 08:00:00",
            "sign_time": "2023-04-02 08:00:00",
        },
    ),
    ("R30-01", BREACH, {"death_time": "2023-04-01 08:00:00", "sign_time": "2023-04-02 08:00:01"}),
    ("R30-01", BREACH, {"admission_time": "2023-04-01 08:00:01", "death_time": "2023-04-01 08:00:00"}),
    ("R30-03", BREACH, {"root_cause_code": "R99"}),
    ("R30-03", KEPT, {"root_cause_code": "S00"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
