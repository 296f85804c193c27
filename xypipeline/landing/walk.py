"""Walks the landing folder: every file of the wanted days, and every file that lies where none should."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xypipeline.archives import is_being_written
from xypipeline.errors import LandingError
from xypipeline.harmless import is_visible, visible
from xypipeline.landing import refusals
from xypipeline.landing.names import parse_upload_date
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.standard.model import Catalogue

# Deeper, no file can be accepted anyway; the folder itself is reported then.
DEEPEST_FOLDER = 16


@dataclass(frozen=True)
class Door:
    """Where uploads lie, and what of them is let in."""

    landing_dir: Path
    """Only read."""
    registered: Collection[str]
    """The org_codes whose folders are accepted."""
    catalogue: Catalogue
    """The tables that file names can name."""
    limits: Limits = DEFAULT_LIMITS
    today: date | None = None
    """In Asia/Shanghai: the folder of a later day is misnamed. None: no day is too late."""


@dataclass(frozen=True)
class Place:
    """A folder of the landing folder or a file in it, as far as the folders' names can be understood."""

    path: str = ""
    """Relative to the landing folder, `/` between folders; empty for the landing folder itself."""
    upload_date: date | None = None
    org_code: str | None = None
    reason: str | None = None
    """Why nothing at this place can be accepted, in Chinese."""

    @property
    def depth(self) -> int:
        """0 the landing folder, 1 a day, 2 a hospital."""
        return self.path.count("/") + 1 if self.path else 0

    def within(self, name: str) -> str:
        """The path of something in this folder."""
        return f"{self.path}/{name}" if self.path else name


def find_files(door: Door, first: date, last: date) -> Iterator[tuple[Path, Place]]:
    """Yield each file of the days, and each that belongs to no day, ordered by name within a folder.

    Links, pipes and devices are yielded, with a reason, and not followed; a folder that cannot be listed, or
    lies too deep, is yielded in place of its files.

    Raises:
        LandingError: there is no landing folder.
    """
    if not door.landing_dir.is_dir():
        raise LandingError(f"{door.landing_dir} is no folder: mount it, create it, or set XY_LANDING_DIR.")
    for location, place in _walk(door.landing_dir, Place(), door, first, last):
        yield location, _with_printable_path(place)


def _walk(folder: Path, place: Place, door: Door, first: date, last: date) -> Iterator[tuple[Path, Place]]:
    if place.depth > DEEPEST_FOLDER:
        yield folder, replace(place, reason=refusals.TOO_DEEP)
        return
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        yield folder, replace(place, reason=refusals.UNREADABLE_FOLDER)
        return
    for entry in entries:
        if is_being_written(entry.name):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry), _place_of_file(place, entry)
            continue
        inside = _place_of_folder(place, entry.name, door)
        if inside.upload_date is None or first <= inside.upload_date <= last:
            yield from _walk(Path(entry), inside, door, first, last)


def _place_of_folder(outside: Place, name: str, door: Door) -> Place:
    inside = replace(outside, path=outside.within(name))
    if outside.reason:
        return inside
    if outside.depth == 0:
        day = parse_upload_date(name)
        if day and door.today and day > door.today:
            return replace(inside, reason=refusals.FUTURE_DATE)
        return replace(inside, upload_date=day, reason=None if day else refusals.NO_DATE)
    if outside.depth == 1:
        is_known = name in door.registered
        return replace(
            inside,
            org_code=name if is_known else None,
            reason=None if is_known else refusals.UNKNOWN_HOSPITAL,
        )
    return replace(inside, reason=refusals.NESTED)


def _place_of_file(folder: Place, entry: os.DirEntry[str]) -> Place:
    reason = folder.reason or (refusals.LOOSE if folder.depth < 2 else None)
    if not entry.is_file(follow_symlinks=False):
        reason = refusals.NOT_A_FILE
    return replace(folder, path=folder.within(entry.name), reason=reason)


def _with_printable_path(place: Place) -> Place:
    if is_visible(place.path):
        return place
    if not any("\ud800" <= character <= "\udfff" for character in place.path):
        return replace(place, path=visible(place.path), reason=place.reason or refusals.INVISIBLE_NAME)
    # Names unpacked from a Chinese Windows are GBK bytes; shown so that people recognise the file.
    printable = os.fsencode(place.path).decode("gb18030", errors="replace")
    return replace(place, path=visible(printable), reason=place.reason or refusals.UNREADABLE_NAME)
