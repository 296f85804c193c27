import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xypipeline.cli.standard import app
from xypipeline.errors import RegistryError, RehearsalError, StandardError, WarehouseError
from xypipeline.registry.institutions import REGISTRY_DIR
from xypipeline.standard.catalogue import VERSIONS_DIR, current_catalogue
from xypipeline.warehouse import open_warehouse
from xypipeline_tests.publication.explain.installation import CATALOGUE
from xypipeline_tests.quarantine.installation import deliver_faulty, take_in


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
        "Register 2023.1: 41 hospitals, 35 connections, 0 outages and closures, 0 tables not applicable; "
        "no contradictions.\n"
    )


def test_check_tells_of_the_register_what_is_no_table_of_the_standard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(REGISTRY_DIR, folder)
    line = "411500001,no_such_table,suspended,2023-01-01,2023-12-31,批复,李四\n"
    with (folder / "applicability.csv").open("a", encoding="utf-8") as file:
        file.write(line)
    monkeypatch.setattr("xypipeline.registry.institutions.REGISTRY_DIR", folder)

    with pytest.raises(RegistryError) as error:
        output_of("check")
    assert str(error.value) == (
        f"{folder}/applicability.csv:2: table_code no_such_table is no table of the standard; "
        "see `xypipeline standard list`."
    )


def test_check_tells_every_problem_of_a_malformed_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2031.1").mkdir()
    monkeypatch.setattr("xypipeline.cli.standard.VERSIONS_DIR", tmp_path)

    assert error_of("check").startswith(f"{tmp_path / '2031.1' / 'standard.toml'}: ")


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """The next version: a department must name the one above it, and may name its floor."""
    folder = tmp_path / "2024.1"
    shutil.copytree(VERSIONS_DIR / "2023.1", folder)
    head, fields = folder / "standard.toml", folder / "tables" / "department.csv"
    head.write_text(head.read_text("utf-8").replace("2023.1", "2024.1"), encoding="utf-8")
    text = fields.read_text("utf-8").replace("上级科室代码,string,20,,O", "上级科室代码,string,20,,M")
    fields.write_text(f"{text.rstrip()}\n16,floor_no,,楼层,string,8,,O,,,,,,,none,\n", encoding="utf-8")
    return folder


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    deliver_faulty(tmp_path / "landing")
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        take_in(connection, tmp_path / "landing", CATALOGUE)
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    return tmp_path


def test_diff_tells_what_a_version_changes(planned: Path) -> None:
    lines = output_of("diff", "2023.1", str(planned)).splitlines()

    assert lines[:2] == [
        "原：2023.1，自 2023-01-01 起，51 张表，1,211 个字段，242 条规则",
        "新：2024.1，自 2023-01-01 起，51 张表，1,212 个字段，242 条规则",
    ]
    assert [cells(line) for line in lines[4:]] == [
        ["字段", "修改", "department.parent_dept_code", "上级科室代码", "必填", "选填", "必填"],
        ["字段", "新增", "department.floor_no", "楼层"],
    ]
    assert output_of("diff", "2023.1", "2023.1").splitlines()[2:] == ["两个版本没有差别。"]


def test_rehearse_tells_who_would_fail_what(data_dir: Path, planned: Path) -> None:
    before = (data_dir / "warehouse.duckdb").read_bytes()
    text = output_of("rehearse", str(planned), "--period", "2023-04-01", "--table", "科室信息")
    lines = [cells(line) for line in text.splitlines() if line and "─" not in line]

    assert lines == [
        ["数据标准", "2023.1", "→", "2024.1，用", "2023-04-01", "至", "2023-04-01", "已入库的行演练。"],
        ["0", "张表两版判定相同，1", "张表已按两版各判一遍。"],
        ["合格率与隔离行数会变动的医院和表"],
        ["医院", "表", "行数", "现合格率", "新合格率"],
        ["信阳市中心医院", "科室信息", "4", "33.33", "%", "0.00", "%"],
        ["会增加和消除的问题"],
        ["医院", "表", "规则", "字段", "级别", "增加"],
        ["信阳市中心医院", "科室信息", "G01", "parent_dept_code", "错误", "3"],
        ["不能演练的部分"],
        ["代码", "原因"],
        ["department.floor_no", "楼层：未存，不能演练"],
        ["以上只是演练，没有写入任何结果。"],
    ]
    assert (data_dir / "warehouse.duckdb").read_bytes() == before


def test_what_cannot_be_rehearsed_is_told(
    data_dir: Path, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RehearsalError, match="Nothing was taken in from 2023-05-01 to 2023-05-01"):
        output_of("rehearse", str(planned), "--period", "2023-05-01")
    assert error_of("rehearse", str(planned), "--period", "2023-04-01", "--table", "xyz").startswith(
        "The standard has no table 'xyz'"
    )
    assert error_of("diff", "2023.1", "2025.1").startswith(
        "2025.1 is neither a version (2023.1) nor a folder"
    )
    monkeypatch.setenv("XY_DATA_DIR", str(planned))
    with pytest.raises(WarehouseError, match="nothing was run yet"):
        output_of("rehearse", str(planned), "--period", "2023-04-01")
