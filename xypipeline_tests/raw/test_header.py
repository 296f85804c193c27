import pytest

from xypipeline.raw.header import recognise
from xypipeline.raw.reading import UNKNOWN_COLUMN
from xypipeline_tests.raw.tables import visit_table


def kept_out(*names: str) -> list[str]:
    return [defect.column_name for defect in recognise(names, visit_table()).defects]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["org_code", "床号"], ["床号"]),
        (["org_code", "", "床号"], ["第2列", "床号"]),
        (["org_code", "床号", "bed"], ["第2列（床**）", "第3列（b**）"]),
        (
            ["备注", "张三", "41150019800101123X", "13800001111"],
            ["第2列（张**）", "第3列（4**）", "第4列（1**）"],
        ),
        (["org_code", "41150019800101123X"], ["411****23X"]),
        (["org_code", "\u202e\n床"], ["��床"]),
        (["org_code", "年龄", "就诊流水号", "JZLSH", "备注"], ["JZLSH"]),
        (["org_code", "床" * 101], ["床" * 100]),
    ],
    ids=[
        *("in a header", "without a name", "more unknown than known", "in a row of data"),
        *("a number", "invisible", "doubled", "endless"),
    ],
)
def test_a_column_kept_out_is_named_unless_its_name_may_be_a_persons(
    names: list[str], shown: list[str]
) -> None:
    assert kept_out(*names) == shown


def test_the_first_of_two_columns_of_one_field_counts() -> None:
    header = recognise(["visit_id", "org_code", "就诊流水号"], visit_table())

    assert header.positions == {"visit_id": 0, "declared_org_code": 1}
    assert [(defect.rule_id, defect.column_name, defect.detail) for defect in header.defects] == [
        (UNKNOWN_COLUMN, "就诊流水号", "列重复出现，只取第一次出现的一列")
    ]
