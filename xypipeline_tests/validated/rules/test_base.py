import pytest

from xypipeline.validated.rules.base import RULES
from xypipeline_tests.validated.rules.verdicts import BREACH, KEPT, case_id, is_breach, rules_shown_both_ways

ID_MALE_1990 = "411502199003077619"
ID_FEMALE_1990 = "411502199003077627"
CARD = {"id_type_code": "01", "birth_date": "1990-03-07", "sex_code": "1"}

# Rule, verdict on the last row, the row and those before it in the delivery: what matters of each.
CASES = [
    ("R01-01", KEPT, {"credit_code": "91110000600037341L"}),
    ("R01-01", BREACH, {"credit_code": "91110000600037342L"}),
    ("R01-01", KEPT, {"credit_code": None}),
    ("R01-02", BREACH, {"org_level_code": "2"}),
    ("R01-02", KEPT, {"org_level_code": "2", "org_grade_code": "1"}),
    ("R01-02", KEPT, {"org_level_code": "1"}),
    ("R01-03", BREACH, {"business_scope": "has_outpatient|has_inpatient", "bed_count": "0"}),
    ("R01-03", KEPT, {"business_scope": "has_inpatient", "bed_count": "1"}),
    ("R01-03", KEPT, {"business_scope": "has_outpatient", "bed_count": "0"}),
    ("R01-03", KEPT, {"business_scope": "has_tcm_inpatient", "bed_count": "0"}),
    ("R01-04", KEPT, {"region_code": "411502"}),
    ("R01-04", BREACH, {"region_code": "410102"}),
    ("R02-03", KEPT, {"effective_date": "2020-01-01", "expire_date": "2020-01-01"}),
    ("R02-03", BREACH, {"effective_date": "2020-01-02", "expire_date": "2020-01-01"}),
    ("R02-03", KEPT, {"effective_date": "2020-01-02"}),
    ("R03-01", KEPT, CARD | {"id_no": ID_MALE_1990}),
    ("R03-01", BREACH, CARD | {"id_no": ID_MALE_1990[:-1] + "7"}),
    ("R03-01", BREACH, CARD | {"id_no": ID_FEMALE_1990}),
    ("R03-01", BREACH, CARD | {"id_no": ID_MALE_1990, "birth_date": "1990-03-08"}),
    ("R03-01", BREACH, CARD | {"id_no": "411502900307761"}),
    ("R03-01", KEPT, CARD | {"id_no": "E12345678", "id_type_code": "03"}),
    ("R03-01", KEPT, CARD | {"id_no": ID_MALE_1990, "birth_date": None, "sex_code": "9"}),
    ("R03-02", BREACH, {"staff_type_code": "21"}),
    ("R03-02", KEPT, {"staff_type_code": "21", "practice_cert_no": "1"}),
    ("R03-02", KEPT, {"staff_type_code": "31"}),
    ("R04-01", KEPT, {"effective_date": "2020-01-01", "expire_date": "2020-01-01"}),
    ("R04-01", BREACH, {"effective_date": "2020-01-02", "expire_date": "2020-01-01"}),
    ("R05-02", BREACH, {"drug_type_code": "1"}),
    ("R05-02", KEPT, {"drug_type_code": "1", "dosage_form_code": "01"}),
    ("R05-02", KEPT, {"drug_type_code": "3"}),
    ("R06-01", KEPT, CARD | {"id_no": "11010519491231002x"}),
    ("R06-01", BREACH, CARD | {"id_no": "110105194912310021"}),
    ("R06-01", BREACH, CARD | {"id_no": "11010519491231002"}),
    ("R06-01", KEPT, CARD | {"id_no": None}),
    ("R06-02", KEPT, CARD | {"id_no": ID_MALE_1990}),
    ("R06-02", BREACH, CARD | {"id_no": ID_MALE_1990, "sex_code": "2"}),
    ("R06-02", KEPT, CARD | {"id_no": ID_MALE_1990, "sex_code": "0"}),
    ("R06-02", KEPT, CARD | {"id_no": "411502900307761"}),
    ("R06-03", BREACH, {"id_type_code": "01"}),
    ("R06-03", KEPT, {"id_type_code": "99"}),
    ("R06-03", KEPT, {"id_type_code": "01", "newborn_flag": "1"}),
    ("R06-03", KEPT, {"id_type_code": "01", "id_no": "1"}),
    ("R06-04", KEPT, {"birth_date": "2023-04-09", "create_time": "2023-04-09 00:00:00"}),
    ("R06-04", BREACH, {"birth_date": "2023-04-10", "create_time": "2023-04-09 23:59:59"}),
    ("R06-04", KEPT, {"birth_date": "1900-01-02", "create_time": "2031-01-01 10:00:00"}),
    ("R06-04", BREACH, {"birth_date": "1900-01-01", "create_time": "2031-01-01 10:00:00"}),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: tuple):
    rule_id, verdict, *rows = case
    assert is_breach(rule_id, RULES[rule_id], *rows) is verdict


def test_each_rule_is_shown_broken_and_kept():
    assert rules_shown_both_ways(CASES) == set(RULES)
