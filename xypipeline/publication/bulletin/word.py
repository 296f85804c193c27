"""bulletin.docx: the letter upright, the attachment on turned pages, in the official document form."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from unicodedata import east_asian_width

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from xypipeline.publication.bulletin.blocks import Block, Kind
from xypipeline.publication.bulletin.form_table import FormTable
from xypipeline.publication.bulletin.word_package import seal
from xypipeline.publication.bulletin.word_styles import (
    BODY_FONT,
    FORMS,
    HEADING_FONT,
    PAGE_NUMBER,
    RED,
    SUBHEADING_FONT,
    TITLE_FONT,
    add_styles,
    set_indent,
    set_up_page,
)
from xypipeline.publication.bulletin.word_table import add_table

SUBSTITUTES: Mapping[str, str] = {
    TITLE_FONT: "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun",
    BODY_FONT: "FangSong_GB2312,仿宋,FangSong,华文仿宋,STFangsong",
    HEADING_FONT: "SimHei,Noto Sans SC",
    SUBHEADING_FONT: "KaiTi_GB2312,楷体,KaiTi,华文楷体,STKaiti",
}
_DATE_INDENT_CHARACTERS = 4
_ISSUER_BELOW_TEXT_EDGE = Mm(35)
_RULE_BELOW_NUMBER_POINTS, _RULE_EIGHTHS = "11", "12"


def word_bytes(blocks: Sequence[Block], table: FormTable, as_of: date, *, has_red_head: bool) -> bytes:
    """The bulletin as a Word file; the same blocks give the same bytes.

    Args:
        blocks: in reading order.
        table: follows the attachment's title.
        as_of: the date in the file's properties.
        has_red_head: whether the issuing body and the rule below the number are printed.
    """
    document = docx.Document()
    add_styles(document)
    set_up_page(document.sections[0], is_landscape=False)
    number_pages(document, document.sections[0])
    for block in blocks:
        if block.kind is Kind.LABEL:
            set_up_page(document.add_section(WD_SECTION.NEW_PAGE), is_landscape=True)
        if has_red_head or block.kind is not Kind.ISSUER:
            paragraph = _add_paragraph(document, block)
            if has_red_head and block.kind in _RED_HEAD:
                _RED_HEAD[block.kind](paragraph)
        if block.kind is Kind.TABLE_TITLE:
            add_table(document, table)
    _place_closing(document, blocks)
    return seal(
        document,
        title=_text_of(blocks, Kind.TITLE),
        author=_text_of(blocks, Kind.ISSUER),
        day=as_of,
        fonts=SUBSTITUTES,
    )


def _add_paragraph(document: Document, block: Block) -> Paragraph:
    paragraph = document.add_paragraph(style=FORMS[block.kind].name)
    if block.kind not in (Kind.TITLE, Kind.TABLE_TITLE):
        paragraph.add_run(block.text)
        return paragraph
    for number, line in enumerate(block.text.split(" ")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
    return paragraph


def _text_of(blocks: Sequence[Block], kind: Kind) -> str:
    return next(block.text for block in blocks if block.kind is kind)


def _place_closing(document: Document, blocks: Sequence[Block]) -> None:
    """Set the signature above the date's middle, and see that their page carries text, too."""
    signature, day = (_width(_text_of(blocks, kind)) for kind in (Kind.SIGNATURE, Kind.DATE))
    indents = {
        FORMS[Kind.SIGNATURE].name: max(0, _DATE_INDENT_CHARACTERS + (day - signature) / 2),
        FORMS[Kind.DATE].name: _DATE_INDENT_CHARACTERS,
    }
    bodies = []
    for paragraph in document.paragraphs:
        if paragraph.style.name in indents:
            set_indent(paragraph._p.get_or_add_pPr(), right=indents[paragraph.style.name])
        elif paragraph.style.name == FORMS[Kind.BODY].name:
            bodies.append(paragraph)
    if bodies:
        bodies[-1].paragraph_format.keep_with_next = True


def _width(text: str) -> float:
    """Characters in print: what is not Chinese takes half of one."""
    return sum(1 if east_asian_width(character) in "WF" else 0.5 for character in text)


def _lower_issuer(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_before = _ISSUER_BELOW_TEXT_EDGE


def _add_red_rule(paragraph: Paragraph) -> None:
    rule = OxmlElement("w:bottom")
    for name, value in {
        "val": "single",
        "sz": _RULE_EIGHTHS,
        "space": _RULE_BELOW_NUMBER_POINTS,
        "color": str(RED),
    }.items():
        rule.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(rule)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


_RED_HEAD: Mapping[Kind, Callable[[Paragraph], None]] = {
    Kind.ISSUER: _lower_issuer,
    Kind.NUMBER: _add_red_rule,
}


def number_pages(document: Document, section: Section) -> None:
    """Page numbers outside: odd pages right, even pages left, one character from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    _write_page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right")
    _write_page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left")


def _write_page_number(footer: _Footer, alignment: WD_ALIGN_PARAGRAPH, side: str) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = PAGE_NUMBER.name
    paragraph.alignment = alignment
    set_indent(paragraph._p.get_or_add_pPr(), **{side: 1})
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")
