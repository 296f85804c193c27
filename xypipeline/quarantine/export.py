"""The rows in quarantine as a file for a hospital: values masked, why, and what to do."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xypipeline.errors import QuarantineError
from xypipeline.harmless import harmless_cell, visible
from xypipeline.quarantine.wording import advice_on, reason_of, table_title
from xypipeline.standard.model import Catalogue

HEADER = (
    "上传日期",
    "机构代码",
    "医院",
    "表代码",
    "表",
    "文件",
    "行号",
    "字段",
    "规则",
    "原因",
    "内容（已脱敏）",
    "处理办法",
    "可否重判",
)
# Without it Excel takes UTF-8 for the local encoding, and Chinese for noise.
_BYTE_ORDER_MARK = "\ufeff"
# A sheet has 1,048,576 rows, the first of them the header.
_SHEET_ROWS = 1_048_575
_PAPER_A4 = 9
_WIDTHS = (12, 12, 26, 26, 18, 52, 6, 24, 6, 70, 20, 80, 10)
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

Row = tuple[object, ...]


def export_rows(findings: pl.DataFrame, catalogue: Catalogue, hospitals: Mapping[str, str]) -> list[Row]:
    """One row of `HEADER` per reason.

    Args:
        findings: as `reading.read_findings` returns them.
        catalogue: the standard in force.
        hospitals: names by org_code.
    """
    return [_row(finding, catalogue, hospitals) for finding in findings.iter_rows(named=True)]


def writer_for(path: Path) -> Callable[[Sequence[Row], date], bytes]:
    """What makes a file's content of rows and the last day that they are of, by the file's ending.

    Raises:
        QuarantineError: the ending is neither .xlsx nor .csv, or the folder does not exist.
    """
    writers = {".csv": _csv_bytes, ".xlsx": _workbook_bytes}
    if path.suffix.lower() not in writers:
        raise QuarantineError(f"{path} must end in .xlsx or .csv.")
    if not path.parent.is_dir():
        raise QuarantineError(f"{path.parent} is no folder; create it first.")
    return writers[path.suffix.lower()]


def _row(finding: Mapping[str, object], catalogue: Catalogue, hospitals: Mapping[str, str]) -> Row:
    org_code, table_code = finding["org_code"], finding["table_code"]
    rule_id, column = finding["rule_id"], finding["column_name"]
    return (
        finding["upload_date"],
        org_code,
        hospitals.get(org_code, ""),
        table_code,
        table_title(catalogue, table_code),
        finding["path"],
        finding["line"],
        column or "",
        rule_id,
        reason_of(catalogue, table_code, rule_id, column, finding["detail"]),
        visible(finding["value_masked"] or ""),
        advice_on(catalogue, table_code, rule_id, column),
        "否" if finding["is_unparsable"] else "可",
    )


def _csv_bytes(rows: Sequence[Row], last_day: date) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(map(harmless_cell, row) for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _workbook_bytes(rows: Sequence[Row], last_day: date) -> bytes:
    if len(rows) > _SHEET_ROWS:
        raise QuarantineError(f"{len(rows):,} rows do not fit into a sheet; write .csv, or fewer days.")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _TEXT_ONLY) as workbook:
        # Left to itself, the writer would put the time of writing into the file.
        workbook.set_properties({"title": "隔离行", "created": datetime.combine(last_day, time())})
        sheet = workbook.add_worksheet("隔离行")
        head, text = (workbook.add_format({"bold": bold, "align": "left"}) for bold in (True, False))
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, text)
        sheet.write_row(0, 0, HEADER, head)
        for number, row in enumerate(rows, start=1):
            sheet.write_datetime(number, 0, row[0], day)
            sheet.write_row(number, 1, row[1:], text)
        _set_up_page(sheet)
        sheet.autofilter(0, 0, len(rows), len(HEADER) - 1)
    return content.getvalue()


def _set_up_page(sheet: Worksheet) -> None:
    """One page wide on A4, the header on each page and kept in view on the screen."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
