import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from xypipeline.backup import MANIFEST, read_backup, restore_backup, write_backup
from xypipeline.errors import BackupError, WarehouseError
from xypipeline.landing.lateness import find_late_days, list_day, remember_days
from xypipeline.settings import Settings
from xypipeline.warehouse import RESTORE_MARK, open_warehouse
from xypipeline_tests.publication.editions.killing import KilledError, killed_before_step

NOW = datetime(2023, 7, 1, 4, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data", landing_dir=tmp_path / "landing")
    set_down(settings, "before")
    return settings


def set_down(settings: Settings, text: str) -> None:
    with open_warehouse(settings.warehouse_path) as connection:
        connection.execute("create or replace table scores.note as select ? as text", [text])
    (settings.publication_dir / "2023Q2").mkdir(parents=True, exist_ok=True)
    (settings.publication_dir / "2023Q2" / "attachment.json").write_text(text, encoding="utf-8")
    (settings.state_dir / "runs").mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(settings.state_dir / "runs" / "runs.db")) as state, state:
        state.execute("create table if not exists note (text)")
        state.execute("delete from note")
        state.execute("insert into note values (?)", [text])


def what_is_there(data_dir: Path) -> list[str]:
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as warehouse:
        texts = [warehouse.execute("select text from scores.note").fetchall()[0][0]]
    texts.append((data_dir / "publication" / "2023Q2" / "attachment.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(data_dir / "state" / "runs" / "runs.db")) as state:
        texts.append(state.execute("select text from note").fetchone()[0])
    return texts


def test_a_restored_backup_is_what_was_there(settings: Settings, tmp_path: Path) -> None:
    write_backup(settings, tmp_path / "backup", NOW)
    set_down(settings, "after")

    aside = restore_backup(settings, tmp_path / "backup", NOW)

    assert what_is_there(settings.data_dir) == ["before"] * 3
    assert aside == settings.data_dir / "replaced-20230701T043000"
    assert what_is_there(aside) == ["after"] * 3


def test_a_lost_machine_is_restored_into_an_empty_folder(settings: Settings, tmp_path: Path) -> None:
    write_backup(settings, tmp_path / "backup", NOW)
    shutil.rmtree(settings.data_dir)

    assert restore_backup(settings, tmp_path / "backup", NOW) is None
    assert what_is_there(settings.data_dir) == ["before"] * 3


def test_state_that_is_being_written_is_copied_as_last_committed(settings: Settings, tmp_path: Path) -> None:
    with closing(sqlite3.connect(settings.state_dir / "runs" / "runs.db")) as writer:
        writer.execute("pragma journal_mode = wal")
        writer.execute("update note set text = 'not committed'")
        write_backup(settings, tmp_path / "backup", NOW)
        writer.rollback()

    assert what_is_there(tmp_path / "backup") == ["before"] * 3


def test_what_a_killed_run_committed_is_in_the_backup(settings: Settings, tmp_path: Path) -> None:
    log = settings.data_dir / "warehouse.duckdb.wal"
    with open_warehouse(settings.warehouse_path) as connection:
        connection.execute("update scores.note set text = 'in the log'")
        killed = {path: path.read_bytes() for path in (settings.warehouse_path, log)}
    for path, content in killed.items():
        path.write_bytes(content)

    write_backup(settings, tmp_path / "backup", NOW)

    assert what_is_there(tmp_path / "backup")[0] == "in the log"


@pytest.fixture
def damaged(settings: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    folder = write_backup(settings, tmp_path / "backup", NOW).folder
    attachment = folder / "publication" / "2023Q2" / "attachment.json"
    match request.param:
        case "changed":
            attachment.write_text("other", encoding="utf-8")
        case "missing":
            attachment.unlink()
        case "added":
            attachment.with_name("more.json").touch()
        case "unfinished":
            (folder / MANIFEST).unlink()
    return folder


@pytest.mark.parametrize("damaged", ["changed", "missing", "added", "unfinished"], indirect=True)
def test_a_damaged_backup_is_refused_and_nothing_is_touched(settings: Settings, damaged: Path) -> None:
    set_down(settings, "after")

    with pytest.raises(BackupError, match="is not as it was written|is no finished backup"):
        restore_backup(settings, damaged, NOW)

    assert what_is_there(settings.data_dir) == ["after"] * 3


def test_a_backup_never_overwrites_another(settings: Settings, tmp_path: Path) -> None:
    first = write_backup(settings, tmp_path / "backup", NOW)

    with pytest.raises(BackupError, match="name a new folder"):
        write_backup(settings, tmp_path / "backup", NOW)

    assert read_backup(tmp_path / "backup") == first


def test_without_a_warehouse_there_is_nothing_to_save(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", landing_dir=tmp_path / "landing")

    with pytest.raises(BackupError, match="there is nothing to save"):
        write_backup(settings, tmp_path / "backup", NOW)

    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_free_after_a_backup(settings: Settings, tmp_path: Path) -> None:
    write_backup(settings, tmp_path / "backup", NOW)

    with FileLock(settings.data_dir / "warehouse.lock", timeout=0):
        pass


def texts_aside(data_dir: Path) -> list[set[str]]:
    """What was moved aside, as in `what_is_there`, by however many restores."""
    found = [folder for folder in data_dir.glob("replaced-*") if (folder / "warehouse.duckdb").exists()]
    warehouses = [duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) for folder in found]
    texts = {warehouse.execute("select text from scores.note").fetchall()[0][0] for warehouse in warehouses}
    for warehouse in warehouses:
        warehouse.close()
    attachments = data_dir.glob("replaced-*/publication/2023Q2/attachment.json")
    return [texts, {path.read_text(encoding="utf-8") for path in attachments}]


def test_a_restore_killed_at_any_step_is_repeated_and_loses_nothing(tmp_path: Path) -> None:
    kills = set()
    for step in range(1, 100):
        settings = Settings(data_dir=tmp_path / f"data {step}", landing_dir=tmp_path / "landing")
        set_down(settings, "before")
        folder = write_backup(settings, tmp_path / f"backup {step}", NOW).folder
        set_down(settings, "after")
        mark = settings.data_dir / RESTORE_MARK
        try:
            with killed_before_step(step):
                restore_backup(settings, folder, NOW)
            break
        except KilledError:
            kills.add(mark.exists())
        if mark.exists():
            with pytest.raises(WarehouseError, match="run `xypipeline restore` again"):
                set_down(settings, "a run in between")
        else:
            assert what_is_there(settings.data_dir) in (["before"] * 3, ["after"] * 3)

        restore_backup(settings, folder, NOW)

        assert what_is_there(settings.data_dir) == ["before"] * 3
        assert all("after" in texts for texts in texts_aside(settings.data_dir))
        assert not mark.exists()
    assert kills == {True, False}


def test_what_lay_in_landing_when_days_were_taken_in_is_restored(settings: Settings, tmp_path: Path) -> None:
    day = date(2023, 4, 1)
    file = settings.landing_dir / "2023-04-01" / "411500001" / "department.csv"
    file.parent.mkdir(parents=True)
    file.write_text("taken in", encoding="utf-8")
    marks = settings.state_dir / "arrivals"
    remember_days(marks, {day: list_day(settings.landing_dir, day)})
    write_backup(settings, tmp_path / "backup", NOW)
    shutil.rmtree(settings.data_dir)
    file.write_text("sent once more", encoding="utf-8")

    restore_backup(settings, tmp_path / "backup", NOW)

    in_an_hour = file.stat().st_mtime + 3600
    assert [late.day for late in find_late_days(settings.landing_dir, marks, in_an_hour)] == [day]
