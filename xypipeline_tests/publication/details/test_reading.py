from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.publication.details.model import DayUpload, FindingExample, RefusedFile
from xypipeline.publication.details.reading import read_details
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory

QUARTER = Quarter(2023, 2)
CATALOGUE = current_catalogue()
FIRST, SECOND, THIRD, FOURTH = (date(2023, 4, number) for number in range(1, 5))


def store(connection: DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.register("stored", frame)
    connection.execute(f"create table {name} as select * from stored")
    connection.unregister("stored")


def standings(*, without: str | None = None) -> pl.DataFrame:
    rows = [
        {
            "period": "2023Q2",
            "org_code": org_code,
            "table_code": code,
            "rows_uploaded": 7 if (org_code, code) == ("A1", "staff") else 0,
            "upload_days": 1,
            "expected_days": 3,
            "interruption_days": 2,
            "last_upload_date": FIRST,
            "rows_accepted": 9,
            "rows_qualified": 8,
        }
        for org_code in ("A1", "B2")
        for code in CATALOGUE.tables
        if code != without
    ]
    return pl.DataFrame(rows)


def ledger_row(day: date, rows: int, org_code: str = "A1", table_code: str = "staff") -> dict:
    return {
        "org_code": org_code,
        "table_code": table_code,
        "upload_date": day,
        "rows_received": rows + 1,
        "rows_accepted": rows,
        "records_new": rows - 1 if rows else 0,
    }


def file_row(day: date, name: str, status: str = "loaded", org_code: str | None = "A1") -> dict:
    reason = "读不出" if status == "refused" else None
    path = f"{day}/{org_code}/{name}"
    return {"org_code": org_code, "upload_date": day, "path": path, "status": status, "reason": reason}


def finding_row(day: date, line: int, *, severity: str = "error", rule_id: str = "G06") -> dict:
    return {
        "upload_date": day,
        "org_code": "A1",
        "table_code": "staff",
        "path": f"{day}/A1/staff.csv",
        "line": line,
        "column_name": "staff_id",
        "rule_id": rule_id,
        "severity": severity,
        "value_masked": f"v{line}",
    }


@pytest.fixture
def warehouse() -> Iterator[DuckDBPyConnection]:
    before, after = date(2023, 3, 31), date(2023, 7, 1)
    with connect_in_memory() as connection:
        store(connection, "scores.table_standing", standings())
        store(
            connection,
            "scores.ledger",
            pl.DataFrame(
                [
                    ledger_row(FIRST, 5),
                    ledger_row(FIRST, 3, table_code="lab_report"),
                    ledger_row(SECOND, 0),
                    ledger_row(before, 100),
                    ledger_row(after, 100),
                ]
            ),
        )
        store(
            connection,
            "scores.expected_day",
            pl.DataFrame({"org_code": ["A1"] * 3, "expected_date": [FIRST, SECOND, THIRD]}),
        )
        store(
            connection,
            "landing.file",
            pl.DataFrame(
                [
                    file_row(FIRST, "all.zip"),
                    file_row(FIRST, "all.zip/staff.csv"),
                    file_row(FIRST, "all.zip/lab_report.csv"),
                    file_row(SECOND, "staff.csv", "refused"),
                    file_row(SECOND, "张三13812345678.110101199001011237.csv", "refused"),
                    file_row(before, "staff.csv", "refused"),
                    file_row(FIRST, "staff.csv", "refused", None),
                ]
            ),
        )
        store(
            connection,
            "validated.finding",
            pl.DataFrame(
                [
                    *(finding_row(FIRST, line) for line in (9, 2, 3)),
                    finding_row(SECOND, 7),
                    finding_row(SECOND, 4, severity="warn", rule_id="G02"),
                    finding_row(SECOND, 4, severity="fatal", rule_id="G01"),
                    finding_row(before, 1),
                    finding_row(after, 1),
                ]
            ),
        )
        yield connection


def test_each_day_says_what_was_due_and_what_came(warehouse: DuckDBPyConnection) -> None:
    details = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)

    assert len(details["A1"].days) == 91
    assert details["A1"].days[:4] == (
        DayUpload(FIRST, True, 1, 0, 10, 8, 6),
        DayUpload(SECOND, True, 2, 2, 1, 0, 0),
        DayUpload(THIRD, True, 0, 0, 0, 0, 0),
        DayUpload(FOURTH, False, 0, 0, 0, 0, 0),
    )
    assert {one.state for one in details["B2"].days} == {"not_expected"}


