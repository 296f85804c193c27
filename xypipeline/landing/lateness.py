"""Tells which days have got files since they were taken in, from names, sizes and times alone.

When a day is taken in, what lay in its folder is remembered in a small file of its own; no database is
opened to compare, so a running load is not disturbed.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xypipeline.archives import is_being_written
from xypipeline.landing.walk import DEEPEST_FOLDER

SETTLING_SECONDS = 300
WATCHED_DAYS = 400
Stamp = tuple[int, int]


@dataclass(frozen=True)
class LateDay:
    """A day that was taken in before some of its files arrived or changed."""

    day: date
    files: tuple[str, ...]
    """Paths relative to the landing folder, ordered."""
    signature: str
    """The same as long as the same files are late."""


def list_day(landing_dir: Path, day: date) -> dict[str, Stamp]:
    """Each finished file of a day: its path in the landing folder, its size and time of change (ns)."""
    return dict(_walk(landing_dir / day.isoformat(), day.isoformat()))


def remember_days(folder: Path, listings: Mapping[date, Mapping[str, Stamp]]) -> None:
    """Note what was there when days were taken in; list them before reading them, then nothing is missed.

    What was noted of days before the latest WATCHED_DAYS is deleted: nobody looks at it any more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for day, listing in listings.items():
        part = folder / f".{day}.part"
        part.write_text(json.dumps(listing), encoding="utf-8")
        part.replace(folder / f"{day}.json")
    for unwatched in _marks(folder)[:-WATCHED_DAYS]:
        unwatched.unlink(missing_ok=True)


def find_late_days(landing_dir: Path, folder: Path, now: float) -> list[LateDay]:
    """The days taken in, the latest WATCHED_DAYS of them, that have new or changed files since.

    A day waits while one of its late files was changed less than SETTLING_SECONDS ago. A file that is gone is
    not late: landing is never edited, so a missing folder is a mount that is away, not a correction.

    Args:
        landing_dir: only looked at; no file is opened.
        folder: what `remember_days` wrote to.
        now: seconds since 1970.
    """
    found = (_compare(landing_dir, mark, now) for mark in _marks(folder)[-WATCHED_DAYS:])
    return [late for late in found if late]


def _marks(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _compare(landing_dir: Path, mark: Path, now: float) -> LateDay | None:
    day = date.fromisoformat(mark.stem)
    remembered = json.loads(mark.read_text(encoding="utf-8"))
    late = {
        path: stamp
        for path, stamp in list_day(landing_dir, day).items()
        if remembered.get(path) != list(stamp)
    }
    if not late or any(abs(now - changed / 1e9) < SETTLING_SECONDS for _, changed in late.values()):
        return None
    described = json.dumps(sorted(late.items()))
    return LateDay(day, tuple(sorted(late)), hashlib.sha256(described.encode("ascii")).hexdigest()[:16])


def _walk(folder: Path | str, path: str) -> Iterator[tuple[str, Stamp]]:
    if path.count("/") >= DEEPEST_FOLDER:
        return
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError:
        return
    for entry in entries:
        if is_being_written(entry.name):
            continue
        inside = f"{path}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, inside)
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            # Gone since it was listed; the next look sees what became of it.
            continue
        yield inside, (status.st_size, status.st_mtime_ns)
