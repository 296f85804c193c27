from pathlib import Path

import pytest
from typer.testing import CliRunner

from xypipeline.cli import commands
from xypipeline.errors import PublicationError, WarehouseError, XyPipelineError
from xypipeline.warehouse import open_warehouse
from xypipeline_tests.publication.explain.installation import FIRST, deliver_examples, score


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    deliver_examples(folder / "landing")
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        score(folder / "landing", connection)
    return folder


def output_of(data_dir: Path, *arguments: str) -> list[str]:
    runner = CliRunner(env={"XY_DATA_DIR": str(data_dir)})
    result = runner.invoke(commands, ["explain", *arguments], catch_exceptions=False)
    return result.stdout.splitlines()


def error_of(data_dir: Path, *arguments: str) -> XyPipelineError:
    with pytest.raises(XyPipelineError) as error:
        output_of(data_dir, *arguments)
    return error.value


def test_without_a_figure_each_is_told_in_a_line(data_dir: Path) -> None:
    lines = output_of(data_dir, "2023Q2", "甲县人民")

    assert lines[0] == f"甲县人民医院（{FIRST}）"
    assert lines[1].split() == ["项目", "列名", "公布值", "算法", "条款"]
    assert [line.split()[1:3] for line in lines[3:14]] == [
        ["tables_uploaded", "1"],
        ["completeness_pct", "33.33"],
        ["applicable_completeness_pct", "33.33"],
        ["rows_uploaded", "5"],
        ["interruption_days", "5"],
        ["last_upload_date", "2023-04-07"],
        ["remark", "（空）"],
        ["tier", "3"],
        ["score", "26.67"],
        ["rank", "1"],
        ["qualified_pct", "83.33"],
    ]
    assert "中断：应上传日 8 − 其中的上传日 3 = 5" in lines[7]


def test_a_figure_is_told_with_definition_arithmetic_policy_and_inputs(data_dir: Path) -> None:
    text = "\n".join(output_of(data_dir, "2023Q2", FIRST, "中断"))

    for part in (
        f"甲县人民医院（{FIRST}）上传中断天数 interruption_days\n公布值：5\n定义：",
        "（docs/scoring.md 第5条）",
        "\n算法\n  应上传日：统计期 10 − 不需上传的日子 2 = 8\n",
        "continuity.good_at_most_days",
        "\n中断的日子（5天）\n",
        "致命行 1 行（G01 必填项不为空 1 行）",
        "统计期内的免传登记（平台停机、经批准的停传）：无",
        "计算依据：数据标准 2023.1 版，考核口径 2023.1 版，医院名册 9.9 版。",
    ):
        assert part in text


def test_a_quarter_that_was_not_run_is_told(data_dir: Path, tmp_path: Path) -> None:
    not_scored = error_of(data_dir, "2023Q3", FIRST)
    nothing_run = error_of(tmp_path, "2023Q2", FIRST)

    assert (type(not_scored), str(not_scored)) == (
        PublicationError,
        "2023Q3 has not been scored; run it first.",
    )
    assert type(nothing_run) is WarehouseError
    assert "nothing was run yet; run the period first" in str(nothing_run)


def test_the_warehouse_is_not_changed(data_dir: Path) -> None:
    before = (data_dir / "warehouse.duckdb").read_bytes()
    output_of(data_dir, "2023Q2", FIRST, "rank")

    assert (data_dir / "warehouse.duckdb").read_bytes() == before
