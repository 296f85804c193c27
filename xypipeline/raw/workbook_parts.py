"""Unpacks a workbook within the limits, and packs anew what of it can be read without harm.

A workbook is a zip of XML. The sizes that it states, and where its cells say that they stand, decide how much
memory its reader takes, and nothing could stop that reader; so both are looked at before.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from xypipeline.archives import ZIP_ERRORS, RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.header import check_columns
from xypipeline.raw.reading import check_rows
from xypipeline.raw.sheet_scan import PartScan, scan_part

# Three for each sheet, and some for the whole.
MAX_PARTS = 1_000
# What the reader takes for each place of a sheet between the first cell and the last, filled or not.
BYTES_PER_PLACE = 32

TOO_MANY_SHEETS = "工作表过多（{} 张）：请每个文件只放一张表的数据"
ENCRYPTED = "工作簿设有密码，或是旧版 .xls：请去除密码，另存为 .xlsx 后重新上传"
DAMAGED = "工作簿已损坏或不是 .xlsx 文件：请用 Excel 或 WPS 打开并另存为 .xlsx 后重新上传"
TOO_LARGE = "工作簿过大：请拆分为几个文件，或导出为 CSV 后重新上传"
TOO_SPREAD = "工作表过大（到第 {} 行、第 {} 列）：请删去数据以外的单元格，或导出为 CSV 后重新上传"

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_ERRORS = (*ZIP_ERRORS, NotImplementedError, RuntimeError, OSError)


def repack(content: bytes, limits: Limits) -> bytes:
    """The workbook with the same sheets and texts, but nothing else than sound XML; stored, not compressed.

    Raises:
        RefusedFileError: it is no workbook, is encrypted, or would take more memory than the limits allow.
    """
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise RefusedFileError(ENCRYPTED)
    parts = _unpack(content, limits)
    scans = {name: scan for name, part in parts.items() if (scan := scan_part(part)) is not None}
    for scan in scans.values():
        _check_places(scan, limits)
    _check_texts(parts, scans, limits)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        for name in scans:
            file.writestr(zipfile.ZipInfo(name), parts[name])
    return packed.getvalue()


def _unpack(content: bytes, limits: Limits) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = {info.filename: info for info in file.infolist()}
            size = sum(info.file_size for info in infos.values())
            if size > limits.expanded_bytes or len(infos) > MAX_PARTS:
                raise RefusedFileError(TOO_LARGE)
            return {name: file.read(info) for name, info in infos.items()}
    except _ERRORS as error:
        raise RefusedFileError(DAMAGED) from error


def _check_places(scan: PartScan, limits: Limits) -> None:
    check_rows(scan.last_row, limits)
    check_columns(scan.last_column, limits)
    if scan.last_row * scan.last_column * BYTES_PER_PLACE > limits.expanded_bytes:
        raise RefusedFileError(TOO_SPREAD.format(scan.last_row, scan.last_column))


def _check_texts(parts: Mapping[str, bytes], scans: Mapping[str, PartScan], limits: Limits) -> None:
    """A text that many cells share is repeated when it is read."""
    lengths = [
        max(lengths) for lengths in zip_longest(*(s.text_lengths for s in scans.values()), fillvalue=0)
    ]
    characters = 0
    for name, scan in scans.items():
        most = scan.shared_cells * max(lengths, default=0)
        # Counted exactly only where it matters, since that takes another look.
        if characters + most > limits.expanded_bytes:
            most = _count_shared_characters(parts[name], lengths)
        characters += most
    if max(characters, len(lengths) * BYTES_PER_PLACE) > limits.expanded_bytes:
        raise RefusedFileError(TOO_LARGE)


def _count_shared_characters(part: bytes, lengths: Sequence[int]) -> int:
    scan = scan_part(part, lengths)
    if scan is None:
        raise RefusedFileError(DAMAGED)
    return scan.shared_characters
