"""Reads xlsx workbooks: cells as Excel shows them, dates in the standard's notation."""

import io
import zipfile
from collections.abc import Mapping

import fastexcel
import polars as pl

from xypipeline.archives import RefusedFileError
from xypipeline.raw.header import Header, recognise
from xypipeline.raw.reading import LINE, NO_KNOWN_COLUMN, Reading, read_rows, text_schema
from xypipeline.standard.model import Table

# A workbook is a zip of XML; this is what its parts may expand to.
MAX_EXPANDED_BYTES = 1024**3
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_MIDNIGHT = " 00:00:00"

ENCRYPTED = "工作簿设有密码，或是旧版 .xls：请去除密码，另存为 .xlsx 后重新上传"
DAMAGED = "工作簿已损坏或不是 .xlsx 文件：请用 Excel 或 WPS 打开并另存为 .xlsx 后重新上传"
TOO_LARGE = "工作簿过大：请拆分为几个文件，或导出为 CSV 后重新上传"


def read_workbook(content: bytes, table: Table) -> Reading:
    """Read the first sheet whose first row names a column of the table; `line` is the sheet's row.

    Raises:
        RefusedFileError: it is no workbook, is encrypted or too large, or no sheet has such a header.
    """
    _check(content)
    try:
        sheets = _read_sheets(content)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, ValueError) as error:
        raise RefusedFileError(DAMAGED) from error
    cells = [sheet for sheet in sheets if not sheet.is_empty()]
    if not cells:
        return read_rows(table, [], [])
    for sheet in cells:
        header = recognise([name or "" for name in sheet.drop(LINE).row(0)], table)
        if header.positions:
            frame = _rows_of_sheet(sheet.slice(1), header, table)
            return read_rows(table, [frame], header.defects)
    raise RefusedFileError(NO_KNOWN_COLUMN)


def _check(content: bytes) -> None:
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise RefusedFileError(ENCRYPTED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            expanded = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RefusedFileError(DAMAGED) from error
    if expanded > MAX_EXPANDED_BYTES:
        raise RefusedFileError(TOO_LARGE)


def _read_sheets(content: bytes) -> list[pl.DataFrame]:
    """Each sheet's cells as text, columns `0`, `1`, ... and the row number; rows without content left out."""
    reader = fastexcel.read_excel(content)
    return [_read_sheet(reader, name) for name in reader.sheet_names]


def _read_sheet(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    # Without skip_rows=0 leading empty rows would vanish and rows be numbered wrongly.
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    cells = sheet.rename(dict(zip(sheet.columns, map(str, range(sheet.width)), strict=True)))
    numbered = cells.with_row_index(LINE, offset=1).cast({LINE: pl.Int64})
    return numbered.filter(pl.any_horizontal(pl.exclude(LINE).is_not_null()))


def _rows_of_sheet(rows: pl.DataFrame, header: Header, table: Table) -> pl.DataFrame:
    date_columns = {field.code for field in table.fields if field.type == "date"}
    columns: Mapping[str, pl.Expr] = {
        name: _cell(str(position), is_date=name in date_columns)
        for name, position in header.positions.items()
    }
    absent = pl.lit(None, dtype=pl.String)
    return rows.select(
        pl.col(LINE) if name == LINE else columns.get(name, absent).alias(name) for name in text_schema(table)
    )


def _cell(column: str, *, is_date: bool) -> pl.Expr:
    # A date cell has a time in any case; it is shown only where the field has one.
    text = pl.col(column).str.strip_suffix(_MIDNIGHT) if is_date else pl.col(column)
    return pl.when(text != "").then(text)
