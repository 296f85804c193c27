from pathlib import Path

import pytest
from typer.testing import CliRunner

from xypipeline.cli.standard import app
from xypipeline.errors import StandardError
from xypipeline.standard.catalogue import current_catalogue


def output_of(*arguments: str) -> str:
    return CliRunner().invoke(app, arguments, catch_exceptions=False).stdout


def error_of(*arguments: str) -> str:
    with pytest.raises(StandardError) as error:
        output_of(*arguments)
    return str(error.value)


def cells(line: str) -> list[str]:
    return line.split()


def test_list_names_every_table_on_a_line_of_its_own() -> None:
    lines = output_of("list").splitlines()

    assert cells(lines[0]) == ["序号", "代码", "表", "所属", "上传频率", "字段数"]
    assert [cells(line)[1] for line in lines[2:]] == list(current_catalogue().tables)
    assert cells(lines[2]) == ["1", "org_info", "医疗机构信息", "基础资源", "定期全量", "17"]


@pytest.mark.parametrize("domain", ["lab", "检验"])
def test_list_can_be_narrowed_to_a_domain(domain: str) -> None:
    lines = output_of("list", "--domain", domain).splitlines()

    assert [cells(line)[1] for line in lines[2:]] == [
        "lab_report",
        "lab_result",
        "lab_bacteria_result",
        "lab_susceptibility_result",
    ]


def test_an_unknown_domain_is_answered_with_the_known_ones() -> None:
    assert error_of("list", "--domain", "laboratory").startswith(
        "The standard has no domain 'laboratory'; it has base（基础资源）, outp（门急诊）"
    )


@pytest.mark.parametrize("name", ["lab_result", "TB_LIS_INDICATORS", "检验结果明细"])
def test_show_finds_a_table_by_any_name_and_cuts_nothing(name: str) -> None:
    text = output_of("show", name)
    table = current_catalogue().tables["lab_result"]

    assert text.startswith(
        "36. 检验结果明细 lab_result TB_LIS_Indicators\n粒度：每份报告的每个检验指标一行\n"
    )
    assert "引用：检验报告 lab_report（org_code、report_id）" in text
    assert "…" not in text
    for field in table.fields:
        assert any(cells(line)[:2] == [str(field.no), field.code] for line in text.splitlines())
    for rule in current_catalogue().rules_of(table):
        assert any(line.startswith(rule.id) and rule.expression in line for line in text.splitlines())


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("lab_reslt", "The standard has no table 'lab_reslt'; did you mean lab_result"),
        ("检验结果", "The standard has no table '检验结果'; did you mean 检验结果明细"),
        ("xyz", "The standard has no table 'xyz'; see `xypipeline standard list`."),
    ],
)
def test_an_unknown_table_is_answered_with_near_ones(name: str, answer: str) -> None:
    assert error_of("show", name).startswith(answer)


def test_check_tells_the_extent_of_each_version() -> None:
    assert output_of("check") == (
        "2023.1 (from 2023-01-01): 51 tables, 1,211 fields, 608 codes in 85 value domains, 242 rules; "
        "no contradictions.\n"
    )


def test_check_tells_every_problem_of_a_malformed_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2031.1").mkdir()
    monkeypatch.setattr("xypipeline.cli.standard.VERSIONS_DIR", tmp_path)

    assert error_of("check").startswith(f"{tmp_path / '2031.1' / 'standard.toml'}: ")
