"""The only module that opens DuckDB: one writer at a time, frames in and out, one transaction per change.

SQL of the stages lies beside their Python, in `.sql` files; this module runs it and knows no table. Where the
environment has a key, the file is encrypted with it; without one, any DuckDB client reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from xypipeline.encryption import CATALOG, attach, attach_encrypted, explain_refusal, load_cipher
from xypipeline.errors import WarehouseError
from xypipeline.owner_only import close_to_others
from xypipeline.settings import load_warehouse_key

# `stored` holds the rows that `raw` and `validated` show, each once.
SCHEMAS = ("landing", "stored", "raw", "validated", "scores", "publication")
LOCK_TIMEOUT_SECONDS = 600
# Who only looks something up would rather be told that a run is going on than wait for its end.
READ_TIMEOUT_SECONDS = 10
MEMORY_LIMIT = "1GB"
# Lies beside the warehouse while a restore puts files into their places: some are old then and some new.
RESTORE_MARK = "restore.unfinished"
# Texts as Polars keeps them: half the cost of handing a frame over.
_TEXTS_TO_POLARS = {"produce_arrow_string_view": True, "arrow_output_version": "1.4"}


@contextmanager
def open_warehouse(path: Path, *, lock_timeout: float = LOCK_TIMEOUT_SECONDS) -> Iterator[DuckDBPyConnection]:
    """Open the warehouse file for writing, waiting for another writer to finish.

    Raises:
        WarehouseError: another process held it for `lock_timeout` seconds, or the file is no warehouse.
        EncryptionError: the key is missing, is not the file's key, or cannot be used.
    """
    with hold_warehouse(path, lock_timeout=lock_timeout), _connect(path) as connection:
        yield connection


@contextmanager
def read_warehouse(path: Path, *, lock_timeout: float = READ_TIMEOUT_SECONDS) -> Iterator[DuckDBPyConnection]:
    """Open the warehouse file for reading only; nothing can be changed through the connection.

    Raises:
        WarehouseError: nothing was run yet, another process held it for `lock_timeout` seconds, or the file
            is no warehouse.
        EncryptionError: the key is missing, is not the file's key, or cannot be used.
    """
    if not path.exists():
        raise WarehouseError(f"{path} does not exist: nothing was run yet; run the period first.")
    with hold_warehouse(path, lock_timeout=lock_timeout), _connect(path, read_only=True) as connection:
        yield connection


@contextmanager
def hold_warehouse(
    path: Path, *, lock_timeout: float = LOCK_TIMEOUT_SECONDS, to_restore: bool = False
) -> Iterator[None]:
    """Keep every run away from the warehouse file without opening it, to copy or to replace it.

    Raises:
        WarehouseError: another process held it for `lock_timeout` seconds; or a restore was broken off, and
            this is not another `to_restore`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_suffix(".lock"))
    try:
        lock.acquire(timeout=lock_timeout)
    except Timeout as timeout:
        raise WarehouseError(
            f"{path} is in use by another run; wait for it to end, or stop it, then run again."
        ) from timeout
    try:
        if path.with_name(RESTORE_MARK).exists() and not to_restore:
            raise WarehouseError(f"A restore of {path} was broken off; run `xypipeline restore` again.")
        yield
    finally:
        lock.release()


def merge_log(path: Path) -> None:
    """Bring everything that is committed into the one file; the caller holds the warehouse."""
    with _connect(path) as connection:
        connection.execute("checkpoint")


def connect_in_memory() -> DuckDBPyConnection:
    """Open an empty warehouse that lives as long as the connection, set up like the file."""
    connection = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": False, **_TEXTS_TO_POLARS}
    )
    _prepare(connection)
    return connection


def run_sql(connection: DuckDBPyConnection, query: Traversable, /, **parameters: object) -> pl.DataFrame:
    """Run one `.sql` file and return its rows; an unused or missing parameter raises."""
    return connection.sql(query.read_text(encoding="utf-8"), params=parameters or None).pl()


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Commit what happens inside as one change; on any exception nothing of it remains."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def insert_frame(connection: DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Append a frame to `schema.table` by column name; columns that it lacks become null."""
    if frame.is_empty():
        return
    # DuckDB finds the argument by its name. A registered view would keep the rows in memory until the
    # transaction ends, dropped or not.
    connection.execute(f"insert into {quoted(table)} by name select * from frame")


def quoted(name: str) -> str:
    """Quote `schema.table` or a column for SQL text; names come from our own checked catalogue only."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def rekey_warehouse(path: Path, key: str | None, new_key: str | None) -> None:
    """Write the warehouse anew with another key, or with none, and put it in the place of the old one.

    Killed at any moment, the file is the old one or the new one, and opens with the key of either.

    Raises:
        WarehouseError: a run held the file for too long, or it is no warehouse.
        EncryptionError: the key is not its key, or DuckDB lacks the cipher.
    """
    unfinished = path.with_name(f"{path.name}.part")
    with hold_warehouse(path):
        unfinished.unlink(missing_ok=True)
        with duckdb.connect(":memory:", config=_config(path)) as connection:
            if new_key is not None or key is not None:
                load_cipher(connection)
            try:
                attach(connection, path, CATALOG, key)
            except duckdb.Error as error:
                raise explain_refusal(path, key, error) from None
            attach(connection, unfinished, "rekeyed", new_key)
            connection.execute(f"copy from database {CATALOG} to rekeyed")
            connection.execute("checkpoint rekeyed")
            connection.execute(f"checkpoint {CATALOG}")
        close_to_others(unfinished)
        unfinished.replace(path)


@contextmanager
def _connect(path: Path, *, read_only: bool = False) -> Iterator[DuckDBPyConnection]:
    key = load_warehouse_key()
    try:
        connection = _open(path, key, read_only=read_only)
    except duckdb.Error as error:
        raise explain_refusal(path, key, error) from None
    try:
        if not read_only:
            close_to_others(path)
            _prepare(connection)
        yield connection
    finally:
        connection.close()


def _open(path: Path, key: str | None, *, read_only: bool) -> DuckDBPyConnection:
    if key is None:
        return duckdb.connect(str(path), read_only=read_only, config=_config(path))
    connection = duckdb.connect(":memory:", config=_config(path))
    try:
        attach_encrypted(connection, path, key, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _config(path: Path) -> dict[str, bool | str]:
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(path.with_suffix(".tmp")),
        **_TEXTS_TO_POLARS,
    }


def _prepare(connection: DuckDBPyConnection) -> None:
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
