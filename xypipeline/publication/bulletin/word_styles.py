"""How the bulletin looks in Word (GB/T 9704-2012): its page, and a paragraph style for each kind of block."""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from xypipeline.publication.bulletin.blocks import Kind

TITLE_FONT, BODY_FONT, HEADING_FONT, SUBHEADING_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
RED = RGBColor(0xE6, 0x00, 0x12)
# 22 lines of 28 characters on 156 mm x 225 mm. Characters stand closer by spacing, not by a grid of
# characters: only Word itself reads such a grid right.
LINE = Pt(28.95)
SIZE = Pt(16)
_TWENTIETHS_BETWEEN_CHARACTERS = "-5"
_FOOTER_DISTANCE = Mm(25)
_TABLE_STYLES = ("TableNormal", "TableGrid")
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True)
class Form:
    """A paragraph style: the name that Word shows, and what differs from the text."""

    name: str
    font: str = BODY_FONT
    size: Length = SIZE
    line: Length = LINE
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent_characters: int = 0
    lines_before: float = 0
    lines_after: float = 0
    keeps_with_next: bool = False


FORMS: Mapping[Kind, Form] = {
    Kind.ISSUER: Form("发文机关标志", TITLE_FONT, Pt(40), Pt(48), _CENTRE, lines_after=1),
    Kind.NUMBER: Form("发文字号", align=_CENTRE, lines_before=1, lines_after=1),
    Kind.TITLE: Form("公文标题", TITLE_FONT, Pt(22), Pt(35), _CENTRE, lines_before=1, lines_after=1),
    Kind.RECIPIENTS: Form("主送机关"),
    Kind.HEADING: Form("公文一级标题", HEADING_FONT, indent_characters=2, keeps_with_next=True),
    Kind.SUBHEADING: Form("公文二级标题", SUBHEADING_FONT, indent_characters=2, keeps_with_next=True),
    Kind.BODY: Form("公文正文", indent_characters=2),
    Kind.ATTACHMENT: Form("附件说明", indent_characters=2, lines_before=1, keeps_with_next=True),
    Kind.SIGNATURE: Form("发文机关署名", align=_RIGHT, lines_before=2, keeps_with_next=True),
    Kind.DATE: Form("成文日期", align=_RIGHT),
    Kind.LABEL: Form("附件标记", HEADING_FONT, line=Pt(20), align=_LEFT),
    Kind.TABLE_TITLE: Form("附件标题", TITLE_FONT, Pt(22), Pt(30), _CENTRE, lines_after=0.2),
    Kind.NOTE: Form("附件表注", size=Pt(10.5), line=Pt(14)),
}
CELL = Form("附件表格", size=Pt(10), line=Pt(12.5), align=_CENTRE)
CELL_HEADER = Form("附件表头", HEADING_FONT, Pt(10), Pt(12.5), _CENTRE)
PAGE_NUMBER = Form("页码", size=Pt(14), line=Pt(14), align=_RIGHT)


def add_styles(document: Document) -> None:
    """Give the document a paragraph style for each form, and the language."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _drop_table_styles(document)
    normal = document.styles["Normal"]
    _set_up_normal(normal)
    for form in (*FORMS.values(), CELL, CELL_HEADER, PAGE_NUMBER):
        style = document.styles.add_style(form.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        _shape(style, form)
    document.styles[FORMS[Kind.ISSUER].name].font.color.rgb = RED


def set_up_page(section: Section, *, is_landscape: bool) -> None:
    """A4 with the margins and the grid of an official document; turned, what was left is on top."""
    top, right, bottom, left = Mm(37), Mm(26), Mm(35), Mm(28)
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.PORTRAIT
    if is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        top, right, bottom, left = left, top, right, bottom
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.footer_distance = min(_FOOTER_DISTANCE, bottom - Mm(10))
    _set_grid(section, is_landscape=is_landscape)


def set_indent(properties: BaseOxmlElement, **characters: float) -> None:
    """Indent a paragraph or style by so many characters: `firstLine`, `left` or `right`."""
    indent = properties.get_or_add_ind()
    for side, count in characters.items():
        indent.set(qn(f"w:{side}Chars"), str(round(100 * count)))
        # Readers that do not count characters take the length.
        indent.set(qn(f"w:{side}"), str(round(20 * count * SIZE.pt)))


def _shape(style: ParagraphStyle, form: Form) -> None:
    style.font.name, style.font.size = form.font, form.size
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), form.font)
    between = OxmlElement("w:spacing")
    between.set(qn("w:val"), _TWENTIETHS_BETWEEN_CHARACTERS if form.size == SIZE else "0")
    properties.insert_element_before(between, "w:sz")
    spacing = style.paragraph_format
    spacing.line_spacing, spacing.alignment = form.line, form.align
    spacing.space_before, spacing.space_after = (
        Pt(lines * LINE.pt) for lines in (form.lines_before, form.lines_after)
    )
    spacing.keep_with_next = form.keeps_with_next
    properties = style.element.get_or_add_pPr()
    set_indent(properties, firstLine=form.indent_characters)
    if form.line != LINE:
        _add_flag(properties, "w:snapToGrid")


def _drop_table_styles(document: Document) -> None:
    """Drop the library's designs for tables: most of the file, and each look-up goes through them all."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLE_STYLES:
            styles.remove(style)


def _set_up_normal(style: ParagraphStyle) -> None:
    """What holds in every paragraph: full pages, and no extra space around Latin letters and digits."""
    _shape(style, Form(style.name))
    # An official page is always full: a lonely line at its foot is right.
    style.paragraph_format.widow_control = False
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        _add_flag(style.element.pPr, name)


def _add_flag(properties: BaseOxmlElement, name: str) -> None:
    """Switch off what is on unless it is said otherwise; the schema wants such flags before the spacing."""
    flag = OxmlElement(name)
    flag.set(qn("w:val"), "0")
    properties.insert_element_before(flag, "w:spacing", "w:ind", "w:jc")


def _set_grid(section: Section, *, is_landscape: bool) -> None:
    properties = section._sectPr  # python-docx has no name for the grid
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    grid = OxmlElement("w:docGrid")
    # The table has lines of its own height.
    grid.set(qn("w:type"), "default" if is_landscape else "lines")
    grid.set(qn("w:linePitch"), str(round(20 * LINE.pt)))
    properties.append(grid)
