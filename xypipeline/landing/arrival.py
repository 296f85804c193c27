"""One found file to its rows in the ledger of arrivals: checksum, size, table, kind, or why it is refused."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from xypipeline.archives import Archive, RefusedFileError, open_archive, open_regular
from xypipeline.landing import refusals
from xypipeline.landing.names import FileName, Kind
from xypipeline.landing.walk import Place
from xypipeline.limits import Limits

NameReader = Callable[[str], FileName]


@dataclass(frozen=True)
class Arrival:
    """One file seen, or one member of an archive; None where it cannot be told."""

    path: str
    """Relative to the landing folder; of a member `<archive path>/<member name>`."""
    upload_date: date | None
    org_code: str | None
    table_code: str | None
    kind: Kind | None
    bytes: int | None
    sha256: str | None
    reason: str | None
    """In Chinese, set when the file is refused."""


def take_note(location: Path, place: Place, read_name: NameReader, limits: Limits) -> list[Arrival]:
    """Describe one found file; an archive is followed by its members."""
    name = read_name(place.path.rpartition("/")[2])
    reason = place.reason or refusals.name_refusal(name)
    if reason in refusals.NOT_TO_BE_OPENED:
        return [_arrival(place, name, reason=reason)]
    try:
        with open_regular(location) as stream:
            size, sha256 = _measure(stream)
    except (RefusedFileError, OSError) as error:
        return [_arrival(place, name, reason=reason or _reason(error))]
    if reason is None and name.kind == "zip":
        archive = _arrival(place, name, size, sha256)
        try:
            return [archive, *_take_note_of_members(location, place, read_name, limits)]
        except (RefusedFileError, OSError) as error:
            return [replace(archive, reason=_reason(error))]
    return [_arrival(place, name, size, sha256, reason)]


def _take_note_of_members(
    location: Path, place: Place, read_name: NameReader, limits: Limits
) -> list[Arrival]:
    with open_archive(location, limits) as archive:
        return list(_describe_members(archive, place, read_name))


def _describe_members(archive: Archive, place: Place, read_name: NameReader) -> Iterator[Arrival]:
    for member in sorted({*archive.members, *archive.refused}):
        inside = Place(place.within(member), place.upload_date, place.org_code)
        name = read_name(member.rpartition("/")[2])
        reason = archive.refused.get(member) or refusals.name_refusal(name, is_member=True)
        size, sha256 = None, None
        if member in archive.members:
            try:
                with archive.open(member) as stream:
                    size, sha256 = _measure(stream)
            except RefusedFileError as error:
                reason = reason or str(error)
        yield _arrival(inside, name, size, sha256, reason)


def _arrival(
    place: Place,
    name: FileName,
    size: int | None = None,
    sha256: str | None = None,
    reason: str | None = None,
) -> Arrival:
    return Arrival(
        place.path, place.upload_date, place.org_code, name.table_code, name.kind, size, sha256, reason
    )


def _measure(stream: BinaryIO) -> tuple[int, str]:
    digest = hashlib.file_digest(stream, "sha256")
    return stream.tell(), digest.hexdigest()


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, RefusedFileError) else "文件读取中断：请运维人员检查存储后重新运行"
