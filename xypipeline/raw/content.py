"""The bytes of one delivered file, unpacked where it is gzipped or a member of a zip, within a limit."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from xypipeline.archives import RefusedFileError, open_archive, open_regular

# What one file may take in memory; larger ones must be split.
MAX_FILE_BYTES = 512 * 1024**2
# <day>/<hospital>/<file>; what follows is the name of a member.
_FOLDERS_AND_FILE = 3

_TOO_LARGE = f"文件（解压后）超过 {MAX_FILE_BYTES // 1024**2} MB：请拆分为几个文件后重新上传"
_DAMAGED_GZIP = "gz 文件已损坏或没有传完：请重新压缩后上传"


def read_content(landing_dir: Path, path: str) -> bytes:
    """Read a file of the landing folder, or a member of an archive in it, as the ledger of arrivals names it.

    Raises:
        RefusedFileError: it is gone, damaged, not readable, or larger than `MAX_FILE_BYTES`.
    """
    with open_content(landing_dir, path) as stream:
        return _read_bounded(stream)


@contextmanager
def open_content(landing_dir: Path, path: str) -> Iterator[BinaryIO]:
    """Open a file as `read_content` reads it, unpacked, to be read piece by piece without a limit.

    Raises:
        RefusedFileError: it is gone, damaged or not readable; perhaps noticed only while it is read.
    """
    try:
        with _open(landing_dir, path) as stream:
            if not path.casefold().endswith(".gz"):
                yield stream
                return
            with gzip.GzipFile(fileobj=stream) as unpacked:
                yield unpacked
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise RefusedFileError(_DAMAGED_GZIP) from error
    except OSError as error:
        raise RefusedFileError("文件读取中断：请运维人员检查存储后重新运行") from error


@contextmanager
def _open(landing_dir: Path, path: str) -> Iterator[BinaryIO]:
    parts = path.split("/", maxsplit=_FOLDERS_AND_FILE)
    location = landing_dir.joinpath(*parts[:_FOLDERS_AND_FILE])
    if len(parts) == _FOLDERS_AND_FILE:
        with open_regular(location) as stream:
            yield stream
        return
    with open_archive(location) as archive:
        if parts[-1] not in archive.members:
            raise RefusedFileError("压缩包在登记之后被更换，其中已没有该文件：请重新运行这一天")
        with archive.open(parts[-1]) as stream:
            yield stream


def _read_bounded(stream: BinaryIO) -> bytes:
    content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise RefusedFileError(_TOO_LARGE)
    return content
