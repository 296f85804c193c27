"""Loads the accepted files of one table and some days into `raw`, replacing what those days held."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.resources import files

from duckdb import DuckDBPyConnection

from xypipeline.ahead import Ahead, reading_beside
from xypipeline.raw.batches import DeliveredFile, cut_batches
from xypipeline.raw.files import Uploads, read_some
from xypipeline.raw.large import read_large
from xypipeline.raw.reading import Reading
from xypipeline.raw.storage import ReadFiles, Storage, read_files
from xypipeline.standard.model import Catalogue, Table
from xypipeline.stored.tables import create_tables as create_stored_tables
from xypipeline.stored.tables import forget_texts
from xypipeline.warehouse import quoted, run_sql, transaction

Told = Callable[[int], None]

_SQL = files("xypipeline.raw")


@dataclass(frozen=True)
class LoadCounts:
    """What loading some days of one table gave."""

    files: int
    files_refused: int
    rows_by_day: Mapping[date, int]
    """Rows stored; days without a file are missing."""

    @property
    def rows(self) -> int:
        """Rows stored in all."""
        return sum(self.rows_by_day.values())


def create_tables(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create `raw.reading`, `raw.defect` and what the rows of each table lie in, where they are missing."""
    connection.execute(_SQL.joinpath("tables.sql").read_text(encoding="utf-8"))
    create_stored_tables(connection, catalogue)


def load_days(
    connection: DuckDBPyConnection,
    table: Table,
    uploads: Uploads,
    first: date,
    last: date,
    on_progress: Told = lambda rows: None,
) -> LoadCounts:
    """Read every accepted file of a table for the days `first` to `last` and store its rows as text.

    Rows, readings and defects of these days are replaced in one transaction; rows are stored in the order of
    upload date, path and line. A file that cannot be read is noted as refused, and the others go on.

    Args:
        connection: the warehouse, with `landing.arrival` up to date.
        table: the table to load.
        uploads: where the paths of `landing.arrival` begin, and the limits of the files.
        first: first upload date.
        last: last upload date, included.
        on_progress: told after each batch how many rows it brought.
    """
    with loading(connection, [table], uploads, first, last) as load:
        return load(table, on_progress)


@contextmanager
def loading(
    connection: DuckDBPyConnection, tables: Sequence[Table], uploads: Uploads, first: date, last: date
) -> Iterator[Callable[[Table, Told], LoadCounts]]:
    """Loads several tables as `load_days` does one: files of the next are read while one is stored.

    Yields:
        What loads a table; they are taken in the order given, and none twice.
    """
    with reading_beside(connection) as beside:

        def cut(table: Table) -> Iterator[_Batch]:
            return (_Batch(table, files) for files in cut_batches(_files_waiting(beside, table, first, last)))

        with Ahead(tables, cut, partial(_read_batch, uploads), _size) as readings:

            def load(table: Table, on_progress: Told) -> LoadCounts:
                with transaction(connection):
                    _delete_days(connection, table, first, last)
                    storage = Storage(connection, table)
                    return _store(storage, uploads, readings.take(table), on_progress)

            yield load


@dataclass(frozen=True)
class _Batch:
    """Files of one table that are read together."""

    table: Table
    files: Sequence[DeliveredFile]


def _read_batch(uploads: Uploads, batch: _Batch) -> ReadFiles | None:
    if batch.files[0].is_large:
        return None  # piece by piece, while it is stored
    readings = read_some([uploads.find(file.path, file.kind) for file in batch.files], batch.table)
    return read_files(batch.table, batch.files, readings)


def _size(read: ReadFiles | None) -> int:
    return 0 if read is None or read.rows is None else read.rows.estimated_size()


def _store(
    storage: Storage,
    uploads: Uploads,
    batches: Iterator[tuple[_Batch, ReadFiles | None]],
    on_progress: Told,
) -> LoadCounts:
    files, files_refused = 0, 0
    rows_by_day: Counter[date] = Counter()
    for batch, read in batches:
        if read is None:
            file = batch.files[0]
            pieces = read_large(uploads.find(file.path, file.kind), batch.table)
            readings = [storage.store_large_file(file, pieces)]
        else:
            readings = _store_all(storage, uploads, batch, read)
        for file, reading in zip(batch.files, readings, strict=True):
            rows_by_day[file.upload_date] += reading.rows_parsed
        files += len(batch.files)
        files_refused += sum(reading.is_refused for reading in readings)
        on_progress(sum(reading.rows_parsed for reading in readings))
    storage.finish()
    return LoadCounts(files, files_refused, dict(rows_by_day))


def _store_all(storage: Storage, uploads: Uploads, batch: _Batch, read: ReadFiles) -> list[Reading]:
    """Store what was read of a batch, and read those of its files for which there was no room before.

    Returns:
        The readings of all its files, without their rows.
    """
    readings: list[Reading] = []
    while True:
        storage.store(read)
        readings += read.readings
        if len(readings) == len(batch.files):
            return readings
        read = _read_batch(uploads, replace(batch, files=batch.files[len(readings) :]))


def _files_waiting(
    connection: DuckDBPyConnection, table: Table, first: date, last: date
) -> list[DeliveredFile]:
    query = _SQL.joinpath("waiting_files.sql")
    waiting = run_sql(connection, query, table_code=table.code, first=first, last=last)
    return [DeliveredFile(**row) for row in waiting.iter_rows(named=True)]


def _delete_days(connection: DuckDBPyConnection, table: Table, first: date, last: date) -> None:
    days = {"table_code": table.code, "first": first, "last": last}
    of_the_days = "upload_date between $first and $last"
    for name in ("raw.reading", "raw.defect"):
        connection.execute(
            f"delete from {quoted(name)} where table_code = $table_code and {of_the_days}", days
        )
    forget_texts(connection, table, first, last)
