from dataclasses import replace

import pytest

from xypipeline.publication.scorecards.coding import Kind, coded_fields, kind_of
from xypipeline.standard.catalogue import current_catalogue

CATALOGUE = current_catalogue()


def kind(table_code: str, field_code: str, value: str | None) -> Kind:
    field = CATALOGUE.tables[table_code].field(field_code)
    return kind_of(value, field, CATALOGUE.code_lists[field.value_domain])


@pytest.mark.parametrize(
    ("table_code", "field_code", "value", "expected"),
    [
        pytest.param("patient_info", "sex_code", "1", "valid", id="a code of the list"),
        pytest.param("patient_info", "sex_code", "0", "default", id="unknown sex"),
        pytest.param("patient_info", "sex_code", "9", "default", id="sex not stated"),
        pytest.param("patient_info", "sex_code", "3", "invalid", id="not in the list"),
        pytest.param("patient_info", "sex_code", "男", "invalid", id="the meaning instead of the code"),
        pytest.param("patient_info", "sex_code", None, "missing", id="empty"),
        pytest.param("patient_info", "ethnic_code", "97", "other", id="another people"),
        pytest.param("patient_info", "ethnic_code", "99", "default", id="foreign or not stated"),
        pytest.param("patient_info", "abo_code", "5", "default", id="blood group unknown"),
        pytest.param("patient_info", "abo_code", "6", "valid", id="not tested is an answer"),
        pytest.param("inpatient_admission", "admission_route_code", "3", "valid", id="from another hospital"),
        pytest.param("inpatient_admission", "admission_route_code", "9", "other", id="another way"),
        pytest.param("transfer_record", "diag_code", "I10.x00", "valid", id="the form of a code"),
        pytest.param("transfer_record", "diag_code", "高血压", "invalid", id="not its form"),
        pytest.param("org_info", "business_scope", "has_inpatient|has_outpatient", "valid", id="two codes"),
        pytest.param("org_info", "business_scope", "has_inpatient|sauna", "invalid", id="one of them is not"),
    ],
)
def test_the_kind_of_a_value(table_code: str, field_code: str, value: str | None, expected: Kind) -> None:
    assert kind(table_code, field_code, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("01|97", "valid"), ("97|99", "other"), ("99|99", "default"), ("97|x", "invalid")]
)
def test_of_several_codes_the_most_telling_counts(value: str, expected: Kind) -> None:
    field = replace(CATALOGUE.tables["patient_info"].field("ethnic_code"), list_separator="|", pattern=None)
    codes = CATALOGUE.code_lists["GB/T 3304"]

    assert kind_of(value, field, codes) == expected


def test_every_code_of_the_standard_is_something_else_than_invalid() -> None:
    found = {
        (field.value_domain, code): kind_of(code, field, CATALOGUE.code_lists[field.value_domain])
        for table in CATALOGUE.tables.values()
        for field in coded_fields(table)
        if CATALOGUE.code_lists[field.value_domain].pattern is None
        for code in CATALOGUE.code_lists[field.value_domain].codes
    }

    assert set(found.values()) == {"valid", "other", "default"}
