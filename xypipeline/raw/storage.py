"""Files read together are stored together: their rows typed, with what was set aside and a note of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.archives import RefusedFileError
from xypipeline.raw.batches import DeliveredFile
from xypipeline.raw.reading import UNPARSABLE, Reading, read_rows, refused, remark
from xypipeline.row_groups import RowGroups
from xypipeline.standard.model import Table
from xypipeline.standard.schemas import raw_columns
from xypipeline.stored.rows import stored_rows
from xypipeline.stored.tables import stored
from xypipeline.warehouse import insert_frame, quoted


@dataclass(frozen=True)
class ReadFiles:
    """Some files, read and ready to be stored."""

    files: Sequence[DeliveredFile]
    readings: Sequence[Reading]
    """Of each file, without its rows."""
    rows: pl.DataFrame | None
    """The rows of all of them, as `stored_rows` gives them; None without any."""


def read_files(table: Table, files: Sequence[DeliveredFile], readings: Sequence[Reading]) -> ReadFiles:
    """Put together what reading the first `files` gave; there may be fewer readings."""
    read = [(file, reading.frame) for file, reading in zip(files, readings, strict=False)]
    rows = [(file, frame) for file, frame in read if frame is not None and frame.height]
    text = _under_each_other(rows).select(list(raw_columns(table))) if rows else None
    return ReadFiles(
        files=files[: len(readings)],
        readings=[replace(reading, frame=None) for reading in readings],
        rows=None if text is None else stored_rows(text, table),
    )


class Storage:
    """Where one table's rows, defects and readings go; the caller holds the transaction, and finishes."""

    def __init__(self, connection: DuckDBPyConnection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._rows = RowGroups(connection, stored(table.code))

    def store(self, read: ReadFiles) -> None:
        """Append what reading files gave: their rows, their defects, and a note of each reading."""
        self._store_rows(read)
        self._insert("raw.reading", _notes(read))

    def store_large_file(self, file: DeliveredFile, pieces: Iterable[Reading]) -> Reading:
        """Append what reading one file piece by piece gave; returns its reading without the rows.

        Where a later piece tells that the file cannot be used, nothing of it stays but the note.
        """
        received, defects = 0, []
        try:
            for piece in pieces:
                self._store_rows(read_files(self._table, [file], [piece]))
                received += piece.rows_received
                defects.append(piece.defects)
            reading = _whole(received, pl.concat(defects)) if defects else read_rows(self._table, [], [])
        except RefusedFileError as refusal:
            self._forget(file)
            reading = refused(str(refusal))
        self._insert("raw.reading", _notes(ReadFiles([file], [reading], None)))
        return reading

    def finish(self) -> None:
        """Append what was kept back to be stored with more."""
        self._rows.finish()

    def _store_rows(self, read: ReadFiles) -> None:
        if read.rows is not None:
            self._rows.append(read.rows.with_columns(in_raw=True))
        pairs = zip(read.files, read.readings, strict=True)
        defects = [(file, reading.defects) for file, reading in pairs if reading.defects.height]
        if defects:
            self._insert("raw.defect", _under_each_other(defects))

    def _insert(self, name: str, frame: pl.DataFrame) -> None:
        insert_frame(self._connection, name, frame.with_columns(table_code=pl.lit(self._table.code)))

    def _forget(self, file: DeliveredFile) -> None:
        self.finish()
        rows = f"delete from {quoted(stored(self._table.code))} where in_raw and path = $path"
        for statement in (rows, "delete from raw.defect where path = $path"):
            self._connection.execute(statement, {"path": file.path})


def _whole(received: int, defects: pl.DataFrame) -> Reading:
    unparsable = defects.filter(rule_id=UNPARSABLE).height
    return Reading(None, defects, received, remark(received, unparsable, defects.height - unparsable), False)


def _under_each_other(frames: Sequence[tuple[DeliveredFile, pl.DataFrame]]) -> pl.DataFrame:
    """All rows, each with the upload date, hospital and path of its file."""
    origin = _origin([file for file, _ in frames])
    file_of_row = pl.Series([frame.height for _, frame in frames])
    indexes = pl.int_range(origin.height, eager=True).repeat_by(file_of_row).explode(empty_as_null=False)
    return pl.concat([origin[indexes], pl.concat([frame for _, frame in frames])], how="horizontal")


def _notes(read: ReadFiles) -> pl.DataFrame:
    return _origin(read.files).with_columns(
        rows_received=pl.Series([reading.rows_received for reading in read.readings]),
        is_refused=pl.Series([reading.is_refused for reading in read.readings]),
        reason=pl.Series([reading.reason for reading in read.readings], dtype=pl.String),
    )


def _origin(files: Sequence[DeliveredFile]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "upload_date": [file.upload_date for file in files],
            "org_code": [file.org_code for file in files],
            "path": [file.path for file in files],
        }
    )
