"""A declaration from its file to the rules' table: read like any delivery, counted nowhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.landing import inventory
from xypipeline.landing.walk import Door
from xypipeline.raw import store as raw
from xypipeline.raw.files import Uploads
from xypipeline.scores.ledger import build_ledger
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated import store as validated
from xypipeline.warehouse import connect_in_memory

CATALOGUE = current_catalogue()
DECLARATION = CATALOGUE.control_tables["declaration"]
HOSPITAL = "411500001"
DAY = date(2023, 4, 10)
FOLDER = f"{DAY}/{HOSPITAL}"
HEADER = "医疗机构代码,表代码,业务日期,应传条数,零报告标志,申报日期时间"
GOOD = f"{HOSPITAL},outpatient_visit,2023-04-09,12,0,2023-04-10 01:00:00"
BAD = f"{HOSPITAL},delivery_record,2023-04-09,-1,7,2023-04-10 01:00:00"
UNDATED = f"{HOSPITAL},lab_report,4月9日,5,0,2023-04-10 01:00:00"


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        inventory.create_tables(connection)
        raw.create_tables(connection, CATALOGUE)
        validated.create_tables(connection, CATALOGUE)
        inventory.create_file_view(connection)
        yield connection


def take_in(connection: DuckDBPyConnection, landing: Path, name: str, *lines: str) -> None:
    path = landing / FOLDER / name
    path.parent.mkdir(parents=True)
    path.write_text("\n".join((HEADER, *lines)), encoding="gb18030")
    inventory.store_arrivals(connection, Door(landing, {HOSPITAL}, CATALOGUE), DAY, DAY)
    raw.load_days(connection, DECLARATION, Uploads(landing), DAY, DAY)
    validated.validate_days(connection, CATALOGUE, DECLARATION, DAY, DAY)


def test_no_name_of_a_control_table_is_one_of_the_standard() -> None:
    for table in CATALOGUE.control_tables.values():
        assert {CATALOGUE.find_table(table.code), CATALOGUE.find_table(table.title_zh)} == {table}
        assert table.code not in CATALOGUE.tables


@pytest.mark.parametrize("name", ["declaration.csv", "数据量申报.0410.txt"])
def test_a_declaration_is_typed(connection: DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    take_in(connection, tmp_path, name, GOOD)

    query = "select org_code, table_code, business_date, declared_rows, zero_flag from validated.declaration"
    assert connection.sql(query).fetchall() == [(HOSPITAL, "outpatient_visit", date(2023, 4, 9), 12, "0")]


def test_bad_lines_are_findings(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    take_in(connection, tmp_path, "declaration.csv", GOOD, BAD, UNDATED)

    query = "select line, column_name, rule_id, severity from validated.finding order by line, column_name"
    assert connection.sql(query).fetchall() == [
        (3, "declared_rows", "G04", "error"),
        (3, "zero_flag", "G06", "error"),
        (4, "business_date", "G03", "fatal"),
    ]


def test_its_file_is_known_and_nothing_is_counted(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    take_in(connection, tmp_path, "declaration.csv", GOOD, UNDATED)
    build_ledger(connection, CATALOGUE, DAY, DAY)

    query = "select path, table_code, status, rows_received, rows_accepted, rows_fatal from landing.file"
    assert connection.sql(query).fetchall() == [
        (f"{FOLDER}/declaration.csv", "declaration", "loaded", 2, 1, 1)
    ]
    for counting in ("validated.tally", "scores.ledger"):
        assert connection.sql(f"from {counting}").fetchall() == []


def test_taking_a_day_in_again_replaces_it(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    take_in(connection, tmp_path / "first", "declaration.csv", GOOD, BAD)
    take_in(connection, tmp_path / "second", "declaration.csv", GOOD)

    assert connection.sql("select declared_rows from validated.declaration").fetchall() == [(12,)]
    assert connection.sql("select rows_accepted from validated.control_tally").fetchall() == [(1,)]
    assert connection.sql("from validated.finding").fetchall() == []
