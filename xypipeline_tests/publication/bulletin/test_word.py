import io
from datetime import date, datetime
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from xypipeline_tests.publication.bulletin.samples import HOSTILE_CITY, HOSTILE_NAMES, LARGE_CITY, Render


@pytest.fixture
def document(render: Render) -> Document:
    return docx.Document(io.BytesIO(render()["bulletin.docx"]))


def paragraph_of(document: Document, style: str) -> str:
    return "\n".join(one.text for one in document.paragraphs if one.style.name == style)


def millimetres(*lengths: Length) -> list[int]:
    return [round(length.mm) for length in lengths]


def test_the_letter_has_its_parts_each_in_its_style(document: Document) -> None:
    assert paragraph_of(document, "发文字号") == "信卫信息函〔2023〕　号"
    assert paragraph_of(document, "公文标题") == (
        "信阳市卫生健康委员会\n关于2023年度第二季度全民健康信息平台\n互联互通工作的通报"
    )
    assert paragraph_of(document, "主送机关") == "各县区卫生健康委，羊山新区卫健委、市直各医疗机构："
    assert paragraph_of(document, "公文一级标题").split("\n") == [
        "一、二级以上公立医院接入情况",
        "二、数据完整性情况",
        "三、4-6月数据连续性情况",
        "四、工作要求",
    ]
    assert paragraph_of(document, "成文日期") == "2023年　月　日"
    assert "共有3家公立医院接入全民健康信息平台，接入率75%" in paragraph_of(document, "公文正文")


def test_the_pages_are_those_of_an_official_document(document: Document) -> None:
    letter, attachment = document.sections

    assert [millimetres(one.page_width, one.page_height) for one in (letter, attachment)] == [
        [210, 297],
        [297, 210],
    ]
    margins = [
        millimetres(one.top_margin, one.right_margin, one.bottom_margin, one.left_margin)
        for one in (letter, attachment)
    ]
    assert margins == [[37, 26, 35, 28], [28, 37, 26, 35]]
    assert (letter.orientation, attachment.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    grid = letter._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    # 22 lines of 28 characters fill the text's area, and no more would fit.
    body = document.styles["公文正文"]
    spacing = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 22 * body.paragraph_format.line_spacing <= Mm(225) < 23 * body.paragraph_format.line_spacing
    assert 28 * (16 + spacing) <= Mm(156).pt < 29 * (16 + spacing)


@pytest.mark.parametrize(
    ("style", "font", "size", "indent"),
    [
        ("公文标题", "方正小标宋简体", 22, "0"),
        ("主送机关", "仿宋_GB2312", 16, "0"),
        ("公文一级标题", "黑体", 16, "200"),
        ("公文二级标题", "楷体_GB2312", 16, "200"),
        ("公文正文", "仿宋_GB2312", 16, "200"),
        ("附件标记", "黑体", 16, "0"),
        ("页码", "仿宋_GB2312", 14, "0"),
    ],
)
def test_each_style_has_its_font_by_name(
    document: Document, style: str, font: str, size: int, indent: str
) -> None:
    found = document.styles[style]
    fonts = found.element.rPr.rFonts

    assert [fonts.get(qn(f"w:{script}")) for script in ("ascii", "eastAsia")] == [font, font]
    assert found.font.size == Pt(size)
    assert found.element.pPr.ind.get(qn("w:firstLineChars")) == indent


def test_fonts_have_substitutes_by_name(render: Render) -> None:
    with ZipFile(io.BytesIO(render()["bulletin.docx"])) as package:
        fonts = package.read("word/fontTable.xml").decode()

    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong_GB2312,仿宋,' in fonts


def test_page_numbers_stand_outside(document: Document) -> None:
    letter, attachment = document.sections
    odd, even = letter.footer.paragraphs[0], letter.even_page_footer.paragraphs[0]

    assert document.settings.odd_and_even_pages_header_footer
    assert attachment.footer.is_linked_to_previous
    assert [(one.text, one.alignment.name) for one in (odd, even)] == [("—  —", "RIGHT"), ("—  —", "LEFT")]
    assert odd._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert odd._p.pPr.ind.get(qn("w:rightChars")) == even._p.pPr.ind.get(qn("w:leftChars")) == "100"


def test_the_attachment_is_the_table_with_two_header_rows_and_merged_districts(document: Document) -> None:
    (table,) = document.tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        [
            *("序号", "地区", "医院名称", "数据完整性", "数据完整性", "已上传数据量"),
            *("4-6月数据连续性情况（天）", "4-6月数据连续性情况（天）", "备注"),
        ],
        [
            *("序号", "地区", "医院名称", "上传表数量（共51张表）", "数据完整率(%)", "已上传数据量"),
            *("上传中断天数", "最近上传日期", "备注"),
        ],
        ["1", "市直", "甲医院", "31", "60.78", "1000", "3", "2023-06-29", ""],
        ["2", "市直", "乙医院", "", "", "", "", "", "未上传数据"],
        ["3", "新县", "丙医院", "", "", "", "", "", "已联通省全民健康信息平台"],
        ["4", "新县", "丁医院", "", "", "", "", "", "未联通"],
    ]
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated == [True, True, False, False, False, False]
    assert table.cell(2, 1)._tc is table.cell(3, 1)._tc
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(225), rel=0.001)


