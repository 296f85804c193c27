import pytest

from xypipeline.quarantine.wording import advice_on, reason_of, table_title
from xypipeline.standard.catalogue import current_catalogue

CATALOGUE = current_catalogue()


@pytest.mark.parametrize(
    ("rule_id", "column", "reason"),
    [
        ("G01", "dept_code", "科室代码（dept_code）为空"),
        ("G03", "update_time", "数据更新时间（update_time）不是日期时间（YYYY-MM-DD HH:MM:SS）"),
        ("G03", "dept_name", "科室名称（dept_name）不是字符串（长度 100）"),
        ("G08", "org_code", "行内机构代码与上传医院不一致"),
        ("G06", "dept_type_code", "值域合规：科室类型代码（dept_type_code）"),
        ("G06", "gone", "值域合规：gone"),
        ("R99-01", None, "已废止的规则"),
    ],
)
def test_a_reason_names_the_field(rule_id: str, column: str | None, reason: str) -> None:
    assert reason_of(CATALOGUE, "department", rule_id, column, None) == reason


def test_what_intake_said_is_the_reason_of_a_line_that_was_not_parsed() -> None:
    assert reason_of(CATALOGUE, "department", "I01", None, "引号不成对") == "引号不成对"


def test_every_rule_that_can_keep_a_row_out_has_advice_of_its_own() -> None:
    fatal = [rule.id for rule in CATALOGUE.rules.values() if rule.fatal_on]
    general = advice_on(CATALOGUE, "department", "R99-01", None)

    advice = {rule_id: advice_on(CATALOGUE, "department", rule_id, "dept_code") for rule_id in fatal}
    assert general == "对照数据标准修改该行后重新上传"
    assert list(advice) == ["G01", "G03", "G08", "I01"]
    assert general not in advice.values()
    assert "不能重判" in advice["I01"]


def test_a_table_that_the_standard_lacks_is_named_by_its_code() -> None:
    assert [table_title(CATALOGUE, code) for code in ("department", "gone")] == ["科室信息", "gone"]
