"""The attachment's table in Word: merged header and districts, the header repeated on each page."""

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from xypipeline.publication.bulletin.form_table import DISTRICT_COLUMN, FormTable
from xypipeline.publication.bulletin.word_styles import CELL, CELL_HEADER

_HEADER_ROWS = 2
_ROW_HEIGHT = Pt(14.1)
_WIDTH_MM = 225


def add_table(document: Document, form: FormTable) -> None:
    """Add the table at the end of the document."""
    table = document.add_table(rows=_HEADER_ROWS + len(form.rows), cols=len(form.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_cell_margins(table)
    # Each access to `cells` builds the whole row or table anew.
    cells = [row.cells for row in table.rows]
    _set_widths(table, cells, form)
    _write_header(cells, form)
    for values, row in zip(form.rows, cells[_HEADER_ROWS:], strict=True):
        for place, (value, cell) in enumerate(zip(values, row, strict=True)):
            if place != DISTRICT_COLUMN:
                _write(cell, value, CELL.name, is_text=form.columns[place].is_text)
    for first, count in form.district_spans():
        top, bottom = cells[_HEADER_ROWS + first], cells[_HEADER_ROWS + first + count - 1]
        merged = top[DISTRICT_COLUMN].merge(bottom[DISTRICT_COLUMN])
        _write(merged, form.rows[first][DISTRICT_COLUMN], CELL.name)
        _keep_together(cells[_HEADER_ROWS + first : _HEADER_ROWS + first + count - 1])
    for number, row in enumerate(table.rows):
        _set_row(row, is_header=number < _HEADER_ROWS)


def _keep_together(rows: list[tuple[_Cell, ...]]) -> None:
    """Keep each row on the page of the next: a page ends where a district ends."""
    for row in rows:
        for place, cell in enumerate(row):
            if place != DISTRICT_COLUMN:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def _write_header(cells: list[tuple[_Cell, ...]], form: FormTable) -> None:
    upper, lower = cells[:_HEADER_ROWS]
    for first, count in form.header_spans():
        column = form.columns[first]
        if column.group is None:
            _write(upper[first].merge(lower[first]), column.title, CELL_HEADER.name)
            continue
        _write(upper[first].merge(upper[first + count - 1]), column.group, CELL_HEADER.name)
        for place in range(first, first + count):
            _write(lower[place], form.columns[place].title, CELL_HEADER.name)


def _write(cell: _Cell, text: str, style: str, *, is_text: bool = False) -> None:
    # Merging leaves the paragraphs of all cells behind.
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph = cell.paragraphs[0]
    # By its id, which is its name: to look it up in each cell takes longer than all the rest.
    paragraph._p.style = style
    paragraph.text = text
    if is_text:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _set_widths(table: Table, cells: list[tuple[_Cell, ...]], form: FormTable) -> None:
    total = sum(column.width for column in form.columns)
    for place, column in enumerate(form.columns):
        width = Mm(_WIDTH_MM * column.width / total)
        table.columns[place].width = width
        for row in cells:
            row[place].width = width


def _set_row(row: _Row, *, is_header: bool) -> None:
    row.height, row.height_rule = _ROW_HEIGHT, WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _set_cell_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, twentieths in {"top": 0, "left": 40, "bottom": 0, "right": 40}.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twentieths))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
