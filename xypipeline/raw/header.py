"""Recognises a file's columns by field code, legacy code or Chinese title, whatever their order and case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xypipeline.raw.reading import UNKNOWN_COLUMN, Defect
from xypipeline.standard.model import Table, find_field
from xypipeline.standard.schemas import DECLARED_ORG_CODE

# Reported lines of columns are always the header's, wherever it stands.
HEADER_LINE = 1
MAX_NAME_CHARACTERS = 100


@dataclass(frozen=True)
class Header:
    """Which columns of a file are taken, and which are kept out."""

    width: int
    """How many columns the file has."""
    positions: Mapping[str, int]
    """Column of `raw.<table>` -> position in the file, from 0."""
    defects: tuple[Defect, ...]


def recognise(names: Sequence[str], table: Table) -> Header:
    """Find each named column in the table; of a column that comes twice the first counts."""
    positions: dict[str, int] = {}
    defects = []
    for position, name in enumerate(names):
        field = find_field(table, name.strip().strip("\ufeff"))
        column = raw_name(field.code) if field else None
        if column is None or column in positions:
            defects.append(_kept_out(position, name, is_known=column is not None))
        else:
            positions[column] = position
    return Header(len(names), positions, tuple(defects))


def raw_name(field_code: str) -> str:
    """What a field is called in `raw.<table>`."""
    return DECLARED_ORG_CODE if field_code == "org_code" else field_code


def _kept_out(position: int, name: str, *, is_known: bool) -> Defect:
    shown = name.strip()[:MAX_NAME_CHARACTERS] or f"第{position + 1}列"
    detail = "列重复出现，只取第一次出现的一列" if is_known else "列名不是本表的字段，该列未入库"
    return Defect(HEADER_LINE, UNKNOWN_COLUMN, shown, detail, None)
