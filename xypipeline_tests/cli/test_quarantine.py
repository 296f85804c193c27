import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xypipeline.cli import commands
from xypipeline.errors import PeriodError, QuarantineError
from xypipeline.warehouse import open_warehouse, read_warehouse
from xypipeline_tests.quarantine.installation import deliver_faulty, take_in


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Faulty uploads, taken in by stricter rules than are in force."""
    deliver_faulty(tmp_path / "landing")
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        take_in(connection, tmp_path / "landing")
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("XY_LANDING_DIR", raising=False)
    # Both are set along the way; what was there before comes back.
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv("DAGSTER_EVENT_BATCH_SIZE", "1000")
    return tmp_path


def output_of(*arguments: str) -> list[str]:
    result = CliRunner().invoke(commands, ["quarantine", *arguments], catch_exceptions=False)
    return result.stdout.splitlines()


def test_list_counts_by_rule_hospital_table_and_file(data_dir: Path) -> None:
    lines = [line.split() for line in output_of("list") if line and "─" not in line]

    assert lines == [
        ["隔离", "5", "行，涉及", "2", "个文件，其中", "1", "行未能解析，只能重新上传。"],
        ["规则", "名称", "行数"],
        ["G06", "值域合规", "3"],
        ["G01", "必填项不为空", "1"],
        ["G08", "机构代码一致", "1"],
        ["I01", "行可解析", "1"],
        ["医院", "机构代码", "行数"],
        ["信阳市中心医院", "411500001", "4"],
        ["信阳市人民医院", "411500002", "1"],
        ["表", "表代码", "行数"],
        ["科室信息", "department", "5"],
        ["文件", "隔离行数", "未能解析", "首行行号"],
        ["2023-04-01/411500001/department.csv", "4", "1", "3"],
        ["2023-04-02/411500002/department.csv", "1", "2"],
    ]


def test_list_of_a_hospital_names_fields(data_dir: Path) -> None:
    text = "\n".join(output_of("list", "--hospital", "市人民", "--period", "2023-04-02"))

    assert "行内机构代码与上传医院不一致" in text
    assert "信阳市中心医院" not in text


def test_nothing_in_quarantine_is_said(data_dir: Path) -> None:
    target = data_dir / "rows.csv"

    assert output_of("list", "--period", "2023-04-03") == ["没有被隔离的行。"]
    assert output_of("export", "2023-04-03", "--to", str(target)) == ["没有被隔离的行。未写文件。"]
    assert not target.exists()


def test_export_writes_masked_rows(data_dir: Path) -> None:
    target = data_dir / "rows.csv"

    assert output_of("export", "2023Q2", "--to", str(target), "--table", "科室信息") == [
        f"{target}：隔离 5 行，原因 6 条，内容已脱敏。"
    ]
    with target.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["内容（已脱敏）"] for row in csv.DictReader(file)]
    assert cells == ["Z", "Z", "", "Z", "", "411****01"]


def test_what_cannot_be_done_is_told(data_dir: Path) -> None:
    with pytest.raises(QuarantineError, match="must end in .xlsx or .csv"):
        output_of("export", "2023Q2", "--to", "rows.pdf")
    with pytest.raises(PeriodError, match="is no period"):
        output_of("list", "--period", "April")
    with pytest.raises(QuarantineError, match="Nothing was taken in from 2023-05-01 to 2023-05-01"):
        output_of("replay", "2023-05-01")


@pytest.mark.slow
def test_replay_lets_in_what_the_rules_in_force_allow_without_a_new_upload(data_dir: Path) -> None:
    for path in (data_dir / "landing").rglob("*.csv"):
        path.unlink()

    lines = output_of("replay", "2023-04-01..2023-04-02")

    assert lines[:2] == [
        "2023-04-01 至 2023-04-02 已按现行规则重判：2 行解除隔离，0 行新隔离，",
        "2 行仍被隔离；另有 1 行未能解析，不能重判，只能重新上传。",
    ]
    with read_warehouse(data_dir / "warehouse.duckdb") as connection:
        kept = (
            "select rule_id, count(*) from validated.finding where severity = 'fatal' group by 1 order by 1"
        )
        assert connection.sql(kept).fetchall() == [("G01", 1), ("G08", 1), ("I01", 1)]
        scored = "select tables_uploaded, rows_uploaded from scores.standing where org_code = '411500001'"
        assert connection.sql(scored).fetchall() == [(1, 3)]
