import csv
import io
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from openpyxl import load_workbook

from xypipeline.errors import QuarantineError
from xypipeline.quarantine.export import HEADER, Row, export_rows, writer_for
from xypipeline.quarantine.reading import Scope, read_findings
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.quarantine.installation import FIRST, SECOND

LAST = date(2023, 4, 2)


@pytest.fixture
def rows(warehouse: DuckDBPyConnection) -> list[Row]:
    return export_rows(read_findings(warehouse, Scope()), current_catalogue(), {FIRST: "甲医院"})


def test_each_reason_says_where_why_and_what_to_do(rows: list[Row]) -> None:
    path = "2023-04-01/411500001/department.csv"
    assert len(rows) == 6
    assert rows[2] == (
        date(2023, 4, 1),
        FIRST,
        "甲医院",
        "department",
        "科室信息",
        path,
        5,
        "dept_code",
        "G01",
        "科室代码（dept_code）为空",
        "",
        "在业务系统中补齐该字段后重新上传该行；主键和业务日期不能为空",
        "可",
    )
    assert (rows[4][6], rows[4][8], rows[4][-1]) == (6, "I01", "否")
    assert rows[5][1:3] == (SECOND, "")


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_the_same_rows_give_the_same_bytes(rows: list[Row], name: str, tmp_path: Path) -> None:
    write = writer_for(tmp_path / name)

    assert write(rows, LAST) == write(rows, LAST)


def test_csv_opens_in_excel_and_holds_no_formula(rows: list[Row], tmp_path: Path) -> None:
    tampered = [(*rows[0][:10], "=1+1", *rows[0][11:])]
    text = writer_for(tmp_path / "rows.csv")(tampered, LAST).decode()

    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert tuple(header) == HEADER
    assert (row[0], row[6], row[10]) == ("2023-04-01", "3", "'=1+1")


def test_the_workbook_holds_the_rows_as_text(rows: list[Row], tmp_path: Path) -> None:
    tampered = [*rows, (*rows[0][:10], "=1+1", *rows[0][11:])]
    path = tmp_path / "rows.XLSX"
    path.write_bytes(writer_for(path)(tampered, LAST))
    sheet = load_workbook(path).active

    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert sheet.max_row == 1 + len(tampered)
    assert sheet.cell(2, 1).value.date() == date(2023, 4, 1)
    assert (sheet.cell(8, 11).value, sheet.cell(8, 11).data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("name", "message"),
    [("rows.txt", "must end in .xlsx or .csv"), ("none/rows.csv", "none is no folder; create it first")],
)
def test_a_path_that_cannot_be_written_is_told_before_anything_is_read(
    name: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(QuarantineError, match=message):
        writer_for(tmp_path / name)
