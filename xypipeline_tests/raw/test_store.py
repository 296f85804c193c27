import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.raw import batches
from xypipeline.raw.files import Uploads
from xypipeline.raw.store import LoadCounts, create_tables, load_days
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory

CATALOGUE = current_catalogue()
TABLE = CATALOGUE.tables["department"]
DAY, NEXT_DAY = date(2023, 4, 1), date(2023, 4, 2)
HOSPITAL = "411500001"


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        connection.execute(
            "create table landing.arrival (path varchar, upload_date date, org_code varchar,"
            " table_code varchar, kind varchar, bytes bigint, sha256 varchar, reason varchar)"
        )
        create_tables(connection, CATALOGUE)
        yield connection


@pytest.fixture
def landing(tmp_path: Path, connection: DuckDBPyConnection) -> "Landing":
    return Landing(tmp_path, connection)


class Landing:
    """A landing folder whose ledger of arrivals is kept by hand."""

    def __init__(self, folder: Path, connection: DuckDBPyConnection) -> None:
        self.folder = folder
        self.connection = connection

    def deliver(self, day: date, name: str, content: bytes, reason: str | None = None) -> str:
        path = f"{day}/{HOSPITAL}/{name}"
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)
        kind = name.removesuffix(".gz").rpartition(".")[2]
        self.connection.execute(
            "insert into landing.arrival values (?, ?, ?, 'department', ?, ?, null, ?)",
            [path, day, HOSPITAL, kind, len(content), reason],
        )
        return path

    def load(self, first: date = DAY, last: date = NEXT_DAY) -> LoadCounts:
        return load_days(self.connection, TABLE, Uploads(self.folder), first, last)

    def rows(self, query: str) -> list[tuple]:
        return self.connection.sql(query).fetchall()


def test_rows_are_stored_in_the_order_of_day_path_and_line(landing: Landing) -> None:
    late = landing.deliver(NEXT_DAY, "department.csv", b"org_code,dept_code\nA,5\n")
    second = landing.deliver(
        DAY, "department.b.csv.gz", gzip.compress("机构代码,YYKSDM\nA,3\nA,4\n".encode())
    )
    first = landing.deliver(
        DAY, "department.a.jsonl", b'{"org_code": "B", "dept_code": 1}\n\n{"dept_code": 2}\n'
    )

    counts = landing.load()

    assert counts == LoadCounts(files=3, files_refused=0, rows_by_day={DAY: 4, NEXT_DAY: 1})
    assert counts.rows == 5
    assert landing.rows(
        "select upload_date, org_code, path, line, declared_org_code, dept_code from raw.department"
    ) == [
        (DAY, HOSPITAL, first, 1, "B", "1"),
        (DAY, HOSPITAL, first, 3, None, "2"),
        (DAY, HOSPITAL, second, 2, None, "3"),
        (DAY, HOSPITAL, second, 3, None, "4"),
        (NEXT_DAY, HOSPITAL, late, 2, "A", "5"),
    ]


def test_what_each_reading_gave_is_kept(landing: Landing) -> None:
    good = landing.deliver(DAY, "department.a.csv", b"org_code,dept_code,bed\nA,1,1\nA,2\n")
    bad = landing.deliver(DAY, "department.b.csv", b"bed\n1\n")
    empty = landing.deliver(DAY, "department.c.csv", b"")
    landing.deliver(DAY, "department.d.csv", b"org_code,dept_code\nA,9\n", reason="refused at the door")

    counts = landing.load()

    assert counts == LoadCounts(files=3, files_refused=1, rows_by_day={DAY: 1})
    assert landing.rows("select * exclude (reason) from raw.reading order by path") == [
        (good, DAY, HOSPITAL, "department", 2, False),
        (bad, DAY, HOSPITAL, "department", 0, True),
        (empty, DAY, HOSPITAL, "department", 0, False),
    ]
    assert landing.rows("select * exclude (detail) from raw.defect order by line") == [
        (DAY, HOSPITAL, "department", good, 1, "I02", "bed", None),
        (DAY, HOSPITAL, "department", good, 3, "I01", None, "A,2"),
    ]


def test_loading_again_replaces_the_days_and_nothing_else(landing: Landing) -> None:
    landing.deliver(DAY, "department.csv", b"org_code,dept_code\nA,1\nragged\n")
    kept = landing.deliver(NEXT_DAY, "department.csv", b"org_code,dept_code\nA,2\n")
    landing.load()
    landing.load()
    landing.connection.execute("delete from landing.arrival where upload_date = ?", [DAY])

    counts = landing.load(DAY, DAY)

    assert counts == LoadCounts(files=0, files_refused=0, rows_by_day={})
    assert landing.rows("select path, dept_code from raw.department") == [(kept, "2")]
    assert landing.rows("select path from raw.reading") == [(kept,)]
    assert landing.rows("select path from raw.defect") == []


def test_a_file_that_vanished_does_not_stop_the_others(landing: Landing) -> None:
    gone = landing.deliver(DAY, "department.a.csv", b"org_code,dept_code\nA,1\n")
    landing.deliver(DAY, "department.b.csv", b"org_code,dept_code\nA,2\n")
    (landing.folder / gone).unlink()

    assert landing.load() == LoadCounts(files=2, files_refused=1, rows_by_day={DAY: 1})


def test_batches_make_no_difference_and_are_told_of(
    landing: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        landing.deliver(DAY, f"department.{number}.csv", f"org_code,dept_code\nA,{number}\n".encode())
    monkeypatch.setattr(batches, "BATCH_FILES", 2)
    told: list[int] = []

    load_days(landing.connection, TABLE, Uploads(landing.folder), DAY, DAY, on_progress=told.append)

    assert told == [2, 2, 1]
    assert landing.rows("select dept_code from raw.department") == [("0",), ("1",), ("2",), ("3",), ("4",)]


def test_a_batch_is_bounded_by_the_size_that_its_files_will_have() -> None:
    files = [batches.DeliveredFile(name, DAY, HOSPITAL, "csv", size) for name, size in FILES]

    assert [[file.path for file in batch] for batch in batches.cut_batches(files)] == [
        ["a.csv", "b.csv"],
        ["c.csv.gz"],
        ["d.csv"],
        ["e.csv"],
    ]


FILES = [
    ("a.csv", batches.BATCH_BYTES - 1),
    ("b.csv", 1),
    ("c.csv.gz", batches.BATCH_BYTES // batches.GROWTH_OF_PACKED),
    ("d.csv", 2 * batches.BATCH_BYTES),
    ("e.csv", 1),
]


@pytest.mark.parametrize("value", ["\x01", "'; drop table raw.department; --", "=1+1", "𠮷", "a\u2028b"])
def test_any_text_is_stored_as_it_came(landing: Landing, value: str) -> None:
    landing.deliver(DAY, "department.*.csv", f"org_code,dept_name\nA,{value}\n".encode())
    landing.deliver(DAY, "department.parquet", _parquet(pl.DataFrame({"dept_name": [value, "\0"]})))

    landing.load()

    assert landing.rows("select dept_name from raw.department") == [(value,), (value,), ("\0",)]


def _parquet(frame: pl.DataFrame) -> bytes:
    import io

    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()
