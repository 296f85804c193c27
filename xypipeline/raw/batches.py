"""Files read together are stored together: cuts the files of some days into batches and stores one batch."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.archives import RefusedFileError
from xypipeline.raw.files import DELIMITED_KINDS
from xypipeline.raw.reading import UNPARSABLE, Reading, read_rows, refused, remark
from xypipeline.row_groups import RowGroups
from xypipeline.standard.model import Table
from xypipeline.standard.schemas import raw_columns
from xypipeline.warehouse import insert_frame, quoted

# How much is read before it is stored: bounds memory, yet makes few inserts.
BATCH_BYTES = 64 * 1024**2
BATCH_FILES = 2_000
# Packed files grow when read; this only steers the size of batches.
GROWTH_OF_PACKED = 8
LARGE_BYTES = 256 * 1024**2
_PACKED = (".gz", ".xlsx", ".parquet")


@dataclass(frozen=True)
class DeliveredFile:
    """A file as the ledger of arrivals names it."""

    path: str
    upload_date: date
    org_code: str
    kind: str
    bytes: int

    @property
    def weight(self) -> int:
        """About how many bytes it has when it is unpacked."""
        return self.bytes * (GROWTH_OF_PACKED if self.path.casefold().endswith(_PACKED) else 1)

    @property
    def is_large(self) -> bool:
        """Whether it is read piece by piece: it may be larger than the memory, and it has lines."""
        return self.kind in DELIMITED_KINDS and self.weight > LARGE_BYTES


def cut_batches(files: Sequence[DeliveredFile]) -> Iterator[list[DeliveredFile]]:
    """Cut files into batches, keeping their order; a file larger than a batch is one by itself."""
    batch: list[DeliveredFile] = []
    size = 0
    for file in files:
        if batch and (size + file.weight > BATCH_BYTES or len(batch) == BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.weight
    if batch:
        yield batch


class Storage:
    """Where one table's rows, defects and readings go; the caller holds the transaction, and finishes."""

    def __init__(self, connection: DuckDBPyConnection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._rows = RowGroups(connection, f"raw.{table.code}")

    def store(self, files: Sequence[DeliveredFile], readings: Sequence[Reading]) -> None:
        """Append what reading `files` gave: their rows, their defects, and a note of each reading."""
        read = list(zip(files, readings, strict=True))
        self._store_rows(read)
        self._store_notes(read)

    def store_large_file(self, file: DeliveredFile, pieces: Iterable[Reading]) -> Reading:
        """Append what reading one file piece by piece gave; returns its reading without the rows.

        Where a later piece tells that the file cannot be used, nothing of it stays but the note.
        """
        received, defects = 0, []
        try:
            for piece in pieces:
                self._store_rows([(file, piece)])
                received += piece.rows_received
                defects.append(piece.defects)
            reading = _whole(received, pl.concat(defects)) if defects else read_rows(self._table, [], [])
        except RefusedFileError as refusal:
            self._forget(file)
            reading = refused(str(refusal))
        self._store_notes([(file, reading)])
        return reading

    def finish(self) -> None:
        """Append what was kept back to be stored with more."""
        self._rows.finish()

    def _store_rows(self, read: Sequence[tuple[DeliveredFile, Reading]]) -> None:
        rows = [(file, reading.frame) for file, reading in read if reading.frame is not None]
        if any(frame.height for _, frame in rows):
            self._rows.append(_under_each_other(rows).select(list(raw_columns(self._table))))
        defects = [(file, reading.defects) for file, reading in read if reading.defects.height]
        if defects:
            self._insert("raw.defect", _under_each_other(defects))

    def _store_notes(self, read: Sequence[tuple[DeliveredFile, Reading]]) -> None:
        self._insert("raw.reading", _notes(read))

    def _insert(self, name: str, frame: pl.DataFrame) -> None:
        insert_frame(self._connection, name, frame.with_columns(table_code=pl.lit(self._table.code)))

    def _forget(self, file: DeliveredFile) -> None:
        self.finish()
        for name in (f"raw.{self._table.code}", "raw.defect"):
            self._connection.execute(f"delete from {quoted(name)} where path = $path", {"path": file.path})


def _whole(received: int, defects: pl.DataFrame) -> Reading:
    unparsable = defects.filter(rule_id=UNPARSABLE).height
    return Reading(None, defects, received, remark(received, unparsable, defects.height - unparsable), False)


def _under_each_other(frames: Sequence[tuple[DeliveredFile, pl.DataFrame]]) -> pl.DataFrame:
    """All rows, each with the upload date, hospital and path of its file."""
    origin = _origin([file for file, _ in frames])
    file_of_row = pl.Series([frame.height for _, frame in frames])
    indexes = pl.int_range(origin.height, eager=True).repeat_by(file_of_row).explode(empty_as_null=False)
    return pl.concat([origin[indexes], pl.concat([frame for _, frame in frames])], how="horizontal")


def _notes(read: Sequence[tuple[DeliveredFile, Reading]]) -> pl.DataFrame:
    return _origin([file for file, _ in read]).with_columns(
        rows_received=pl.Series([reading.rows_received for _, reading in read]),
        is_refused=pl.Series([reading.is_refused for _, reading in read]),
        reason=pl.Series([reading.reason for _, reading in read], dtype=pl.String),
    )


def _origin(files: Sequence[DeliveredFile]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "upload_date": [file.upload_date for file in files],
            "org_code": [file.org_code for file in files],
            "path": [file.path for file in files],
        }
    )
