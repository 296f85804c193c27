from pathlib import Path

import pytest
import yaml

from xypipeline.orchestration.home import prepare_home
from xypipeline.settings import PROJECT_ROOT, Settings, load_settings

POSTGRES = PROJECT_ROOT / "deploy" / "dagster-postgres.yaml"
STORAGES = {"run_storage", "event_log_storage", "schedule_storage", "storage"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.delenv("XY_DAGSTER_CONFIG", raising=False)


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_state_lies_in_the_data_folder_in_use(tmp_path: Path) -> None:
    home = prepare_home(Settings(data_dir=tmp_path, landing_dir=tmp_path / "landing"))

    config = read(home / "dagster.yaml")
    assert config["run_storage"]["config"]["base_dir"] == str(tmp_path / "state" / "runs")
    assert config["telemetry"] == {"enabled": False}


def test_another_configuration_is_chosen_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("XY_DAGSTER_CONFIG", str(POSTGRES))

    home = prepare_home(load_settings())

    config = read(home / "dagster.yaml")
    assert "event_log_storage" not in config
    assert config["storage"]["postgres"]["postgres_db"]["password"] == {"env": "XY_POSTGRES_PASSWORD"}


def test_the_two_configurations_differ_in_storage_only() -> None:
    sqlite, postgres = (
        {key: value for key, value in read(path).items() if key not in STORAGES}
        for path in (PROJECT_ROOT / "dagster.yaml", POSTGRES)
    )

    assert postgres == sqlite
