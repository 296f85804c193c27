import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from xypipeline.orchestration.home import prepare_home
from xypipeline.owner_only import close_installation, close_to_others, keep_to_owner
from xypipeline.settings import Settings
from xypipeline.warehouse import open_warehouse


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "data", tmp_path / "data" / "landing")


def open_folders(settings: Settings) -> None:
    """As an earlier version has left them."""
    for folder in (settings.state_dir, settings.publication_dir, settings.landing_dir):
        folder.mkdir(parents=True)
    for name in ("warehouse.duckdb", "warehouse.duckdb.wal", "warehouse.lock", "expected-findings.parquet"):
        (settings.data_dir / name).touch()


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in sorted(folder.iterdir())}


def test_what_a_process_writes_is_its_account_s(tmp_path: Path) -> None:
    keep_to_owner()
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()

    assert modes(tmp_path) == {"file": 0o600, "folder": 0o700}


def test_the_warehouse_is_its_account_s_under_any_umask(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "warehouse.duckdb"):
        assert modes(tmp_path)["warehouse.duckdb"] == 0o600


def test_what_an_earlier_start_left_open_is_closed(settings: Settings) -> None:
    open_folders(settings)

    assert close_installation(settings) == []
    assert modes(settings.data_dir) == {
        "expected-findings.parquet": 0o600,
        "landing": 0o700,
        "publication": 0o755,  # nobody's data, and perhaps shared
        "state": 0o700,
        "warehouse.duckdb": 0o600,
        "warehouse.duckdb.wal": 0o600,
        "warehouse.lock": 0o600,
    }


def test_a_landing_folder_of_others_is_left_as_it_is_and_complained_of(tmp_path: Path, caplog) -> None:
    settings = Settings(tmp_path / "data", tmp_path / "srv")
    settings.landing_dir.mkdir()

    prepare_home(settings)

    assert stat.S_IMODE(settings.landing_dir.stat().st_mode) == 0o755
    assert caplog.messages == [
        f"every account of this machine may read {settings.landing_dir}: chmod o-rwx it"
    ]
    settings.landing_dir.chmod(0o750)
    assert close_installation(settings) == []


def test_what_is_not_there_cannot_be_closed(tmp_path: Path) -> None:
    assert not close_to_others(tmp_path / "gone")
