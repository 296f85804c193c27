import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.explain.explain import EXPLAINED, figure_titles
from xypipeline.publication.explain.find import find_figure, find_hospital
from xypipeline_tests.publication.explain.installation import FIRST, SECOND, UNCONNECTED, Scored


@pytest.mark.parametrize(
    ("text", "org_code"),
    [(FIRST, FIRST), (" 甲县中医院 ", SECOND), ("丙", UNCONNECTED), ("甲县人民医院", FIRST)],
    ids=["code", "name", "part", "a name that is found elsewhere, too"],
)
def test_a_hospital_is_found_by_code_name_or_part(scored: Scored, text: str, org_code: str) -> None:
    assert find_hospital(scored.figures, text) == org_code


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "人民",
            "“人民”可指 2 家医院，请写全名或机构代码：甲县人民医院（411500001）、乙县人民医院（411500003）。",
        ),
        ("甲县人医院", "2023Q2 没有医院“甲县人医院”。是否指：甲县人民医院（411500001）、"),
        ("411500009", "2023Q2 没有医院“411500009”。是否指："),
        ("郑州", "2023Q2 没有医院“郑州”。请按附件中的医院名称或机构代码填写。"),
        ("", "2023Q2 没有医院“”。请按"),
    ],
    ids=["ambiguous", "misspelt", "wrong code", "unknown", "nothing"],
)
def test_a_hospital_that_is_not_one_is_told_with_what_comes_close(
    scored: Scored, text: str, message: str
) -> None:
    with pytest.raises(PublicationError) as error:
        find_hospital(scored.figures, text)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "column"),
    [("interruption_days", "interruption_days"), ("中断", "interruption_days"), ("合格率", "qualified_pct")],
)
def test_a_figure_is_found_by_column_or_title(text: str, column: str) -> None:
    assert find_figure(text) == column


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("上传表数量和数据量", "不是可以说明的数字，请写其中一项：上传表数量（tables_uploaded）"),
        ("数据", "可指几项"),
    ],
)
def test_a_figure_that_is_not_one_is_told(text: str, message: str) -> None:
    with pytest.raises(PublicationError, match=message.replace("（", ".").replace("）", ".")):
        find_figure(text)


def test_every_figure_has_a_title() -> None:
    assert tuple(figure_titles()) == EXPLAINED
