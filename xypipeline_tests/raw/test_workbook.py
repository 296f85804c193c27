import io
from datetime import date, datetime

import openpyxl
import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.reading import Reading
from xypipeline.raw.workbook import read_workbook
from xypipeline_tests.raw.tables import visit_table


def workbook_of(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(*sheets: list[list[object]]) -> Reading:
    return read_workbook(workbook_of(*sheets), visit_table())


def test_cells_become_the_text_that_the_field_wants() -> None:
    reading = read(
        [
            ["机构", "就诊流水号", "visit_date", "update_time", "年龄", "note"],
            ["A1", "001", date(2023, 4, 1), datetime(2023, 4, 1, 8, 5, 6), 1.0, 0.1 + 0.2],
            ["A1", 2, "2023-04-01", datetime(2023, 4, 1), 30, None],
        ]
    )

    assert reading.frame.drop("declared_org_code").rows() == [
        (2, "001", "2023-04-01", "2023-04-01 08:05:06", "1", "0.3"),
        (3, "2", "2023-04-01", "2023-04-01 00:00:00", "30", None),
    ]
    assert reading.defects["column_name"].to_list() == ["机构"]


def test_line_is_the_row_of_the_sheet_also_behind_empty_rows_and_columns() -> None:
    reading = read([[], [], [None, "org_code", "note"], [None, "A1", "a"], [], [None, "A2", "b"], []])

    assert reading.frame.select("line", "declared_org_code", "note").rows() == [
        (4, "A1", "a"),
        (6, "A2", "b"),
    ]


def test_the_first_sheet_with_a_header_counts() -> None:
    reading = read([["填报说明"]], [], [["org_code"], ["A1"]], [["org_code"], ["A2"]])

    assert reading.frame.select("line", "declared_org_code").rows() == [(2, "A1")]


@pytest.mark.parametrize("sheets", [([],), ([["org_code"]],)], ids=["empty", "header only"])
def test_a_workbook_without_rows_says_so(sheets: tuple) -> None:
    reading = read(*sheets)

    assert (reading.frame.height, reading.reason, reading.is_refused) == (0, "文件没有数据行", False)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "已损坏"),
        (b"org_code\nA1\n", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "设有密码"),
        (workbook_of([["org_code"], ["A1"]])[:-50], "已损坏"),
        (workbook_of([["床号"], ["1"]]), "第一行没有本表的列名"),
    ],
    ids=["nothing", "text", "encrypted", "cut off", "no known column"],
)
def test_what_is_no_workbook_of_the_table_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError, match=reason):
        read_workbook(content, visit_table())


def test_a_workbook_that_would_expand_too_far_is_refused() -> None:
    with pytest.raises(RefusedFileError, match="过大"):
        read_workbook(workbook_of([["org_code"], ["A1"]]), visit_table(), Limits(expanded_bytes=100))
