from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from xypipeline.cli.simulate import simulate
from xypipeline.errors import PeriodError, SimulationError, XyPipelineError

APP = typer.Typer()
APP.command()(simulate)


def call(*arguments: str) -> None:
    CliRunner().invoke(APP, arguments, catch_exceptions=False)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("XY_LANDING_DIR", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["2023Q1"], SimulationError, "there is one of 2023Q2"),
        (["spring"], PeriodError, "'spring' is no quarter"),
        (["2023Q2", "--scale", "2"], SimulationError, "cannot be 2.0"),
        (["2023Q2", "--faults", "-1"], SimulationError, "cannot be -1.0"),
    ],
    ids=["no replay", "no quarter", "scale", "faults"],
)
def test_what_cannot_be_simulated_is_told(
    arguments: list[str], error: type[XyPipelineError], message: str
) -> None:
    with pytest.raises(error, match=message):
        call(*arguments)


def test_real_uploads_are_left_alone(data_dir: Path) -> None:
    upload = data_dir / "landing" / "2023-04-01" / "411500001" / "staff.csv"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"real")

    with pytest.raises(SimulationError, match="not simulated"):
        call("2023Q2")

    assert [path for path in data_dir.rglob("*") if path.is_file()] == [upload]
