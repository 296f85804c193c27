import pytest

from xypipeline.errors import QuarantineError
from xypipeline.quarantine.names import find_org_code, find_table_code
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.catalogue import current_catalogue


@pytest.mark.parametrize("text", ["411500001", " 信阳市中心医院 ", "市中心"])
def test_a_hospital_is_found_by_code_name_or_part(text: str) -> None:
    assert find_org_code(current_registry(), text) == "411500001"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no hospital ''"),
        ("北京", "no hospital '北京'; give its code or name"),
        ("商城", r"'商城' may be any of 商城县人民医院 \(411524001\), 商城县中医院"),
    ],
)
def test_no_hospital_or_several_are_told(text: str, message: str) -> None:
    with pytest.raises(QuarantineError, match=message):
        find_org_code(current_registry(), text)


def test_a_table_is_found_by_any_name() -> None:
    assert {find_table_code(current_catalogue(), name) for name in ("department", "科室信息")} == {
        "department"
    }
    with pytest.raises(QuarantineError, match="no table 'ward'"):
        find_table_code(current_catalogue(), "ward")