def test_a_page_of_the_table_ends_where_a_district_ends(render: Render) -> None:
    (table,) = docx.Document(io.BytesIO(render(LARGE_CITY)["bulletin.docx"])).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[2:]]

    assert kept == [True, True, True, None] * 10


def test_headings_and_closing_are_kept_with_text(document: Document) -> None:
    kept = {
        style.name for style in document.styles if style.type == 1 and style.paragraph_format.keep_with_next
    }
    bodies = [one for one in document.paragraphs if one.style.name == "公文正文"]

    assert {"公文一级标题", "公文二级标题", "附件说明", "发文机关署名"} <= kept
    assert [one.paragraph_format.keep_with_next for one in bodies[-2:]] == [None, True]


def test_number_date_and_red_head_are_printed_when_the_office_gives_them(render: Render) -> None:
    changes = {"number": "信卫信息函〔2023〕4号", "issued_on": date(2023, 7, 1), "has_red_head": True}
    document = docx.Document(io.BytesIO(render(**changes)["bulletin.docx"]))
    number = next(one for one in document.paragraphs if one.style.name == "发文字号")
    rule = number._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")

    assert paragraph_of(document, "发文机关标志") == "信阳市卫生健康委员会"
    assert str(document.styles["发文机关标志"].font.color.rgb) == rule.get(qn("w:color")) == "E60012"
    assert number.text == "信卫信息函〔2023〕4号"
    assert paragraph_of(document, "成文日期") == "2023年7月1日"


def test_without_a_red_head_neither_issuer_nor_rule_is_printed(document: Document) -> None:
    assert paragraph_of(document, "发文机关标志") == ""
    assert not list(document.element.body.iter(qn("w:pBdr")))


def test_the_signature_stands_above_the_dates_middle(render: Render) -> None:
    document = docx.Document(io.BytesIO(render(issued_on=date(2023, 7, 1))["bulletin.docx"]))
    indents = [
        one._p.pPr.ind.get(qn("w:rightChars"))
        for one in document.paragraphs
        if one.style.name in ("发文机关署名", "成文日期")
    ]

    # Ten characters above nine with six digits of half a width: 4 + (6 - 10) / 2.
    assert indents == ["200", "400"]


def test_hostile_names_are_text(render: Render) -> None:
    document = docx.Document(io.BytesIO(render(HOSTILE_CITY)["bulletin.docx"]))

    assert [row.cells[2].text for row in document.tables[0].rows[2:]] == list(HOSTILE_NAMES)
    assert f"，{'、'.join(HOSTILE_NAMES)}等{len(HOSTILE_NAMES)}所医院，" in paragraph_of(document, "公文正文")


def test_nothing_in_it_tells_the_time_of_writing(render: Render) -> None:
    content = render()["bulletin.docx"]

    with ZipFile(io.BytesIO(content)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert properties.created.replace(tzinfo=None) == datetime(2023, 6, 30)
    assert properties.modified == properties.created
    assert (properties.author, properties.comments) == ("信阳市卫生健康委员会", "")
