"""A notice as a Word file in the form of the commission's official documents, simplified."""

from collections.abc import Sequence
from datetime import date

import docx
from docx.shared import Mm

from xypipeline.publication.bulletin.blocks import Kind
from xypipeline.publication.bulletin.word import SUBSTITUTES, number_pages
from xypipeline.publication.bulletin.word_package import Blank, blank_of
from xypipeline.publication.bulletin.word_styles import CELL, CELL_HEADER, FORMS, add_styles, set_up_page
from xypipeline.publication.bulletin.words import printable
from xypipeline.publication.pages.layout import load_template
from xypipeline.publication.rectification.cells import FORM_ROWS, Grid
from xypipeline.publication.rectification.notice import ISSUER, TITLE, Notice, opening
from xypipeline.publication.rectification.sections import sections_of

_TEXT_WIDTH_MM = 156
_FORM_LABEL_MM = 36
_CENTRED_AT_MOST_CHARACTERS = 6
_STYLES = {kind.value: FORMS[kind].name for kind in Kind} | {
    "cell": CELL.name,
    "cell_header": CELL_HEADER.name,
}


def blank_notice(day: date) -> Blank:
    """What all notices of a quarter have in common: styles, page, properties; `day` stands in them."""
    document = docx.Document()
    add_styles(document)
    set_up_page(document.sections[0], is_landscape=False)
    number_pages(document, document.sections[0])
    return blank_of(document, author=ISSUER, day=day, fonts=SUBSTITUTES)


def word_bytes(notice: Notice, blank: Blank) -> bytes:
    """The notice as a Word file; the same notice gives the same bytes."""
    hospital = printable(notice.row.hospital)
    body = load_template("rectification/notice.xml.j2").render(
        styles=_STYLES,
        title=TITLE,
        hospital=hospital,
        opening=opening(notice),
        sections=sections_of(notice),
        widths_of=_widths_of,
        centred_at_most=_CENTRED_AT_MOST_CHARACTERS,
        form_rows=() if notice.is_connected else FORM_ROWS,
        form_widths=_twips((_FORM_LABEL_MM, _TEXT_WIDTH_MM - _FORM_LABEL_MM)),
        issuer=ISSUER,
        printable=printable,
    )
    return blank.filled(body, f"{TITLE} {hospital}")


def _widths_of(grid: Grid) -> list[int]:
    return _twips([round(_TEXT_WIDTH_MM * width / sum(grid.widths)) for width in grid.widths])


def _twips(widths_mm: Sequence[int]) -> list[int]:
    return [Mm(width).twips for width in widths_mm]
