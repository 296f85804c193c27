"""How the workbook looks: the fonts and rules of an official document, and the page it is printed on."""

from collections.abc import Mapping, Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

# The reader's machine supplies them: they are the fonts of Chinese official documents.
TITLE_FONT, HEADER_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
PAPER_A4 = 9
# Points.
ROW_HEIGHT = 15.75
_CENTRE = {"align": "center", "valign": "vcenter", "text_wrap": True}
_BODY = {"font_name": BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter"}


class Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._numbers: dict[int, Format] = {}
        self.label = workbook.add_format({"font_name": HEADER_FONT, "font_size": 16})
        self.title = workbook.add_format({"font_name": TITLE_FONT, "font_size": 20, **_CENTRE})
        self.header = workbook.add_format({"font_name": HEADER_FONT, "font_size": 11, "border": 1, **_CENTRE})
        self.text = workbook.add_format({**_BODY, "align": "left", "indent": 1, "shrink": True})
        self.centred = workbook.add_format({**_BODY, "align": "center"})
        self.date = workbook.add_format({**_BODY, "align": "center", "num_format": "yyyy-mm-dd"})
        self.note = workbook.add_format(
            {"font_name": BODY_FONT, "font_size": 11, "text_wrap": True, "valign": "top"}
        )

    def number(self, decimals: int = 0) -> Format:
        """Plain figures with so many decimals, as the bulletin prints them: no thousands separator."""
        if decimals not in self._numbers:
            number_format = "0." + "0" * decimals if decimals else "0"
            self._numbers[decimals] = self._workbook.add_format(
                {**_BODY, "align": "center", "num_format": number_format}
            )
        return self._numbers[decimals]


def write_row(
    sheet: Worksheet, row: int, values: Sequence[object], styles: Styles, decimals: Mapping[int, int]
) -> None:
    """Write a row of cells, each in the style of its kind; None is an empty cell with a border.

    Args:
        sheet: the sheet.
        row: the row, from 0.
        values: from the first column on.
        styles: of the workbook.
        decimals: of the columns that hold rounded figures, by column from 0.
    """
    for column, value in enumerate(values):
        if value is None:
            sheet.write_blank(row, column, None, styles.centred)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, styles.text)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, styles.date)
        else:
            sheet.write_number(row, column, value, styles.number(decimals.get(column, 0)))


def set_up_page(sheet: Worksheet, *, header_rows: tuple[int, int], frozen_columns: int) -> None:
    """A4 landscape, one page wide, the header repeated on each page and kept in view on the screen."""
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(*header_rows)
    sheet.freeze_panes(header_rows[1] + 1, frozen_columns)
    sheet.set_footer(f'&C&"{BODY_FONT}"第 &P 页，共 &N 页')
