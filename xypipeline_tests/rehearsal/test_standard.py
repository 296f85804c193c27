from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.errors import RehearsalError, RetentionError
from xypipeline.periods import Period
from xypipeline.raw.store import create_tables
from xypipeline.rehearsal.standard import Rehearsal, rehearse
from xypipeline.standard.model import Catalogue
from xypipeline.stored.tables import forget_texts
from xypipeline.warehouse import connect_in_memory, insert_frame
from xypipeline_tests.rehearsal.versions import OLD, TRANSFER, rule, version, with_field
from xypipeline_tests.stored.filling import receive_rows
from xypipeline_tests.validated.rows import HOSPITAL, UPLOAD_DATE, raw_rows
from xypipeline_tests.validated.rows import TRANSFER as GOOD

DAY = Period(UPLOAD_DATE, UPLOAD_DATE)
CODE = TRANSFER.code
ROWS = (
    {"to_bed_no": "12"},
    {"record_id": "TR2", "to_bed_no": None},
    {"record_id": "TR3", "to_bed_no": "12", "modify_flag": "9"},
    {"record_id": None, "to_bed_no": None},
)


@pytest.fixture
def warehouse() -> Iterator[DuckDBPyConnection]:
    """Four transfers: good, good but without a bed, of an unknown flag, without a key."""
    with connect_in_memory() as connection:
        create_tables(connection, version(without=tuple(code for code in OLD.tables if code != CODE)))
        frame = raw_rows(CODE, *(GOOD | row for row in ROWS))
        receive_rows(connection, OLD.tables[CODE], frame)
        note = frame.select("path", "upload_date", "org_code").unique()
        counts = {"rows_received": len(ROWS), "is_refused": False, "table_code": CODE}
        note = note.with_columns(**{name: pl.lit(value) for name, value in counts.items()})
        insert_frame(connection, "raw.reading", note)
        yield connection


def rehearsed(connection: DuckDBPyConnection, new: Catalogue, period: Period = DAY) -> Rehearsal:
    return rehearse(connection, OLD, new, period, CODE)


def counts_of(rehearsal: Rehearsal) -> list[tuple]:
    columns = ["rows", "qualified_old", "qualified_new", "fatal_old", "fatal_new", "newly_fatal", "released"]
    return rehearsal.compared.counts.select("org_code", "table_code", *columns).rows()


def test_what_a_hospital_would_fail_is_counted_against_today(warehouse: DuckDBPyConnection) -> None:
    rehearsal = rehearsed(warehouse, version(with_field("to_bed_no", required="M")))

    assert rehearsal.compared.findings.rows() == [(HOSPITAL, CODE, "G01", "to_bed_no", "error", 1, 0)]
    assert counts_of(rehearsal) == [(HOSPITAL, CODE, 4, 2, 1, 1, 1, 0, 0)]


def test_what_would_be_kept_out_is_told(warehouse: DuckDBPyConnection) -> None:
    rehearsal = rehearsed(warehouse, version(rules=(rule("G06", fatal_on=frozenset({"row"})),)))

    # Today's error of that row did not vanish: it became fatal.
    assert rehearsal.compared.findings.rows() == [(HOSPITAL, CODE, "G06", "modify_flag", "fatal", 1, 0)]
    assert counts_of(rehearsal) == [(HOSPITAL, CODE, 4, 2, 2, 1, 2, 1, 0)]


def test_what_would_be_let_in_is_told(warehouse: DuckDBPyConnection) -> None:
    new = version(rules=(rule("G01", fatal_on=frozenset()),))
    rehearsal = rehearsed(warehouse, new)

    assert rehearsal.compared.findings.rows() == [
        (HOSPITAL, CODE, "G01", "record_id", "error", 1, 0),
        (HOSPITAL, CODE, "G01", "record_id", "fatal", 0, 1),
    ]
    assert counts_of(rehearsal) == [(HOSPITAL, CODE, 4, 2, 2, 1, 0, 0, 1)]


def test_what_would_no_longer_be_wrong_has_vanished(warehouse: DuckDBPyConnection) -> None:
    rehearsal = rehearsed(warehouse, version(with_field("modify_flag", value_domain=None)))

    assert rehearsal.compared.findings.rows() == [(HOSPITAL, CODE, "G06", "modify_flag", "error", 0, 1)]
    assert counts_of(rehearsal) == [(HOSPITAL, CODE, 4, 2, 3, 1, 1, 0, 0)]


def test_a_version_that_says_the_same_changes_nothing(warehouse: DuckDBPyConnection) -> None:
    rehearsal = rehearsed(warehouse, version())

    assert rehearsal.plan.unchanged == (CODE,)
    assert (rehearsal.compared.counts.height, rehearsal.compared.findings.height) == (0, 0)


def test_nothing_is_written(warehouse: DuckDBPyConnection) -> None:
    before = warehouse.sql("from duckdb_tables() order by all").fetchall()
    rehearsed(warehouse, version(with_field("to_bed_no", required="M")))

    assert warehouse.sql("from duckdb_tables() order by all").fetchall() == before


def test_what_cannot_be_rehearsed_is_refused(warehouse: DuckDBPyConnection) -> None:
    new = version(with_field("to_bed_no", required="M"))
    with pytest.raises(RehearsalError, match="Nothing was taken in from 2023-04-11 to 2023-04-11"):
        rehearsed(warehouse, new, Period(date(2023, 4, 11), date(2023, 4, 11)))
    with pytest.raises(RehearsalError, match=r"Neither 2023.1 nor 2024.1 has a table ward"):
        rehearse(warehouse, OLD, new, DAY, "ward")
    forget_texts(warehouse, OLD.tables[CODE], DAY.first, DAY.last)
    with pytest.raises(RetentionError, match="no longer holds the rows of 1 days"):
        rehearsed(warehouse, new)
