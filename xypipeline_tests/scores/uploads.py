"""Puts uploads into an in-memory warehouse the way the earlier stages leave them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.scores.models import Ledger
from xypipeline.scores.store import create_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.stored.tables import create_tables as create_stored_tables
from xypipeline.warehouse import connect_in_memory, insert_frame
from xypipeline_tests.stored.filling import accept_rows

TABLE = current_catalogue().tables["outpatient_charge"]
PATH = "2023-04-{day:02}/{org_code}/outpatient_charge.csv"


def april(day: int) -> date:
    return date(2023, 4, day)


@dataclass(frozen=True)
class Upload:
    """One accepted row of `TABLE`; its key is the charge's id, `update` the hour of its update time."""

    day: int
    key: str
    update: int | None = 1
    flag: str | None = "1"
    org_code: str = "A"
    is_qualified: bool = True


def warehouse_with(uploads: Iterable[Upload]) -> DuckDBPyConnection:
    """A warehouse in which the rows arrived in the order given, one file per hospital and day."""
    connection = _empty_warehouse()
    rows = list(uploads)
    accept_rows(connection, TABLE.code, _rows_frame(rows))
    received = Counter((row.org_code, row.day) for row in rows)
    qualified = Counter((row.org_code, row.day) for row in rows if row.is_qualified)
    for (org_code, day), count in received.items():
        add_file(
            connection, org_code, day, received=count, accepted=count, qualified=qualified[org_code, day]
        )
    return connection


def add_file(
    connection: DuckDBPyConnection,
    org_code: str,
    day: int,
    *,
    received: int,
    accepted: int | None,
    qualified: int = 0,
) -> None:
    """Note a file that was read; one that was refused has no accepted rows at all, and no tally."""
    path = PATH.format(day=day, org_code=org_code)
    file = [path, april(day), org_code, TABLE.code]
    connection.execute(
        "insert into raw.reading values (?, ?, ?, ?, ?, ?, null)", [*file, received, accepted is None]
    )
    if accepted is not None:
        connection.execute(
            "insert into validated.tally values (?, ?, ?, ?, ?, ?, ?)",
            [*file, accepted, qualified, received - accepted],
        )


def store_ledger(connection: DuckDBPyConnection, rows: Iterable[dict[str, object]]) -> None:
    """Write ledger rows as they are; counts that are not given are zero."""
    create_tables(connection)
    zeros = dict.fromkeys(
        ["rows_received", "rows_accepted", "rows_qualified", "rows_fatal", "records_new"], 0
    )
    frame = pl.DataFrame([zeros | row for row in rows])
    insert_frame(connection, "scores.ledger", Ledger.validate(frame.select(*Ledger.to_schema().columns)))


def read_ledger(connection: DuckDBPyConnection) -> list[tuple]:
    return connection.execute(
        "select * from scores.ledger order by org_code, table_code, upload_date"
    ).fetchall()


def _empty_warehouse() -> DuckDBPyConnection:
    connection = connect_in_memory()
    catalogue = current_catalogue()
    create_stored_tables(connection, replace(catalogue, tables={TABLE.code: TABLE}))
    connection.execute(
        "create table raw.reading (path varchar, upload_date date, org_code varchar, table_code varchar,"
        " rows_received bigint, is_refused boolean, reason varchar)"
    )
    connection.execute(
        "create table validated.tally (path varchar, upload_date date, org_code varchar, table_code varchar,"
        " rows_accepted bigint, rows_qualified bigint, rows_fatal bigint)"
    )
    return connection


def _rows_frame(rows: list[Upload]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "upload_date": april(row.day),
                "org_code": row.org_code,
                "path": PATH.format(day=row.day, org_code=row.org_code),
                "line": line,
                "is_qualified": row.is_qualified,
                "charge_id": row.key,
                "charge_refund_flag": "1",
                "modify_flag": row.flag,
                "update_time": None if row.update is None else datetime(2023, 4, 1, row.update),
            }
            for line, row in enumerate(rows, start=2)
        ]
    )
