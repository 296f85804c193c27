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


def find_files(
    landing_dir: Path, registered: Collection[str], first: date, last: date
) -> Iterator[tuple[Path, Place]]:
    """Yield each file of the days, and each that belongs to no day, ordered by name within a folder.

    Links, pipes and devices are yielded, with a reason, and not followed; a folder that cannot be listed is
    yielded in place of its files.

    Raises:
        LandingError: there is no landing folder.
    """
    if not landing_dir.is_dir():
        raise LandingError(f"{landing_dir} is no folder: mount it, create it, or set XY_LANDING_DIR.")
    for location, place in _walk(landing_dir, Place(), registered, first, last):
        yield location, _with_printable_path(place)


def _walk(
    folder: Path, place: Place, registered: Collection[str], first: date, last: date
) -> Iterator[tuple[Path, Place]]:
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
        inside = _place_of_folder(place, entry.name, registered)
        if inside.upload_date is None or first <= inside.upload_date <= last:
            yield from _walk(Path(entry), inside, registered, first, last)


def _place_of_folder(outside: Place, name: str, registered: Collection[str]) -> Place:
    inside = replace(outside, path=outside.within(name))
    if outside.reason:
        return inside
    if outside.depth == 0:
        day = parse_upload_date(name)
        return replace(inside, upload_date=day, reason=None if day else refusals.NO_DATE)
    if outside.depth == 1:
        is_known = name in registered
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
