"""A scorecard as a workbook: its sheets as they are, each with a filter."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from xypipeline.publication.scorecards.sheet import Cell, Sheet
from xypipeline.publication.workbook_styles import Styles, set_up_page

_HEADER_ROW = 1
# Points, for two lines.
_NOTE_HEIGHT = 30
# A hospital's name is text, whatever it begins with.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook_bytes(sheets: Sequence[Sheet], heading: str, as_of: date, notes: Sequence[str]) -> bytes:
    """The workbook; the same sheets always give the same bytes.

    Args:
        sheets: in their order.
        heading: whose scorecard it is, and of when; put above each sheet.
        as_of: the cut-off day.
        notes: what the figures mean and were computed with; put below the first sheet.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        # Left to itself, the writer would put the time of writing into the file.
        workbook.set_properties(
            {"title": heading, "comments": notes[-1], "created": datetime.combine(as_of, time())}
        )
        styles = Styles(workbook)
        for sheet in sheets:
            _add_sheet(workbook, sheet, heading, styles)
        first, below = workbook.worksheets()[0], _HEADER_ROW + len(sheets[0].rows) + 2
        for row, note in enumerate(notes, start=below):
            first.set_row(row, _NOTE_HEIGHT)
            first.merge_range(row, 0, row, len(sheets[0].columns) - 1, note, styles.note)
    return content.getvalue()


def _add_sheet(workbook: Workbook, sheet: Sheet, heading: str, styles: Styles) -> None:
    page = workbook.add_worksheet(sheet.title)
    last = len(sheet.columns) - 1
    set_up_page(page, header_rows=(_HEADER_ROW, _HEADER_ROW), frozen_columns=1)
    page.set_row(0, 30)
    page.write_string(0, 0, f"{heading}　{sheet.title}", styles.label)
    page.set_row(_HEADER_ROW, 32)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(_HEADER_ROW, place, column.title, styles.header)
    page.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(len(sheet.rows), 1), last)
    writers = {str: page.write_string, int: page.write_number, Decimal: page.write_number}
    for number, cells in enumerate(sheet.rows, start=_HEADER_ROW + 1):
        for place, value in enumerate(cells):
            if value is None:
                page.write_blank(number, place, None, styles.centred)
            else:
                writers[type(value)](number, place, value, _style(value, styles))


def _style(value: Cell, styles: Styles) -> Format:
    if isinstance(value, str):
        return styles.text
    return styles.number(-value.as_tuple().exponent if isinstance(value, Decimal) else 0)
