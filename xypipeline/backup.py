"""Copies what cannot be computed again, and puts it back: warehouse, Dagster's state, publications.

The uploads are not among it: landing belongs to the commission's own backup. State that lies in PostgreSQL
is saved with its own tools.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from xypipeline.errors import BackupError
from xypipeline.settings import Settings
from xypipeline.warehouse import RESTORE_MARK, hold_warehouse, merge_log

MANIFEST = "manifest.json"
STATE_DATABASES = "*/*.db"
# What lay in landing when each day was taken in: without it no file would ever be late again.
ARRIVALS = "arrivals/*.json"


@dataclass(frozen=True)
class Backup:
    """One backup: a folder with a manifest, which is written last."""

    folder: Path
    checksums: dict[str, str]
    """SHA-256 of each file, by its path in the folder; the paths are those below the data folder."""

    @property
    def bytes(self) -> int:
        """What it takes on the disk."""
        return sum((self.folder / name).stat().st_size for name in self.checksums)


def write_backup(settings: Settings, folder: Path, now: datetime) -> Backup:
    """Copy everything into a new folder, while no run can write to the warehouse.

    Raises:
        BackupError: the folder exists, or there is no warehouse.
        WarehouseError: a run held the warehouse for too long.
    """
    if folder.exists():
        raise BackupError(f"{folder} exists; name a new folder for each backup.")
    if not settings.warehouse_path.exists():
        raise BackupError(f"{settings.warehouse_path} does not exist; there is nothing to save.")
    unfinished = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    with hold_warehouse(settings.warehouse_path):
        merge_log(settings.warehouse_path)
        shutil.copy2(settings.warehouse_path, unfinished)
        _copy_state(settings.state_dir, unfinished / settings.state_dir.name)
        if settings.publication_dir.exists():
            shutil.copytree(settings.publication_dir, unfinished / settings.publication_dir.name)
    checksums = {path.relative_to(unfinished).as_posix(): _checksum(path) for path in _files(unfinished)}
    manifest = {"written_at": now.isoformat(timespec="seconds"), "sha256": checksums}
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    unfinished.rename(folder)
    return Backup(folder, checksums)


def read_backup(folder: Path) -> Backup:
    """Check a backup file by file.

    Raises:
        BackupError: it was not finished, or a file is missing, changed or added.
    """
    try:
        checksums = json.loads((folder / MANIFEST).read_bytes())["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"{folder} is no finished backup: {MANIFEST} is missing or damaged.") from error
    found = {path.relative_to(folder).as_posix(): _checksum(path) for path in _files(folder)}
    found.pop(MANIFEST)
    wrong = sorted(name for name in found.keys() | checksums if found.get(name) != checksums.get(name))
    if wrong:
        raise BackupError(f"{folder} is not as it was written: {', '.join(wrong)}. Use another backup.")
    return Backup(folder, checksums)


def restore_backup(settings: Settings, folder: Path, now: datetime) -> Path | None:
    """Put a backup in the place of what is there; webserver and daemon must be stopped.

    Nothing is touched before all is copied. Killed after that, nobody can use the warehouse until a restore
    is repeated, and none of what was there is lost.

    Returns:
        The folder where what was replaced lies now; None if there was nothing.

    Raises:
        BackupError: the backup is not whole; nothing has been touched.
        WarehouseError: a run held the warehouse for too long.
    """
    backup = read_backup(folder)
    mark = settings.warehouse_path.with_name(RESTORE_MARK)
    with hold_warehouse(settings.warehouse_path, to_restore=True):
        copies = _copy_beside(backup, settings)
        mark.touch()
        aside = _free_name(settings.data_dir / f"replaced-{now:%Y%m%dT%H%M%S}")
        moved = [_move_aside(path, aside) for path in _replaced(settings) if path.exists()]
        for path in sorted(copies.iterdir()):
            path.rename(settings.data_dir / path.name)
        copies.rmdir()
        mark.unlink()
    return aside if moved else None


def _copy_beside(backup: Backup, settings: Settings) -> Path:
    """Copy all files into a folder from which they need only be renamed into their places."""
    copies = settings.data_dir / "restore.part"
    shutil.rmtree(copies, ignore_errors=True)
    for name in backup.checksums:
        target = copies / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(backup.folder / name, target)
    return copies


def _free_name(path: Path) -> Path:
    # A restore that was killed may be repeated within the second; what it moved aside is not to be touched.
    taken = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(name for name in chain([path], taken) if not name.exists())


def _replaced(settings: Settings) -> list[Path]:
    log = settings.warehouse_path.with_name(f"{settings.warehouse_path.name}.wal")
    return [settings.warehouse_path, log, settings.state_dir, settings.publication_dir]


def _move_aside(path: Path, aside: Path) -> Path:
    aside.mkdir(parents=True, exist_ok=True)
    return path.rename(aside / path.name)


def _copy_state(source_dir: Path, target_dir: Path) -> None:
    for path in sorted(source_dir.glob(STATE_DATABASES)):
        target = _place_of_copy(path, source_dir, target_dir)
        # A plain copy of a database that is being written may be torn; SQLite's own is one moment's state.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    for path in sorted(source_dir.glob(ARRIVALS)):
        shutil.copy2(path, _place_of_copy(path, source_dir, target_dir))


def _place_of_copy(path: Path, source_dir: Path, target_dir: Path) -> Path:
    target = target_dir / path.relative_to(source_dir)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
