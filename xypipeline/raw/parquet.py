"""Reads Parquet files: typed columns become the text that the standard's field types have."""

from collections.abc import Sequence

import polars as pl
import pyarrow as pa

from xypipeline.archives import RefusedFileError
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.header import Header, check_columns, raw_name, recognise
from xypipeline.raw.parquet_batches import DAMAGED, TOO_LARGE, open_parquet, read_columns
from xypipeline.raw.reading import (
    LINE,
    UNKNOWN_COLUMN,
    Defect,
    Reading,
    check_rows,
    read_rows,
    set_aside_long,
    text_schema,
)
from xypipeline.standard.model import FieldType, Table

PLATFORM_TIMEZONE = "Asia/Shanghai"

NO_KNOWN_COLUMN = "没有本表的列：请以字段代码、旧代码或中文名作列名后重新导出"
DOUBLED_COLUMN = "有同名的列：请改名或去掉重复的列后重新导出"
NO_TEXT = "列的类型（如嵌套、二进制）或其中的值不能转为文本，该列未入库"

# Broken metadata can make the libraries stumble anywhere; a panic is Polars' way over an impossible date.
DAMAGES = (
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


def read_parquet(content: bytes, table: Table, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a Parquet file; `line` is the row number from 1.

    Raises:
        RefusedFileError: it is damaged, too large, or has no column of the table, or has one twice.
    """
    try:
        with open_parquet(content) as file:
            names, metadata = file.schema_arrow.names, file.metadata
            groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
        check_rows(metadata.num_rows, limits)
        check_columns(len(names), limits)
        if sum(group.total_byte_size for group in groups) > limits.expanded_bytes:
            raise RefusedFileError(TOO_LARGE)
        header = recognise(names, table)
        rows = read_columns(content, _wanted(header, names), limits)
    except DAMAGES as error:
        raise RefusedFileError(DAMAGED) from error
    return _as_reading(rows, header, table, limits)


def _wanted(header: Header, names: Sequence[str]) -> list[str]:
    if not header.positions:
        raise RefusedFileError(NO_KNOWN_COLUMN)
    wanted = [names[position] for position in header.positions.values()]
    if any(names.count(name) > 1 for name in wanted):
        raise RefusedFileError(DOUBLED_COLUMN)
    return wanted


def _as_reading(rows: pa.Table, header: Header, table: Table, limits: Limits) -> Reading:
    types = {raw_name(field.code): field.type for field in table.fields}
    columns: dict[str, pl.Series] = {}
    defects = list(header.defects)
    for number, name in enumerate(header.positions):
        text = _text_if_any(rows.column(number), types[name])
        if text is None:
            defects.append(Defect(1, UNKNOWN_COLUMN, rows.column_names[number], NO_TEXT, None))
        else:
            columns[name] = text
    columns[LINE] = pl.int_range(1, rows.num_rows + 1, dtype=pl.Int64, eager=True)
    absent = pl.Series([None], dtype=pl.String).new_from_index(0, rows.num_rows)
    frame = pl.DataFrame({name: columns.get(name, absent) for name in text_schema(table)})
    frame, unfit = set_aside_long(frame, limits)
    return read_rows(table, [frame], [*defects, *unfit])


def _text_if_any(values: pa.ChunkedArray, field_type: FieldType) -> pl.Series | None:
    try:
        return _text(pl.Series(values=values), field_type)
    except DAMAGES:
        return None


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
