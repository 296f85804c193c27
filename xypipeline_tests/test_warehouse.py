from importlib.resources import files
from pathlib import Path

import duckdb
import polars as pl
import pytest
from filelock import FileLock

from xypipeline.errors import WarehouseError
from xypipeline.warehouse import (
    connect_in_memory,
    insert_frame,
    open_warehouse,
    quoted,
    read_warehouse,
    run_sql,
    transaction,
)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = connect_in_memory()
    connection.execute("create table raw.visit (org_code varchar, visits bigint)")
    return connection


def visits(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    return connection.sql("select * from raw.visit order by all").fetchall()


def test_a_frame_is_appended_by_column_name(connection: duckdb.DuckDBPyConnection) -> None:
    insert_frame(connection, "raw.visit", pl.DataFrame({"visits": [3], "org_code": ["411500001"]}))
    insert_frame(connection, "raw.visit", pl.DataFrame({"org_code": ["411500002"]}))
    insert_frame(connection, "raw.visit", pl.DataFrame({"org_code": []}, schema={"org_code": pl.String}))

    assert visits(connection) == [("411500001", 3), ("411500002", None)]


def test_a_failed_transaction_leaves_nothing_behind(connection: duckdb.DuckDBPyConnection) -> None:
    def insert_and_fail() -> None:
        with transaction(connection):
            connection.execute("insert into raw.visit values ('411500001', 1)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        insert_and_fail()

    with transaction(connection):
        connection.execute("insert into raw.visit values ('411500002', 2)")

    assert visits(connection) == [("411500002", 2)]


def test_a_query_with_a_missing_or_unused_parameter_is_refused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    query = tmp_path / "visits.sql"
    query.write_text("select visits from raw.visit where org_code = $org_code", encoding="utf-8")
    insert_frame(connection, "raw.visit", pl.DataFrame({"visits": [3], "org_code": ["411500001"]}))

    assert run_sql(connection, query, org_code="411500001")["visits"].to_list() == [3]
    with pytest.raises(duckdb.InvalidInputException):
        run_sql(connection, query)
    with pytest.raises(duckdb.InvalidInputException):
        run_sql(connection, query, org_code="411500001", surplus=1)


def test_what_is_written_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("create table scores.ledger as select 1 as records")

    with duckdb.connect(str(path), read_only=True) as reader:
        assert reader.sql("select * from scores.ledger").fetchall() == [(1,)]


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with (
        FileLock(tmp_path / "warehouse.lock"),
        pytest.raises(WarehouseError, match="in use by another run"),
        open_warehouse(path, lock_timeout=0.01),
    ):
        pass


def test_a_file_that_is_no_warehouse_is_told_from_one(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_text("not a database, but long enough to be looked at" * 500, encoding="utf-8")

    with pytest.raises(WarehouseError, match="cannot be opened"), open_warehouse(path):
        pass


def test_names_are_quoted_part_by_part() -> None:
    assert quoted("raw.visit") == '"raw"."visit"'
    assert quoted('a"b') == '"a""b"'


def test_every_sql_file_begins_with_what_it_says() -> None:
    queries = list(Path(str(files("xypipeline"))).rglob("*.sql"))

    assert queries
    assert [path.name for path in queries if not path.read_text(encoding="utf-8").startswith("-- ")] == []


def test_a_reader_sees_the_warehouse_and_cannot_change_it(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("create table raw.visit as select 1 as visits")

    with read_warehouse(path) as connection:
        assert connection.sql("select visits from raw.visit").fetchall() == [(1,)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("delete from raw.visit")


def test_a_reader_is_told_that_nothing_was_run_or_that_a_run_is_going_on(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with pytest.raises(WarehouseError, match="nothing was run yet"), read_warehouse(path):
        pass
    assert list(tmp_path.iterdir()) == []

    with (
        open_warehouse(path),
        pytest.raises(WarehouseError, match="in use by another run"),
        read_warehouse(path, lock_timeout=0),
    ):
        pass
