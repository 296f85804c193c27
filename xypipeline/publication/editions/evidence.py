"""What is frozen beside the documents: inputs, ledger, exact figures, published cells, policy, register."""

import gzip
import io
from datetime import date
from pathlib import Path

import polars as pl
from duckdb import CatalogException, DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.editions.cells import cells_bytes, published_cells
from xypipeline.publication.figures import QuarterFigures
from xypipeline.warehouse import run_sql

FOLDER = "evidence"
INPUTS = f"{FOLDER}/inputs.csv.gz"
LEDGER = f"{FOLDER}/ledger.csv.gz"
STANDING = f"{FOLDER}/standing.csv"
TABLE_STANDING = f"{FOLDER}/table_standing.csv.gz"
CELLS = f"{FOLDER}/cells.csv"
POLICY_DIR = f"{FOLDER}/policy"
REGISTRY_DIR = f"{FOLDER}/registry"

KEYS = {
    INPUTS: ("path",),
    LEDGER: ("org_code", "table_code", "upload_date"),
    STANDING: ("org_code",),
    TABLE_STANDING: ("org_code", "table_code"),
}
"""What identifies a row of each frozen table."""
FIGURES = (STANDING, TABLE_STANDING)
_SQL = {
    INPUTS: "frozen_inputs.sql",
    LEDGER: "frozen_ledger.sql",
    STANDING: "frozen_standing.sql",
    TABLE_STANDING: "frozen_table_standing.sql",
}


def gather_evidence(
    connection: DuckDBPyConnection, figures: QuarterFigures, basis: Basis
) -> dict[str, bytes]:
    """The content of each file of evidence, by its path in the edition; the same warehouse, the same bytes.

    Raises:
        PublicationError: the warehouse lacks a table that is to be frozen.
    """
    tables = {
        name: _table_bytes(name, read_current(connection, name, figures.quarter, figures.as_of))
        for name in KEYS
    }
    registry = {f"{REGISTRY_DIR}/{name}": content for name, content in basis.registry_files.items()}
    return {
        **tables,
        **registry,
        f"{POLICY_DIR}/{basis.policy.year}.toml": basis.policy_file,
        CELLS: cells_bytes(published_cells(figures)),
    }


def read_current(connection: DuckDBPyConnection, name: str, quarter: Quarter, as_of: date) -> pl.DataFrame:
    """What the warehouse has now of a frozen table: the frozen columns and order.

    Raises:
        PublicationError: the warehouse lacks the table.
    """
    days = {"first_day": quarter.first, "as_of": as_of}
    parameters = {"period": str(quarter)} if name in FIGURES else days
    try:
        return run_sql(connection, Path(__file__).with_name(_SQL[name]), **parameters)
    except CatalogException as error:
        raise PublicationError(
            f"The warehouse has not what {name} is made of; run {quarter} first."
        ) from error


def as_frozen(frame: pl.DataFrame) -> pl.DataFrame:
    """A table's values as text, as they read once frozen; null stays null."""
    return read_frozen(frame.write_csv().encode())


def read_frozen(content: bytes) -> pl.DataFrame:
    """A frozen table: every value as text, null where empty."""
    plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return pl.read_csv(io.BytesIO(plain), infer_schema=False)


def _table_bytes(name: str, frame: pl.DataFrame) -> bytes:
    content = frame.write_csv().encode()
    # Without a time in it, so that the same table gives the same bytes.
    return gzip.compress(content, mtime=0) if name.endswith(".gz") else content
