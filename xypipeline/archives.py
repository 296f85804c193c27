"""Opens what hospitals deliver without trusting it: regular files and zip archives, within limits.

What the bytes mean is not known here; landing counts them, raw reads them.
"""

import errno
import lzma
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from xypipeline.errors import XyPipelineError
from xypipeline.harmless import is_visible, visible
from xypipeline.limits import DEFAULT_LIMITS, MB, Limits

# Tables of codes compress well; a bomb compresses better. What expands to so little cannot hurt.
RATIO_COUNTS_FROM_BYTES = 64 * MB
# Of the list of members at an archive's end, which is read before anything else is known.
LISTING_BYTES_PER_MEMBER = 4_096

_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError)
_TOO_LARGE = "压缩包过大（{}）：请分成几个较小的压缩包上传"
_DAMAGED = "压缩包已损坏或没有传完：请重新压缩为 zip 后上传"


class RefusedFileError(XyPipelineError):
    """A delivered file cannot be used; its text is Chinese and tells the hospital what to do."""


@dataclass(frozen=True)
class Archive:
    """An opened zip whose size is within the limits."""

    file: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    """What can be opened, by name (`/` between folders), in the archive's order."""
    refused: Mapping[str, str]
    """The reason, in Chinese, for each member that must not be opened."""

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open one member for reading.

        Raises:
            RefusedFileError: the member is damaged (perhaps noticed only at its end) or cannot be unpacked.
        """
        try:
            with self.file.open(self.members[name]) as stream:
                yield stream
        except ZIP_ERRORS as error:
            raise RefusedFileError(_DAMAGED) from error
        except OSError as error:
            # The place of the member is none in the file. Anything else is the storage's fault.
            if error.errno != errno.EINVAL:
                raise
            raise RefusedFileError(_DAMAGED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise RefusedFileError("压缩方式不受支持：请用普通 zip（Deflate、无密码）重新压缩") from error


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, following no link and waiting for no pipe.

    Raises:
        RefusedFileError: it is a link, a pipe or a device, or it cannot be opened (any more).
    """
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
    except OSError as error:
        raise RefusedFileError("文件无法打开：可能已被移走、是链接或没有读取权限，请重新上传") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedFileError("不是普通文件：请上传文件本身，不要用链接、管道或设备")
    with os.fdopen(descriptor, "rb") as stream:
        yield stream


@contextmanager
def open_archive(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Archive]:
    """Open a zip and look through its list of members; nothing is unpacked yet.

    Members that are still being written, hidden, or folders are left out altogether.

    Raises:
        RefusedFileError: it is no zip, is damaged, holds nothing, or would expand beyond the limits.
    """
    with open_regular(path) as stream:
        guarded = _Guarded(stream, max(limits.archive_members, 100) * LISTING_BYTES_PER_MEMBER)
        try:
            file = zipfile.ZipFile(guarded)
        except (*ZIP_ERRORS, NotImplementedError) as error:
            raise RefusedFileError(_DAMAGED) from error
        guarded.most = None
        with file:
            infos = [(name, info) for info in file.infolist() if not is_passed_over(name := _name(info))]
            _check_limits([info for _, info in infos], limits)
            yield _sort_out(file, infos)


def check_ratio(expanded: int, packed: int, limits: Limits) -> None:
    """Make sure that so many bytes can honestly have been packed into so few.

    Raises:
        RefusedFileError: they cannot.
    """
    if expanded > RATIO_COUNTS_FROM_BYTES and expanded > limits.ratio * packed:
        raise RefusedFileError(f"压缩比超过 {limits.ratio}，疑似异常压缩文件：请直接上传未压缩的文件")


def is_passed_over(name: str) -> bool:
    """Whether a path is a folder, hidden, or still being written, so that it is left alone."""
    parts = name.split("/")
    return not parts[-1] or any(is_being_written(part) for part in parts if part not in ("", ".", ".."))


def is_being_written(name: str) -> bool:
    """Whether a file's or folder's name says that it is hidden or its transfer not finished."""
    return name.startswith(".") or name.casefold().endswith((".part", ".tmp"))


class _Guarded:
    """A file for zipfile, which reads the whole list of members at once, however long it says it is."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self.most: int | None = most
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable
        self._read = stream.read

    def read(self, size: int = -1) -> bytes:
        if self.most is not None and size > self.most:
            raise RefusedFileError(_TOO_LARGE.format("文件过多"))
        return self._read(size)


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _NAME_IS_UTF8:
        return info.filename.replace("\\", "/")
    # Without the flag zipfile takes CP437; Chinese tools write GBK there, some others UTF-8.
    encoded = info.orig_filename.split("\0")[0].encode("cp437")
    try:
        name = encoded.decode("utf-8")
    except UnicodeDecodeError:
        name = encoded.decode("gb18030", errors="replace")
    return name.replace("\\", "/")


def _check_limits(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    expanded = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if not infos:
        raise RefusedFileError("压缩包内没有文件：请放入数据文件后重新上传")
    if len(infos) > limits.archive_members or expanded > limits.archive_bytes:
        raise RefusedFileError(_TOO_LARGE.format(f"{len(infos)} 个文件，展开后 {expanded} 字节"))
    check_ratio(expanded, packed, limits)


def _sort_out(file: zipfile.ZipFile, infos: list[tuple[str, zipfile.ZipInfo]]) -> Archive:
    times = Counter(name for name, _ in infos)
    reasons = {name: reason for name, info in infos if (reason := _refusal(name, info, times[name]))}
    members = {name: info for name, info in infos if name not in reasons}
    return Archive(file, members, {visible(name): reason for name, reason in reasons.items()})


def _refusal(name: str, info: zipfile.ZipInfo, times: int) -> str | None:
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "压缩包内的文件名指向压缩包之外：请只打包数据文件本身，不带路径"
    if not is_visible(name):
        return "压缩包内的文件名含有控制字符或不可见字符（原处以 � 显示）：请改名后重新压缩"
    if times > 1:
        return "压缩包内有同名文件，无法判断以哪个为准：请去掉重复的文件后重新压缩"
    if info.flag_bits & _ENCRYPTED:
        return "压缩包设有密码：请去除密码后重新压缩"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "压缩包内是链接而不是文件：请打包文件本身"
    return None
