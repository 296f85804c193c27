"""Reads Parquet files: typed columns become the text that the standard's field types have."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from xypipeline.archives import RefusedFileError
from xypipeline.raw.header import raw_name, recognise
from xypipeline.raw.reading import LINE, UNKNOWN_COLUMN, Defect, Reading, read_rows, text_schema
from xypipeline.standard.model import FieldType, Table

MAX_EXPANDED_BYTES = 1024**3
PLATFORM_TIMEZONE = "Asia/Shanghai"

DAMAGED = "Parquet 文件已损坏或没有传完：请重新导出后上传"
TOO_LARGE = "Parquet 文件展开后过大：请拆分为几个文件后重新上传"
NO_KNOWN_COLUMN = "没有本表的列：请以字段代码、旧代码或中文名作列名后重新导出"
NO_TEXT = "列的类型（嵌套或二进制）不能转为文本，该列未入库"

# Broken metadata can make the libraries stumble anywhere; a panic is Polars' way over an impossible date.
_DAMAGES = (
    pa.ArrowException,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
    OSError,
    ValueError,
    OverflowError,
)
_MOMENT = "%Y-%m-%d %H:%M:%S"
_MIDNIGHT = " 00:00:00"
_TRAILING_ZEROS = r"^(-?\d+)(?:\.0+|(\.\d*?[1-9])0+)$"


def read_parquet(content: bytes, table: Table) -> Reading:
    """Read a Parquet file; `line` is the row number from 1.

    Raises:
        RefusedFileError: it is damaged, too large, or has no column of the table.
    """
    try:
        with pq.ParquetFile(io.BytesIO(content), pre_buffer=False) as file:
            groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
            if sum(group.total_byte_size for group in groups) > MAX_EXPANDED_BYTES:
                raise RefusedFileError(TOO_LARGE)
            return _as_reading(file.read(use_threads=False), table)
    except _DAMAGES as error:
        raise RefusedFileError(DAMAGED) from error


def _as_reading(rows: pa.Table, table: Table) -> Reading:
    header = recognise(rows.column_names, table)
    if not header.positions:
        raise RefusedFileError(NO_KNOWN_COLUMN)
    types = {raw_name(field.code): field.type for field in table.fields}
    columns: dict[str, pl.Series] = {}
    defects = list(header.defects)
    for name, position in header.positions.items():
        text = _text(pl.Series(values=rows.column(position)), types[name])
        if text is None:
            defects.append(Defect(1, UNKNOWN_COLUMN, rows.column_names[position], NO_TEXT, None))
        else:
            columns[name] = text
    columns[LINE] = pl.int_range(1, rows.num_rows + 1, dtype=pl.Int64, eager=True)
    absent = pl.Series([None], dtype=pl.String).new_from_index(0, rows.num_rows)
    frame = pl.DataFrame({name: columns.get(name, absent) for name in text_schema(table)})
    return read_rows(table, [frame], defects)


def _text(values: pl.Series, field_type: FieldType) -> pl.Series | None:
    """The values as text in the notation of the field's type, null where empty; None if they have no text."""
    kind = values.dtype
    if kind.is_nested() or kind in (pl.Binary, pl.Object):
        return None
    if isinstance(kind, pl.Datetime):
        return _moments(values, field_type)
    text = values.cast(pl.String)
    if kind.is_float() or kind.is_decimal():
        text = text.str.replace(_TRAILING_ZEROS, "$1$2")
    if kind == pl.Date and field_type == "datetime":
        text = text + _MIDNIGHT
    return text.set(text == "", None)


def _moments(values: pl.Series, field_type: FieldType) -> pl.Series:
    if values.dtype.time_zone:
        values = values.dt.convert_time_zone(PLATFORM_TIMEZONE)
    text = values.dt.to_string(_MOMENT)
    return text.str.strip_suffix(_MIDNIGHT) if field_type == "date" else text
