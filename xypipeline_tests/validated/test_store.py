from datetime import date
from functools import partial

import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.stored.tables import forget_texts
from xypipeline.validated import batches, store
from xypipeline.validated.store import create_tables, validate_days
from xypipeline.warehouse import connect_in_memory, insert_frame
from xypipeline_tests.stored.filling import receive_rows
from xypipeline_tests.validated.rows import HOSPITAL, TRANSFER, UPLOAD_DATE, raw_rows, table_named

TABLE = table_named("transfer_record")
FILE = f"{UPLOAD_DATE}/{HOSPITAL}/transfer_record.csv"
NEXT_DAY = date(2023, 4, 11)
READING = "path varchar, upload_date date, org_code varchar, table_code varchar, rows_received bigint, is_refused boolean, reason varchar"  # fmt: skip  # noqa: E501
DEFECT = "upload_date date, org_code varchar, table_code varchar, path varchar, line bigint, rule_id varchar, column_name varchar, detail varchar, content varchar"  # fmt: skip  # noqa: E501


@pytest.fixture
def warehouse():
    with connect_in_memory() as connection:
        connection.execute(f"create table raw.reading ({READING})")
        connection.execute(f"create table raw.defect ({DEFECT})")
        create_tables(connection, current_catalogue())
        yield connection


def _deliver(connection: DuckDBPyConnection, *rows: dict) -> None:
    frame = raw_rows(TABLE.code, *(TRANSFER | row for row in rows))
    receive_rows(connection, TABLE, frame)
    read = (
        frame.select("path", "upload_date", "org_code").unique().with_columns(table_code=pl.lit(TABLE.code))
    )
    insert_frame(connection, "raw.reading", read)


def _contents(connection: DuckDBPyConnection) -> list[list[tuple]]:
    tables = ("validated.transfer_record", "validated.finding", "validated.tally")
    return [connection.sql(f"from {table} order by all").fetchall() for table in tables]


def _validate(connection: DuckDBPyConnection, first: date = UPLOAD_DATE, last: date = NEXT_DAY, **options):
    return validate_days(connection, current_catalogue(), TABLE, first, last, **options)


def _tally(connection: DuckDBPyConnection) -> list[tuple]:
    return connection.sql("select * exclude (upload_date, org_code) from validated.tally").fetchall()


def test_rows_findings_and_counts_are_stored(warehouse: DuckDBPyConnection):
    _deliver(warehouse, {}, {"record_id": "TR2", "modify_flag": "9"}, {"record_id": None})
    verdict = _validate(warehouse)
    assert warehouse.sql(
        "select line, is_qualified, record_id from validated.transfer_record"
    ).fetchall() == [
        (2, True, "TR0001"),
        (3, False, "TR2"),
    ]
    assert warehouse.sql("select * from validated.finding").fetchall() == [
        (UPLOAD_DATE, HOSPITAL, TABLE.code, FILE, 3, "modify_flag", "G06", "error", "9"),
        (UPLOAD_DATE, HOSPITAL, TABLE.code, FILE, 4, "record_id", "G01", "fatal", None),
    ]
    assert _tally(warehouse) == [(FILE, TABLE.code, 2, 1, 1)]
    assert (verdict.rows_accepted, verdict.rows_qualified, verdict.rows_fatal) == (2, 1, 1)
    assert verdict.findings.rows() == [("G01", "record_id", "fatal", 1), ("G06", "modify_flag", "error", 1)]
    assert verdict.sample["rule_id"].to_list() == ["G01", "G06"]
    assert verdict.accepted_by_day == {UPLOAD_DATE: 2}


def test_defects_of_intake_are_findings_without_content(warehouse: DuckDBPyConnection):
    _deliver(warehouse, {})
    row = (UPLOAD_DATE, HOSPITAL, TABLE.code, FILE)
    warehouse.execute(
        "insert into raw.defect values (?, ?, ?, ?, 3, 'I01', null, '列数不符', '张三丰,13812345678'), "
        "(?, ?, ?, ?, 1, 'I02', 'bemerkung', '标准中没有这一列', null)",
        [*row, *row],
    )
    verdict = _validate(warehouse)
    assert warehouse.sql("select * exclude (path) from validated.finding order by line").fetchall() == [
        (UPLOAD_DATE, HOSPITAL, TABLE.code, 1, "bemerkung", "I02", "warn", None),
        (UPLOAD_DATE, HOSPITAL, TABLE.code, 3, None, "I01", "fatal", None),
    ]
    assert _tally(warehouse) == [(FILE, TABLE.code, 1, 1, 1)]
    assert verdict.rows_fatal == 1


