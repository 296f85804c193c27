"""Reads xlsx workbooks: cells as Excel shows them, dates in the standard's notation."""

from collections.abc import Iterator, Mapping

import fastexcel
import polars as pl

from xypipeline.archives import RefusedFileError
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.header import Header, recognise
from xypipeline.raw.reading import LINE, NO_KNOWN_COLUMN, Reading, read_rows, set_aside_long, text_schema
from xypipeline.raw.workbook_parts import DAMAGED, TOO_MANY_SHEETS, repack
from xypipeline.standard.model import Table

# Several may name the same part, and be read one after the other.
MAX_SHEETS = 255
_MIDNIGHT = " 00:00:00"


def read_workbook(content: bytes, table: Table, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read the first sheet whose first row names a column of the table; `line` is the sheet's row.

    Raises:
        RefusedFileError: it is no workbook, is encrypted or too large, or no sheet has such a header.
    """
    sheets = _read_sheets(repack(content, limits))
    sheet = None
    for sheet in filter(len, sheets):
        header = recognise([name or "" for name in sheet.drop(LINE).row(0)], table)
        if header.positions:
            frame, unfit = set_aside_long(_rows_of_sheet(sheet.slice(1), header, table), limits)
            return read_rows(table, [frame], [*header.defects, *unfit])
    if sheet is None:
        return read_rows(table, [], [])
    raise RefusedFileError(NO_KNOWN_COLUMN)


def _read_sheets(content: bytes) -> Iterator[pl.DataFrame]:
    """Each sheet's cells as text, columns `0`, `1`, ... and the row number; rows without content left out."""
    try:
        reader = fastexcel.read_excel(content)
        if len(reader.sheet_names) > MAX_SHEETS:
            raise RefusedFileError(TOO_MANY_SHEETS.format(len(reader.sheet_names)))
        for name in reader.sheet_names:
            yield _read_sheet(reader, name)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, ValueError) as error:
        raise RefusedFileError(DAMAGED) from error


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
