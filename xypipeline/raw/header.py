"""Recognises a file's columns by field code, legacy code or Chinese title, whatever their order and case."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xypipeline.archives import RefusedFileError
from xypipeline.harmless import LONG_NUMBER, visible
from xypipeline.limits import Limits
from xypipeline.raw.reading import UNKNOWN_COLUMN, Defect
from xypipeline.standard.model import Table, find_field
from xypipeline.standard.schemas import DECLARED_ORG_CODE

# Reported lines of columns are always the header's, wherever it stands.
HEADER_LINE = 1
MAX_NAME_CHARACTERS = 100
TOO_MANY_COLUMNS = "文件有 {} 列，超过 {} 列：请只保留本表的字段后重新上传"


@dataclass(frozen=True)
class Header:
    """Which columns of a file are taken, and which are kept out."""

    width: int
    """How many columns the file has."""
    positions: Mapping[str, int]
    """Column of `raw.<table>` -> position in the file, from 0."""
    defects: tuple[Defect, ...]


def recognise(names: Sequence[str], table: Table) -> Header:
    """Find each named column in the table; of a column that comes twice the first counts.

    Where most names are no columns, the line may be no header but a row: then names kept out are masked.
    """
    fields = [find_field(table, name.strip().strip("\ufeff")) for name in names]
    known = sum(field is not None for field in fields)
    is_header = 2 * known >= sum(bool(name.strip()) for name in names)
    positions: dict[str, int] = {}
    defects = []
    for position, (name, field) in enumerate(zip(names, fields, strict=True)):
        column = raw_name(field.code) if field else None
        if column is None:
            defects.append(_unknown(position, name, is_header=is_header))
        elif column in positions:
            defects.append(_kept_out(name.strip(), "列重复出现，只取第一次出现的一列"))
        else:
            positions[column] = position
    return Header(len(names), positions, tuple(defects))


def check_columns(columns: int, limits: Limits) -> None:
    """Make sure that a file has not too many columns.

    Raises:
        RefusedFileError: it has.
    """
    if columns > limits.columns:
        raise RefusedFileError(TOO_MANY_COLUMNS.format(columns, limits.columns))


def raw_name(field_code: str) -> str:
    """What a field is called in `raw.<table>`."""
    return DECLARED_ORG_CODE if field_code == "org_code" else field_code


def _unknown(position: int, name: str, *, is_header: bool) -> Defect:
    shown, ordinal = visible(name.strip()), f"第{position + 1}列"
    if shown and not is_header:
        shown = f"{ordinal}（{shown[0]}**）"
    return _kept_out(re.sub(LONG_NUMBER, r"\1****\2", shown) or ordinal, "列名不是本表的字段，该列未入库")


def _kept_out(shown: str, detail: str) -> Defect:
    return Defect(HEADER_LINE, UNKNOWN_COLUMN, shown[:MAX_NAME_CHARACTERS], detail, None)
