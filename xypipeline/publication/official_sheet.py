"""The first sheet: the attachment in the form in which the commission signs it."""

from collections.abc import Iterator
from itertools import groupby

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xypipeline.publication.attachment import Attachment, AttachmentRow
from xypipeline.publication.wording import TITLE, continuity_title, footnotes, tables_title
from xypipeline.publication.workbook_styles import Styles, set_up_page, write_row

SHEET = "附件"
_LABEL_ROW, _TITLE_ROW, _HEADER_ROW, _FIRST_ROW = 0, 1, 2, 4
_DISTRICT_COLUMN, _COMPLETENESS_COLUMN, _LAST_COLUMN = 1, 4, 8
_WIDTHS = (6, 8, 27, 12, 12, 13, 12, 13, 26)
# Points. With these a first page holds 24 hospitals, so that it ends where a district ends.
_LABEL_HEIGHT, _TITLE_HEIGHT, _HEADER_HEIGHTS = 24, 34.5, (24, 36)


def add_official_sheet(workbook: Workbook, attachment: Attachment, styles: Styles) -> None:
    """Add title, two header rows with merged cells, one row per hospital, and the footnotes."""
    sheet = workbook.add_worksheet(SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    set_up_page(sheet, header_rows=(_HEADER_ROW, _HEADER_ROW + 1), frozen_columns=3)
    sheet.set_row(_LABEL_ROW, _LABEL_HEIGHT)
    sheet.write_string(_LABEL_ROW, 0, "附件", styles.label)
    sheet.set_row(_TITLE_ROW, _TITLE_HEIGHT)
    sheet.merge_range(_TITLE_ROW, 0, _TITLE_ROW, _LAST_COLUMN, TITLE, styles.title)
    _write_header(sheet, attachment, styles)
    decimals = {_COMPLETENESS_COLUMN: attachment.decimals["completeness_pct"]}
    for row, hospital in enumerate(attachment.rows, start=_FIRST_ROW):
        write_row(sheet, row, _cells(hospital), styles, decimals)
    for first, last, district in _district_spans(attachment.rows):
        _write_district(sheet, first, last, district, styles)
    _write_footnotes(sheet, attachment, styles)


def _write_header(sheet: Worksheet, attachment: Attachment, styles: Styles) -> None:
    upper, lower = _HEADER_ROW, _HEADER_ROW + 1
    for row, height in zip((upper, lower), _HEADER_HEIGHTS, strict=True):
        sheet.set_row(row, height)
    for column, title in {0: "序号", 1: "地区", 2: "医院名称", 5: "已上传数据量", 8: "备注"}.items():
        sheet.merge_range(upper, column, lower, column, title, styles.header)
    sheet.merge_range(upper, 3, upper, 4, "数据完整性", styles.header)
    sheet.merge_range(upper, 6, upper, 7, continuity_title(attachment), styles.header)
    titles = {3: tables_title(attachment), 4: "数据完整率(%)", 6: "上传中断天数", 7: "最近上传日期"}
    for column, title in titles.items():
        sheet.write_string(lower, column, title, styles.header)


def _cells(row: AttachmentRow) -> tuple[object, ...]:
    return (
        row.seq,
        None,
        row.hospital,
        row.tables_uploaded,
        row.completeness_pct,
        row.rows_uploaded,
        row.interruption_days,
        row.last_upload_date,
        row.remark,
    )


def _district_spans(rows: tuple[AttachmentRow, ...]) -> Iterator[tuple[int, int, str]]:
    """First and last sheet row of each run of hospitals of one district."""
    first = _FIRST_ROW
    for district, hospitals in groupby(rows, key=lambda row: row.district):
        last = first + len(list(hospitals)) - 1
        yield first, last, district
        first = last + 1


def _write_district(sheet: Worksheet, first: int, last: int, district: str, styles: Styles) -> None:
    if first == last:
        sheet.write_string(first, _DISTRICT_COLUMN, district, styles.centred)
    else:
        sheet.merge_range(first, _DISTRICT_COLUMN, last, _DISTRICT_COLUMN, district, styles.centred)


def _write_footnotes(sheet: Worksheet, attachment: Attachment, styles: Styles) -> None:
    for row, note in enumerate(footnotes(attachment), start=_FIRST_ROW + len(attachment.rows)):
        sheet.merge_range(row, 0, row, _LAST_COLUMN, note, styles.note)
