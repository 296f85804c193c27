from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from xypipeline.orchestration.home import prepare_home
from xypipeline.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty installation, which this process uses until the test ends."""
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("XY_LANDING_DIR", raising=False)
    # Both are set along the way; what was there before comes back.
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv("DAGSTER_EVENT_BATCH_SIZE", "1000")
    (tmp_path / "landing").mkdir()
    return load_settings()


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """Dagster's instance of the installation, as the project's `dagster.yaml` describes it."""
    prepare_home(settings)
    with dg.DagsterInstance.get() as instance:
        yield instance
