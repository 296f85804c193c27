"""Reads columns of a Parquet file a few rows at a time, so that it can be stopped where it grows too large.

One text in a dictionary page may stand in each of millions of rows; so texts are read as dictionaries, and
what they come to is added up before they are repeated.
"""

import io
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits

ROWS_PER_BATCH = 65_536
DAMAGED = "Parquet 文件已损坏或没有传完：请重新导出后上传"
TOO_LARGE = "Parquet 文件展开后过大：请拆分为几个文件后重新上传"


def open_parquet(content: bytes, texts: Sequence[str] = ()) -> pq.ParquetFile:
    """Open a file; the columns `texts` are read as dictionaries."""
    return pq.ParquetFile(io.BytesIO(content), read_dictionary=list(texts), pre_buffer=False)


def read_columns(content: bytes, names: Sequence[str], limits: Limits) -> pa.Table:
    """Read the columns of these names, each of which there is once; no column is a dictionary.

    Raises:
        RefusedFileError: the columns would take more than the limits allow, or rows are missing.
    """
    with open_parquet(content) as file:
        schema, expected = file.schema_arrow, file.metadata.num_rows
    texts = [field.name for field in schema if _is_text(field.type)]
    with open_parquet(content, texts) as file:
        batches = list(_bounded(file.iter_batches(ROWS_PER_BATCH, columns=names, use_threads=False), limits))
    rows = pa.Table.from_batches(batches) if batches else schema.empty_table()
    if rows.num_rows != expected:
        raise RefusedFileError(DAMAGED)
    return rows.select(names)


def _bounded(batches: Iterator[pa.RecordBatch], limits: Limits) -> Iterator[pa.RecordBatch]:
    size = 0
    for batch in batches:
        size += sum(_size(column) for column in batch.columns)
        if size > limits.expanded_bytes:
            raise RefusedFileError(TOO_LARGE)
        columns = [
            column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
            for column in batch.columns
        ]
        yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _size(column: pa.Array) -> int:
    if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
        lengths = pc.binary_length(column.dictionary).take(column.indices)
        return pc.sum(lengths).as_py() or 0
    return column.nbytes


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)