def test_a_running_quarter_ends_with_its_cut_off_day(warehouse: DuckDBPyConnection) -> None:
    detail = read_details(warehouse, QUARTER, SECOND, CATALOGUE)["A1"]

    assert [one.day for one in detail.days] == [FIRST, SECOND]


def test_tables_are_present_or_missing(warehouse: DuckDBPyConnection) -> None:
    details = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)

    assert [one.table.code for one in details["A1"].present] == ["staff"]
    assert [one.table.code for one in details["B2"].missing] == list(CATALOGUE.tables)


def test_findings_are_counted_and_the_latest_shown(warehouse: DuckDBPyConnection) -> None:
    found = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)["A1"].findings

    assert [(one.severity, one.rule.id, one.column_title, one.count) for one in found] == [
        ("fatal", "G01", "人员工号", 1),
        ("error", "G06", "人员工号", 4),
        ("warn", "G02", "人员工号", 1),
    ]
    assert found[1].examples == (
        FindingExample("2023-04-02/A1/staff.csv", 7, "v7"),
        FindingExample("2023-04-01/A1/staff.csv", 2, "v2"),
        FindingExample("2023-04-01/A1/staff.csv", 3, "v3"),
    )


def test_a_heading_that_is_a_patient_s_row_is_not_told_and_what_cannot_be_seen_is_shown(
    warehouse: DuckDBPyConnection,
) -> None:
    heading = finding_row(THIRD, 1, rule_id="I02", severity="warn") | {"column_name": "欧阳震华"}
    turned = finding_row(THIRD, 2, rule_id="G05") | {"value_masked": "a\u202eb\x1b[31m"}
    warehouse.register("more", pl.DataFrame([heading, turned]))
    warehouse.execute("insert into validated.finding by name select * from more")

    found = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)["A1"].findings

    titles = {one.rule.id: one.column_title for one in found}
    assert (titles["I02"], titles["G05"]) == ("（标准外的列）", "人员工号")
    assert [one.examples[0].value_masked for one in found if one.rule.id == "G05"] == ["a�b�[31m"]


def test_refused_files_are_told_without_numbers_of_persons(warehouse: DuckDBPyConnection) -> None:
    detail = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)["A1"]

    assert detail.refused == (
        RefusedFile(SECOND, "2023-04-02/A1/staff.csv", "读不出"),
        RefusedFile(SECOND, "2023-04-02/A1/张三138****78.110****37.csv", "读不出"),
    )
    assert detail.refused_count == 2


def test_many_refused_files_are_counted_but_not_all_shown(warehouse: DuckDBPyConnection) -> None:
    days = [FOURTH + timedelta(days=number) for number in range(60)]
    warehouse.register("many", pl.DataFrame([file_row(one, "x.csv", "refused") for one in days]))
    warehouse.execute("insert into landing.file by name select * from many")
    detail = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)["A1"]

    assert (len(detail.refused), detail.refused_count) == (50, 62)
    assert detail.refused[0].upload_date == days[-1]


def test_another_standard_than_the_one_scored_with_is_refused(warehouse: DuckDBPyConnection) -> None:
    warehouse.execute("drop table scores.table_standing")
    store(warehouse, "scores.table_standing", standings(without="staff"))

    with pytest.raises(PublicationError, match="2023Q2 was scored with other tables"):
        read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)


def test_a_finding_of_an_unknown_rule_is_refused(warehouse: DuckDBPyConnection) -> None:
    warehouse.execute("update validated.finding set rule_id = 'X99' where line = 9")

    with pytest.raises(PublicationError, match="2023Q2 was checked with 'X99'"):
        read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)


def test_a_finding_of_what_a_hospital_declares_is_told_like_any_other(warehouse: DuckDBPyConnection) -> None:
    warehouse.execute("update validated.finding set table_code = 'declaration' where rule_id = 'G02'")

    found = read_details(warehouse, QUARTER, QUARTER.last, CATALOGUE)["A1"].findings
    assert [one.table.code for one in found if one.rule.id == "G02"] == ["declaration"]
