from pathlib import Path

import pytest
from typer.testing import CliRunner

from xypipeline.cli import commands
from xypipeline.errors import PolicyError, PublicationError, WarehouseError
from xypipeline.policy.policy import POLICY_DIR
from xypipeline.warehouse import open_warehouse
from xypipeline_tests.publication.explain.installation import deliver_examples, score


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    deliver_examples(folder / "landing")
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        score(folder / "landing", connection)
    return folder


def draft(folder: Path, before: str, after: str) -> str:
    path = folder / "draft.toml"
    text = (POLICY_DIR / "2023.toml").read_text(encoding="utf-8")
    path.write_text(text.replace(before, after), encoding="utf-8")
    return str(path)


def output_of(data_dir: Path, *arguments: str) -> list[str]:
    runner = CliRunner(env={"XY_DATA_DIR": str(data_dir)})
    return runner.invoke(commands, ["policy", *arguments], catch_exceptions=False).stdout.splitlines()


def test_show_prints_every_number(data_dir: Path) -> None:
    lines = output_of(data_dir, "show", "2024")

    assert lines[0] == f"考核口径 2023.1，自 2023 年起执行：{POLICY_DIR / '2023.toml'}"
    assert lines[3].split() == ["第一梯队，完整率不低于", "60", "%", "tiers.first_at_least_pct"]
    assert output_of(data_dir, "show")[1:] == lines[1:]


def test_diff_tells_who_would_move(data_dir: Path, tmp_path: Path) -> None:
    before = (data_dir / "warehouse.duckdb").read_bytes()
    path = draft(tmp_path, "second_at_least_pct = 40", "second_at_least_pct = 30")
    lines = output_of(data_dir, "diff", "2023", path, "--period", "2023q2")

    assert lines[3].split() == [
        "第二梯队，完整率不低于", "40", "%", "30", "%", "是", "tiers.second_at_least_pct",
    ]  # fmt: skip
    assert lines[4] == "注意：数值不同而版本相同，正式使用前须改新口径的 version。"
    assert lines[6] == (
        "2023Q2 影子排名：5 家医院，梯队变动 2 家，名次变动 0 家，得分变动 0 家，"
        "数据连续性变动 0 家，严重缺失变动 0 家。"
    )
    assert [line.split()[:4] for line in lines[9:-1]] == [
        ["甲县人民医院", "3", "→", "2"],
        ["甲县中医院", "3", "→", "2"],
    ]
    assert lines[-1] == "以上只是推演，没有写入任何结果。"
    assert (data_dir / "warehouse.duckdb").read_bytes() == before


def test_numbers_that_rank_nobody_move_nobody(data_dir: Path, tmp_path: Path) -> None:
    path = draft(tmp_path, "rectification_days = 30", "rectification_days = 20")

    assert output_of(data_dir, "diff", "2023", path, "--period", "2023Q2")[-1] == (
        "变动的数值不涉及梯队、连续性和得分，没有医院会变动。"
    )
    assert output_of(data_dir, "diff", "2023", "2024", "--period", "2023Q2")[-1] == (
        "两份口径的数值完全相同，没有医院会变动。"
    )


def test_what_is_missing_is_told(data_dir: Path, tmp_path: Path) -> None:
    path = draft(tmp_path, "second_at_least_pct = 40", "second_at_least_pct = 30")
    with pytest.raises(PolicyError, match="there is no policy for 2022"):
        output_of(data_dir, "show", "2022")
    with pytest.raises(PolicyError, match="neither a year nor the path"):
        output_of(data_dir, "diff", "2023", "none.toml", "--period", "2023Q2")
    with pytest.raises(PublicationError, match="2023Q3 has not been scored; run it first"):
        output_of(data_dir, "diff", "2023", path, "--period", "2023Q3")
    with pytest.raises(WarehouseError, match="nothing was run yet"):
        output_of(tmp_path, "diff", "2023", path, "--period", "2023Q2")
