"""Which constraints are judged of which field; how rows break them is shown in validated/test_conform.py."""

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.field_rules import field_breaches


def _rules(table_code: str) -> dict[str, str]:
    catalogue = current_catalogue()
    rules: dict[str, str] = {}
    for rule_id, breach in field_breaches(catalogue.tables[table_code], catalogue):
        rules[breach.column] = f"{rules.get(breach.column, '')} {rule_id}".strip()
    return rules


def test_each_constraint_of_a_field_is_one_check():
    rules = _rules("patient_info")
    chosen = (
        "org_code",
        "patient_id",
        "patient_name",
        "sex_code",
        "birth_date",
        "id_no",
        "phone",
        "newborn_flag",
    )
    assert {column: rules[column] for column in chosen} == {
        "org_code": "G01",
        "patient_id": "G01 G03",
        "patient_name": "G01 G02 G03",
        "sex_code": "G01 G03 G06",
        "birth_date": "G01 G02 G03 G04",
        "id_no": "G02 G03 G05",
        "phone": "G03 G05",
        "newborn_flag": "G03 G06",
    }


def test_a_domain_of_patterns_is_left_to_the_fields_own_pattern():
    rules = _rules("visit_diagnosis")
    assert rules["diag_code"] == "G03 G05"


def test_a_list_is_checked_for_its_form_and_for_its_elements():
    assert _rules("org_info")["business_scope"] == "G01 G03 G05 G06"


def test_every_field_with_a_constraint_is_judged():
    catalogue = current_catalogue()
    for table in catalogue.tables.values():
        judged = {breach.column for _, breach in field_breaches(table, catalogue)}
        assert judged == {
            field.code
            for field in table.fields
            if field.is_required
            or field.type != "string"
            or field.length
            or field.pattern
            or field.value_domain
        }
