"""Opens an encrypted warehouse in a connection: DuckDB's own cipher (AES-256-GCM), and a key from outside.

DuckDB's wheel can read what is encrypted. To write it, it wants OpenSSL, which is in its extension httpfs;
the cipher that it has itself draws predictable random numbers, and is never used here.
"""

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from xypipeline.errors import EncryptionError, WarehouseError, XyPipelineError

CATALOG = "warehouse"
_EXTENSION = "httpfs"


def attach_encrypted(connection: DuckDBPyConnection, path: Path, key: str, *, read_only: bool) -> None:
    """Attach the encrypted file to a connection in memory, and make it the one that queries mean.

    Raises:
        EncryptionError: the file is to be written and DuckDB lacks the cipher for it.
        duckdb.Error: the key is not this file's, the file is not encrypted, or it is no warehouse; no text of
            it has the key.
    """
    if not read_only:
        load_cipher(connection)
    connection.execute("set temp_file_encryption = true")
    attach(connection, path, CATALOG, key, read_only=read_only)
    connection.execute(f"use {CATALOG}")


def attach(
    connection: DuckDBPyConnection, path: Path, name: str, key: str | None, *, read_only: bool = False
) -> None:
    """Attach a file under a name of ours; the key goes in as a parameter, never as text of a statement."""
    options = ["read_only"] if read_only else []
    values = {"path": str(path)}
    if key is not None:
        options.append("encryption_key $key")
        values["key"] = key
    listed = f" ({', '.join(options)})" if options else ""
    connection.execute(f"attach $path as {name}{listed}", values)


def load_cipher(connection: DuckDBPyConnection) -> None:
    """Load what DuckDB encrypts with, from the machine's own disk.

    Raises:
        EncryptionError: it is not installed, or is of another version of DuckDB.
    """
    try:
        connection.execute(f"load {_EXTENSION}")
    except duckdb.Error as error:
        raise EncryptionError(
            f"A key for the warehouse is given, but DuckDB {duckdb.__version__} can encrypt only with its "
            f"extension {_EXTENSION}, which is not installed on this machine. Install it (docs/privacy.md), "
            "or unset XY_WAREHOUSE_KEY and XY_WAREHOUSE_KEY_FILE and encrypt the disk."
        ) from error


def explain_refusal(path: Path, key: str | None, error: duckdb.Error) -> XyPipelineError:
    """Say what a failure to open the file means; the key is in no part of it."""
    match error, key:
        case duckdb.InvalidInputException(), str():
            return EncryptionError(
                f"The key given is not the key of {path}. Set XY_WAREHOUSE_KEY or XY_WAREHOUSE_KEY_FILE to "
                "the key that it was encrypted with; without it nobody can read it, and it has to be "
                "rebuilt from the uploads."
            )
        case duckdb.CatalogException(), None:
            return EncryptionError(
                f"{path} is encrypted; set XY_WAREHOUSE_KEY or XY_WAREHOUSE_KEY_FILE to its key."
            )
        case duckdb.CatalogException(), str():
            return EncryptionError(
                f"A key is given, but {path} is not encrypted. Encrypt it with `xypipeline rekey`, or unset "
                "XY_WAREHOUSE_KEY and XY_WAREHOUSE_KEY_FILE."
            )
    return WarehouseError(
        f"{path} cannot be opened: it is open in another program, or it is not a warehouse. "
        "Close the other program and run again; a damaged file can be deleted, all of it is rebuilt "
        "from the uploads."
    )
