"""A notice as a Word file in the form of the commission's official documents, simplified."""

from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from xypipeline.publication.bulletin.blocks import Kind
from xypipeline.publication.bulletin.word import SUBSTITUTES, number_pages
from xypipeline.publication.bulletin.word_package import seal
from xypipeline.publication.bulletin.word_styles import CELL, CELL_HEADER, FORMS, add_styles, set_up_page
from xypipeline.publication.bulletin.words import printable
from xypipeline.publication.rectification.cells import FORM_ROWS, Grid
from xypipeline.publication.rectification.notice import ISSUER, TITLE, Notice, opening
from xypipeline.publication.rectification.sections import sections_of

_TEXT_WIDTH_MM = 156
_FORM_LABEL_MM = 36
_CENTRED_AT_MOST_CHARACTERS = 6
_AROUND_TEXT = Pt(1.5)
_FORM_ROW_HEIGHT = Mm(24)


def word_bytes(notice: Notice) -> bytes:
    """The notice as a Word file; the same notice gives the same bytes."""
    document = docx.Document()
    add_styles(document)
    set_up_page(document.sections[0], is_landscape=False)
    number_pages(document, document.sections[0])
    _add(document, Kind.TITLE, TITLE)
    _add(document, Kind.RECIPIENTS, f"{printable(notice.row.hospital)}：")
    _add(document, Kind.BODY, opening(notice))
    for section in sections_of(notice):
        _add(document, Kind.HEADING, section.heading)
        if section.text:
            _add(document, Kind.BODY, section.text)
        if section.grid:
            _add_grid(document, section.grid)
    if not notice.is_connected:
        _add_form(document)
    _add(document, Kind.SIGNATURE, ISSUER)
    _add(document, Kind.DATE, "　　　　年　　月　　日")
    return seal(
        document,
        title=f"{TITLE} {printable(notice.row.hospital)}",
        author=ISSUER,
        day=notice.standing.as_of,
        fonts=SUBSTITUTES,
    )


def _add(document: Document, kind: Kind, text: str) -> None:
    document.add_paragraph(text, style=FORMS[kind].name)


def _add_grid(document: Document, grid: Grid) -> None:
    widths = [round(_TEXT_WIDTH_MM * width / sum(grid.widths)) for width in grid.widths]
    table = _add_table(document, 1 + len(grid.rows), widths)
    plain, header = (document.styles[form.name].style_id for form in (CELL, CELL_HEADER))
    for number, (row, texts) in enumerate(zip(table.rows, (grid.header, *grid.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            # By its id: to look it up by name in each cell takes longer than all the rest.
            cell.paragraphs[0]._p.style = plain if number else header
            _write_lines(cell, text, is_left=number > 0 and len(text) > _CENTRED_AT_MOST_CHARACTERS)
    if grid.note:
        _add(document, Kind.NOTE, grid.note)


def _add_table(document: Document, rows: int, widths_mm: Sequence[int]) -> Table:
    table = document.add_table(rows=rows, cols=len(widths_mm), style="Table Grid")
    table.autofit = False
    # Word goes by the cells, LibreOffice by the columns.
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return table


def _write_lines(cell: _Cell, text: str, *, is_left: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = _AROUND_TEXT
    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(printable(line))
    if is_left:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _add_form(document: Document) -> None:
    """Empty rows to be written in by hand or in Word."""
    table = _add_table(document, len(FORM_ROWS), (_FORM_LABEL_MM, _TEXT_WIDTH_MM - _FORM_LABEL_MM))
    for row, label in zip(table.rows, FORM_ROWS, strict=True):
        row.height = _FORM_ROW_HEIGHT
        paragraph = row.cells[0].paragraphs[0]
        paragraph.style = CELL_HEADER.name
        paragraph.add_run(label).font.size = Pt(14)
        row.cells[1].paragraphs[0].style = CELL.name
        row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    _add(document, Kind.BODY, "填报单位（盖章）：")
    _add(document, Kind.BODY, "联系人及电话：　　　　填报日期：　　年　月　日")
