"""correction.docx: the correction in the form of the commission's official documents, on its side."""

from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import _Cell, _Row

from xypipeline.publication.bulletin.blocks import Kind
from xypipeline.publication.bulletin.word import SUBSTITUTES, number_pages
from xypipeline.publication.bulletin.word_package import seal
from xypipeline.publication.bulletin.word_styles import CELL, CELL_HEADER, FORMS, add_styles, set_up_page
from xypipeline.publication.bulletin.words import printable

AUTHOR = "信阳市卫生健康委员会"
# All of them: the width of the page's text.
_WIDTHS = (Mm(12), Mm(38), Mm(34), Mm(26), Mm(26), Mm(89))
_TEXT_COLUMNS = (1, 2, 5)


def word_bytes(title: str, opening: str, rows: Sequence[tuple[str, ...]], day: date) -> bytes:
    """The document; the same content, the same bytes.

    Args:
        title: a space is where its line may end.
        opening: the paragraph above the table.
        rows: the header's cells, then those of each row; six columns.
        day: noted in the file as the day of its making.
    """
    document = docx.Document()
    add_styles(document)
    set_up_page(document.sections[0], is_landscape=True)
    number_pages(document, document.sections[0])
    heading = document.add_paragraph(style=FORMS[Kind.TITLE].name)
    for number, line in enumerate(title.split(" ")):
        if number:
            heading.add_run().add_break()
        heading.add_run(printable(line))
    document.add_paragraph(printable(opening), style=FORMS[Kind.BODY].name)
    _add_table(document, rows)
    return seal(document, title=title.replace(" ", ""), author=AUTHOR, day=day, fonts=SUBSTITUTES)


def _add_table(document: Document, rows: Sequence[tuple[str, ...]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(_WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        _fill(row, texts, is_header=number == 0)


def _fill(row: _Row, texts: Sequence[str], *, is_header: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # python-docx has no name for these two
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
    for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _write(cell, text, CELL_HEADER.name if is_header else CELL.name)
        cell.width = _WIDTHS[column]
        if column in _TEXT_COLUMNS and not is_header:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def _write(cell: _Cell, text: str, style: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(printable(text))
