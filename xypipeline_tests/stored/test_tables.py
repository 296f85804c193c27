"""What `raw` and `validated` show of one stored row, from its arrival to its end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.errors import WarehouseError
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Catalogue
from xypipeline.standard.schemas import ACCEPTED, FATAL, raw_columns, stored_columns, validated_columns
from xypipeline.stored.tables import begin_judging, create_tables, forget_texts, give_verdicts
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.stored.filling import receive_rows
from xypipeline_tests.validated.rows import TRANSFER, UPLOAD_DATE, raw_rows, table_named

TABLE = table_named("transfer_record")
NEXT_DAY = date(2023, 4, 11)


def standard(*leave_out: str) -> Catalogue:
    """One table, without some of its fields."""
    fields = tuple(field for field in TABLE.fields if field.code not in leave_out)
    tables = {TABLE.code: replace(TABLE, fields=fields)}
    return replace(current_catalogue(), tables=tables, control_tables={})


@pytest.fixture
def warehouse() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        create_tables(connection, standard())
        yield connection


def deliver(connection: DuckDBPyConnection, *keys: str, day: date = UPLOAD_DATE) -> None:
    rows = (TRANSFER | {"record_id": key, "upload_date": day, "to_bed_no": " 12 "} for key in keys)
    receive_rows(connection, TABLE, raw_rows(TABLE.code, *rows))


def judge(connection: DuckDBPyConnection, verdicts: dict[int, str], day: date = UPLOAD_DATE) -> None:
    begin_judging(connection, TABLE, day, day)
    lines = {"line": list(verdicts), "verdict": list(verdicts.values())}
    path = raw_rows(TABLE.code, {})["path"][0]
    given = pl.DataFrame(lines, schema={"line": pl.Int64, "verdict": pl.String})
    give_verdicts(connection, TABLE, given.with_columns(upload_date=pl.lit(day), path=pl.lit(path)))


def shown(connection: DuckDBPyConnection) -> tuple[list[tuple], list[tuple]]:
    """Key and bed of the rows of raw; key, bed and qualification of those of validated."""
    columns = {"raw": "record_id, to_bed_no", "validated": "record_id, to_bed_no, is_qualified"}
    raw, validated = (
        connection.sql(f"select {shown} from {schema}.{TABLE.code} order by all").fetchall()
        for schema, shown in columns.items()
    )
    return raw, validated


def test_a_row_is_validated_only_once_it_is_judged(warehouse: DuckDBPyConnection) -> None:
    deliver(warehouse, "A", "B", "C")
    assert shown(warehouse) == ([("A", " 12 "), ("B", " 12 "), ("C", " 12 ")], [])

    judge(warehouse, {3: ACCEPTED, 4: FATAL})
    assert shown(warehouse) == (
        [("A", " 12 "), ("B", " 12 "), ("C", " 12 ")],
        [("A", "12", True), ("B", "12", False)],
    )

    judge(warehouse, {2: FATAL})
    assert shown(warehouse)[1] == [("B", "12", True), ("C", "12", True)]


def test_what_was_validated_stays_until_what_came_instead_is_judged(warehouse: DuckDBPyConnection) -> None:
    deliver(warehouse, "A", "B")
    judge(warehouse, {3: FATAL})
    assert forget_texts(warehouse, TABLE, UPLOAD_DATE, UPLOAD_DATE) == 2
    deliver(warehouse, "D")
    assert shown(warehouse) == ([("D", " 12 ")], [("A", "12", True)])

    judge(warehouse, {})
    assert shown(warehouse) == ([("D", " 12 ")], [("D", "12", True)])


def test_texts_that_are_forgotten_are_gone_and_values_stay(warehouse: DuckDBPyConnection) -> None:
    deliver(warehouse, "A", "B")
    judge(warehouse, {3: FATAL})
    deliver(warehouse, "C", day=NEXT_DAY)
    assert forget_texts(warehouse, TABLE, UPLOAD_DATE, UPLOAD_DATE) == 2
    assert forget_texts(warehouse, TABLE, UPLOAD_DATE, UPLOAD_DATE) == 0

    assert shown(warehouse) == ([("C", " 12 ")], [("A", "12", True)])
    kept = warehouse.sql(f"select record_id, as_delivered is null from stored.{TABLE.code} order by all")
    assert kept.fetchall() == [("A", True), ("C", False)]


def test_other_days_are_left_alone(warehouse: DuckDBPyConnection) -> None:
    deliver(warehouse, "A")
    judge(warehouse, {2: ACCEPTED})
    deliver(warehouse, "B", day=NEXT_DAY)
    judge(warehouse, {2: FATAL}, NEXT_DAY)

    assert shown(warehouse) == ([("A", " 12 "), ("B", " 12 ")], [("A", "12", False)])


def test_a_field_that_the_standard_gets_is_added(warehouse: DuckDBPyConnection) -> None:
    with connect_in_memory() as connection:
        create_tables(connection, standard("to_bed_no"))
        connection.execute(
            f"insert into stored.{TABLE.code} (in_raw, verdict, record_id) values (true, 'accepted', 'A')"
        )
        create_tables(connection, standard())

        assert shown(connection) == ([("A", None)], [("A", None, False)])
        for schema in ("raw", "validated"):
            columns = connection.sql(f"from {schema}.{TABLE.code}").columns
            assert columns == warehouse.sql(f"from {schema}.{TABLE.code}").columns


def test_a_warehouse_of_an_earlier_version_is_left_alone() -> None:
    with connect_in_memory() as connection:
        connection.execute(f"create table raw.{TABLE.code} (upload_date date, record_id varchar)")
        with pytest.raises(WarehouseError, match="take the days in again from landing"):
            create_tables(connection, standard())


def test_no_column_of_the_store_has_the_name_of_a_field() -> None:
    for table in current_catalogue().deliverable.values():
        decimals = sum(field.type == "decimal" for field in table.fields)
        shared = raw_columns(table).keys() & validated_columns(table).keys()
        assert len(stored_columns(table)) == len(shared) + decimals + len(
            ["declared_org_code", "in_raw", "verdict", "as_delivered"]
        )
