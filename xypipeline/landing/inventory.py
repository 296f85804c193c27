"""Keeps the ledger of arrivals: what lies in the landing folder for some days, file by file."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.landing.arrival import Arrival, take_note
from xypipeline.landing.changes import find_changes
from xypipeline.landing.names import FileName, parse_file_name
from xypipeline.landing.walk import Door, find_files
from xypipeline.warehouse import insert_frame, run_sql, transaction

_SQL = files("xypipeline.landing")
# Hashing leaves Python alone, so a few threads keep disk and processors busy.
_HASHING_THREADS = 4
_SCHEMA = {
    "path": pl.String,
    "upload_date": pl.Date,
    "org_code": pl.String,
    "table_code": pl.String,
    "kind": pl.String,
    "bytes": pl.Int64,
    "sha256": pl.String,
    "reason": pl.String,
}


@dataclass(frozen=True)
class ArrivalCounts:
    """How much was found: files and members of archives."""

    files: int
    refused: int
    bytes: int
    changed: int
    """How many were taken in before with another content, or are gone; `landing.change` names them."""


def create_tables(connection: DuckDBPyConnection) -> None:
    """Create `landing.arrival` and `landing.change` where they are missing."""
    for name in ("arrival.sql", "change.sql"):
        connection.execute(_SQL.joinpath(name).read_text(encoding="utf-8"))


def create_file_view(connection: DuckDBPyConnection) -> None:
    """Create the view `landing.file`; the tables of landing, raw and validated must exist."""
    connection.execute(_SQL.joinpath("file.sql").read_text(encoding="utf-8"))


def scan(door: Door, first: date, last: date) -> Iterator[Arrival]:
    """Describe every file of the days `first` to `last`, and every file that belongs to no day at all.

    Args:
        door: where to look, and what is let in; see `find_files` for what is left alone.
        first: first upload date.
        last: last upload date, included.

    Raises:
        LandingError: there is no landing folder.
    """

    @cache
    def read_name(name: str) -> FileName:
        return parse_file_name(name, door.catalogue)

    found = find_files(door, first, last)
    with ThreadPoolExecutor(_HASHING_THREADS) as threads:
        for arrivals in threads.map(lambda item: take_note(*item, read_name, door.limits), found):
            yield from arrivals


def store_arrivals(connection: DuckDBPyConnection, door: Door, first: date, last: date) -> ArrivalCounts:
    """Replace what `landing.arrival` says of these days, and of files outside every day, by what is there.

    A file of these days that is not as it was taken in before is put on record in `landing.change` for good.

    Raises:
        LandingError: there is no landing folder; the ledger stays as it was.
    """
    arrivals = list(scan(door, first, last))
    frame = pl.DataFrame([asdict(arrival) for arrival in arrivals], schema=_SCHEMA)
    with transaction(connection):
        changes = find_changes(run_sql(connection, _SQL / "taken_in.sql", first=first, last=last), frame)
        insert_frame(connection, "landing.change", changes)
        connection.execute(
            "delete from landing.arrival where upload_date is null or upload_date between $first and $last",
            {"first": first, "last": last},
        )
        insert_frame(connection, "landing.arrival", frame.sort("upload_date", "path"))
    return ArrivalCounts(
        files=len(arrivals),
        refused=sum(arrival.reason is not None for arrival in arrivals),
        bytes=sum(arrival.bytes or 0 for arrival in arrivals),
        changed=changes.height,
    )
