"""The bytes of one delivered file, unpacked where it is gzipped or a member of a zip, within the limits."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from xypipeline.archives import RefusedFileError, check_ratio, open_archive, open_regular
from xypipeline.limits import DEFAULT_LIMITS, MB, Limits

# <day>/<hospital>/<file>; what follows is the name of a member.
_FOLDERS_AND_FILE = 3
STEP_BYTES = 16 * MB

_TOO_LARGE = "文件（解压后）超过 {} MB：请拆分为几个文件后重新上传"
_DAMAGED_GZIP = "gz 文件已损坏或没有传完：请重新压缩后上传"


def read_content(landing_dir: Path, path: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read a file of the landing folder, or a member of an archive in it, as the ledger of arrivals names it.

    Raises:
        RefusedFileError: it is gone, damaged, not readable, or too large.
    """
    with open_content(landing_dir, path, replace(limits, large_file_bytes=limits.file_bytes)) as stream:
        return stream.read(limits.file_bytes + 1)


@contextmanager
def open_content(landing_dir: Path, path: str, limits: Limits = DEFAULT_LIMITS) -> Iterator["BoundedContent"]:
    """Open a file as `read_content` reads it, unpacked, to be read piece by piece.

    Raises:
        RefusedFileError: it is gone, damaged, not readable or too large; perhaps noticed only in reading.
    """
    try:
        with _open(landing_dir, path, limits) as stream:
            if not path.casefold().endswith(".gz"):
                yield BoundedContent(stream, limits)
                return
            with gzip.GzipFile(fileobj=stream) as unpacked:
                yield BoundedContent(unpacked, limits, packed=stream)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise RefusedFileError(_DAMAGED_GZIP) from error
    except OSError as error:
        raise RefusedFileError("文件读取中断：请运维人员检查存储后重新运行") from error


@contextmanager
def _open(landing_dir: Path, path: str, limits: Limits) -> Iterator[BinaryIO]:
    parts = path.split("/", maxsplit=_FOLDERS_AND_FILE)
    location = landing_dir.joinpath(*parts[:_FOLDERS_AND_FILE])
    if len(parts) == _FOLDERS_AND_FILE:
        with open_regular(location) as stream:
            yield stream
        return
    with open_archive(location, limits) as archive:
        if parts[-1] not in archive.members:
            raise RefusedFileError("压缩包在登记之后被更换，其中已没有该文件：请重新运行这一天")
        with archive.open(parts[-1]) as stream:
            yield stream


class BoundedContent:
    """A file's content as far as it is within the limits; each read may raise RefusedFileError."""

    def __init__(self, stream: BinaryIO, limits: Limits, packed: BinaryIO | None = None) -> None:
        self._stream, self._limits, self._packed = stream, limits, packed
        self._total = 0

    def read(self, size: int) -> bytes:
        """As of any file; what is packed is unpacked step by step, so that a bomb is noticed early."""
        step = STEP_BYTES if self._packed else size
        pieces = []
        while size > 0 and (piece := self._counted(self._stream.read(min(step, size)))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int) -> bytes:
        """As of any file."""
        return self._counted(self._stream.readline(size))

    def _counted(self, content: bytes) -> bytes:
        self._total += len(content)
        if self._packed:
            check_ratio(self._total, self._packed.tell(), self._limits)
        if self._total > self._limits.large_file_bytes:
            raise RefusedFileError(_TOO_LARGE.format(self._limits.large_file_bytes // MB))
        return content
