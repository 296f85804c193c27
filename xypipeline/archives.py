"""Opens what hospitals deliver without trusting it: regular files and zip archives, within limits.

What the bytes mean is not known here; landing counts them, raw reads them.
"""

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

# A zip may expand to this much in all, and hold this many files.
MAX_ARCHIVE_BYTES = 4 * 1024**3
MAX_ARCHIVE_MEMBERS = 1_000
# Tables of codes compress well; a bomb compresses better. Small archives cannot hurt.
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 64 * 1024**2

_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError)
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
        except _ZIP_ERRORS as error:
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
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a zip and look through its list of members; nothing is unpacked yet.

    Members that are still being written, hidden, or folders are left out altogether.

    Raises:
        RefusedFileError: it is no zip, is damaged, holds nothing, or would expand beyond the limits.
    """
    with open_regular(path) as stream:
        try:
            file = zipfile.ZipFile(stream)
        except (*_ZIP_ERRORS, NotImplementedError) as error:
            raise RefusedFileError(_DAMAGED) from error
        with file:
            infos = [(name, info) for info in file.infolist() if not is_passed_over(name := _name(info))]
            _check_limits([info for _, info in infos])
            yield _sort_out(file, infos)


def is_passed_over(name: str) -> bool:
    """Whether a path is a folder, hidden, or still being written, so that it is left alone."""
    parts = name.split("/")
    return not parts[-1] or any(is_being_written(part) for part in parts if part not in ("", ".", ".."))


def is_being_written(name: str) -> bool:
    """Whether a file's or folder's name says that it is hidden or its transfer not finished."""
    return name.startswith(".") or name.casefold().endswith((".part", ".tmp"))


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


def _check_limits(infos: list[zipfile.ZipInfo]) -> None:
    expanded = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if not infos:
        raise RefusedFileError("压缩包内没有文件：请放入数据文件后重新上传")
    if len(infos) > MAX_ARCHIVE_MEMBERS or expanded > MAX_ARCHIVE_BYTES:
        raise RefusedFileError(
            f"压缩包过大（{len(infos)} 个文件，展开后 {expanded} 字节）：请分成几个较小的压缩包上传"
        )
    if expanded > RATIO_COUNTS_FROM_BYTES and expanded > MAX_RATIO * packed:
        raise RefusedFileError(f"压缩比超过 {MAX_RATIO}，疑似异常压缩包：请直接上传未压缩的文件")


def _sort_out(file: zipfile.ZipFile, infos: list[tuple[str, zipfile.ZipInfo]]) -> Archive:
    times = Counter(name for name, _ in infos)
    reasons = {name: reason for name, info in infos if (reason := _refusal(name, info, times[name]))}
    members = {name: info for name, info in infos if name not in reasons}
    return Archive(file, members, {visible(name): reason for name, reason in reasons.items()})


def _refusal(name: str, info: zipfile.ZipInfo, times: int) -> str | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
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
