"""Counts records: the distinct primary keys that a hospital uploaded, less those it revoked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.ahead import Ahead, reading_beside
from xypipeline.standard.model import Table
from xypipeline.stored.tables import accepted_rows
from xypipeline.warehouse import insert_frame, quoted, run_sql

_KEY_HASHES = Path(__file__).with_name("key_hashes.sql")
_NEW_RECORDS = Path(__file__).with_name("new_records.sql")
_HASH = "hash(record_key)"


def count_new_records(
    connection: DuckDBPyConnection, tables: tuple[Table, ...], first: date, last: date
) -> Iterator[pl.DataFrame]:
    """Count the records of each table by hospital and by the day on which they were first accepted.

    Nearly every key occurs once, and to find that out its hash is enough: different hashes, different keys.
    The keys whose hash occurs again are told apart by themselves, so two keys of one hash are two records.

    Yields:
        For each table one row per hospital and day with a new record, in this order: org_code, table_code,
        upload_date, records_new.

    Source: docs/scoring.md, clauses 2 and 3.
    """
    days = {"first_day": first, "last_day": last}
    with reading_beside(connection) as beside:

        def find_repeated(table: Table) -> pl.DataFrame:
            _name_versions(beside, table)
            return _repeated(run_sql(beside, _KEY_HASHES, **days))

        # While the records of one table are counted, the next one is searched for keys that repeat.
        with Ahead([tables], iter, find_repeated) as found:
            for table, repeated in found.take(tables):
                _name_versions(connection, table)
                connection.execute("create or replace temp table repeated_row (row_id bigint)")
                insert_frame(connection, "repeated_row", repeated)
                counted = run_sql(connection, _NEW_RECORDS, **days)
                code = pl.lit(table.code).alias("table_code")
                yield counted.select("org_code", code, "upload_date", "records_new")


def _repeated(versions: pl.DataFrame) -> pl.DataFrame:
    """The rows whose key has a hash that occurs again."""
    hashes = versions["key_hash"].sort()
    repeated = hashes.filter(hashes == hashes.shift(1)).unique()
    return versions.filter(pl.col("key_hash").is_in(repeated.implode())).select("row_id")


def _name_versions(connection: DuckDBPyConnection, table: Table) -> None:
    """Let `record_version` be the accepted rows, each with its key as one value, its hash and its place."""
    key = ", ".join(quoted(column) for column in dict.fromkeys(("org_code", *table.primary_key)))
    connection.execute(
        f"create or replace temp view record_version as select *, {_HASH} as key_hash from "
        f"(select *, row({key}) as record_key from ({accepted_rows(table.code)}))"
    )
