"""Loads the accepted files of one table and some days into `raw`, replacing what those days held."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from duckdb import DuckDBPyConnection

from xypipeline.ahead import one_ahead
from xypipeline.raw.batches import DeliveredFile, Storage, cut_batches
from xypipeline.raw.files import Uploads, read_some
from xypipeline.raw.large import read_large
from xypipeline.raw.reading import Reading
from xypipeline.standard.model import Catalogue, Table
from xypipeline.standard.schemas import raw_columns
from xypipeline.warehouse import quoted, run_sql, transaction

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
    """Create `raw.reading`, `raw.defect` and one table per deliverable table, where they are missing."""
    connection.execute(_SQL.joinpath("tables.sql").read_text(encoding="utf-8"))
    for table in catalogue.deliverable.values():
        columns = ", ".join(f"{quoted(name)} {type_}" for name, type_ in raw_columns(table).items())
        connection.execute(f"create table if not exists {quoted(f'raw.{table.code}')} ({columns})")


def load_days(
    connection: DuckDBPyConnection,
    table: Table,
    uploads: Uploads,
    first: date,
    last: date,
    on_progress: Callable[[int], None] = lambda rows: None,
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
    waiting = _files_waiting(connection, table, first, last)
    rows_by_day: Counter[date] = Counter()
    files_refused = 0

    def read(batch: Sequence[DeliveredFile]) -> list[Reading] | None:
        if batch[0].is_large:
            return None  # piece by piece, while it is stored
        return read_some([uploads.find(file.path, file.kind) for file in batch], table)

    with transaction(connection):
        _delete_days(connection, table, first, last)
        storage = Storage(connection, table)
        for batch, readings in one_ahead(read, cut_batches(waiting)):
            if readings is None:
                pieces = read_large(uploads.find(batch[0].path, batch[0].kind), table)
                readings = [storage.store_large_file(batch[0], pieces)]
            else:
                readings = _store_all(storage, batch, readings, read)
            for file, reading in zip(batch, readings, strict=True):
                rows_by_day[file.upload_date] += reading.rows_parsed
            files_refused += sum(reading.is_refused for reading in readings)
            on_progress(sum(reading.rows_parsed for reading in readings))
        storage.finish()
    return LoadCounts(len(waiting), files_refused, dict(rows_by_day))


def _store_all(
    storage: Storage,
    batch: Sequence[DeliveredFile],
    readings: list[Reading],
    read: Callable[[Sequence[DeliveredFile]], list[Reading]],
) -> list[Reading]:
    """Store the readings of a batch, and read those of its files for which there was no room before.

    Returns:
        The readings of all its files, without their rows.
    """
    stored: list[Reading] = []
    while True:
        storage.store(batch[len(stored) : len(stored) + len(readings)], readings)
        stored += [replace(reading, frame=None) for reading in readings]
        if len(stored) == len(batch):
            return stored
        readings = read(batch[len(stored) :])


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
    rows = quoted(f"raw.{table.code}")
    connection.execute(f"delete from {rows} where {of_the_days}", {"first": first, "last": last})