def test_a_file_without_rows_is_tallied_with_zeros(warehouse: DuckDBPyConnection):
    warehouse.execute(
        "insert into raw.reading values ('empty.csv', ?, ?, ?, 0, false, null)",
        [UPLOAD_DATE, HOSPITAL, TABLE.code],
    )
    verdict = _validate(warehouse)
    assert _tally(warehouse) == [("empty.csv", TABLE.code, 0, 0, 0)]
    assert verdict.accepted_by_day == {}


def test_nothing_arrived(warehouse: DuckDBPyConnection):
    verdict = _validate(warehouse)
    assert (verdict.rows_accepted, verdict.rows_qualified, verdict.rows_fatal) == (0, 0, 0)
    assert verdict.findings.columns == ["rule_id", "column_name", "severity", "rows"]
    assert verdict.findings.is_empty()
    assert verdict.sample.is_empty()
    assert _contents(warehouse) == [[], [], []]


def test_validating_again_changes_nothing(warehouse: DuckDBPyConnection):
    _deliver(warehouse, {}, {}, {"record_id": None})
    _deliver(warehouse, {"upload_date": NEXT_DAY, "path": "next.csv"})
    _validate(warehouse)
    once = _contents(warehouse)
    _validate(warehouse)
    _validate(warehouse, first=NEXT_DAY)
    _validate(warehouse, last=UPLOAD_DATE)
    assert _contents(warehouse) == once


def test_only_the_days_and_the_table_asked_for_are_replaced(warehouse: DuckDBPyConnection):
    _deliver(
        warehouse, {"modify_flag": "9"}, {"upload_date": NEXT_DAY, "path": "next.csv", "modify_flag": "8"}
    )
    warehouse.execute(
        "insert into validated.finding (upload_date, table_code) values (?, 'staff')", [UPLOAD_DATE]
    )
    _validate(warehouse)
    forget_texts(warehouse, TABLE, UPLOAD_DATE, UPLOAD_DATE)
    _validate(warehouse, last=UPLOAD_DATE)
    rows, findings, _ = _contents(warehouse)
    assert [row[0] for row in rows] == [NEXT_DAY]
    assert [(row[0], row[2]) for row in findings] == [(UPLOAD_DATE, "staff"), (NEXT_DAY, TABLE.code)]


@pytest.mark.parametrize(("most_rows", "told"), [(9, [8, 8, 8]), (2, [2] * 12)], ids=["packed", "shared out"])
def test_batches_make_no_difference(
    warehouse: DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, most_rows: int, told: list[int]
):
    for org in ("411500001", "411500002", "411500003"):
        lineage = {"org_code": org, "declared_org_code": org}
        for day in (UPLOAD_DATE, NEXT_DAY):
            row = lineage | {"upload_date": day, "path": f"{day}/{org}/transfer_record.csv"}
            again = {"record_id": " TR0001\u3000"}
            _deliver(warehouse, row, row, row | again, row | {"record_id": None})
    whole = _validate(warehouse)
    once, progress = _contents(warehouse), []
    packed = partial(batches.pack, most_rows=most_rows)
    monkeypatch.setattr(store, "pack", packed)
    by_parts = _validate(warehouse, on_progress=progress.append)
    assert progress == told
    assert _contents(warehouse) == once
    assert by_parts.findings.equals(whole.findings)
    assert by_parts.sample.equals(whole.sample)
    assert by_parts.accepted_by_day == whole.accepted_by_day == {UPLOAD_DATE: 9, NEXT_DAY: 9}


def test_a_failure_leaves_everything_as_it_was(
    warehouse: DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
):
    _deliver(warehouse, {}, {"modify_flag": "9"})
    _validate(warehouse)
    before = _contents(warehouse)

    def stop(rows: int) -> None:
        raise KeyboardInterrupt(rows)

    with pytest.raises(KeyboardInterrupt):
        _validate(warehouse, on_progress=stop)
    assert _contents(warehouse) == before


def test_the_sample_shows_at_most_five_the_gravest_first(warehouse: DuckDBPyConnection):
    names = [{"record_id": str(number), "doctor_name": "测试"} for number in range(6)]
    _deliver(warehouse, *names, {"record_id": None}, {"modify_flag": "9"})
    sample = _validate(warehouse).sample
    assert sample.select("line", "rule_id", "value_masked").rows() == [
        (8, "G01", None),
        (9, "G06", "9"),
        (2, "G02", "测**"),
        (3, "G02", "测**"),
        (4, "G02", "测**"),
    ]
