import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pylopdf_fonts_zh_cn
import pytest
from pdfplumber.page import Page

from xypipeline.errors import PublicationError
from xypipeline_tests.publication.bulletin.samples import HOSTILE_CITY, HOSTILE_NAMES, LARGE_CITY, Render
from xypipeline_tests.publication.city import UPLOADING

A4 = (595, 842)
BOTTOM_MARGIN = 35 * 72 / 25.4


def pages_of(content: bytes) -> list[Page]:
    return pdfplumber.open(io.BytesIO(content)).pages


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pages_of(content)))


def letter_of(content: bytes) -> str:
    """The upright pages' text, without page numbers and line ends."""
    upright = [page for page in pages_of(content) if page.width < page.height]
    texts = [page.crop((0, 0, page.width, page.height - BOTTOM_MARGIN)).extract_text() for page in upright]
    return squeezed("".join(texts))


def fonts_of(content: bytes) -> set[str]:
    return {character["fontname"].split("+")[-1] for page in pages_of(content) for character in page.chars}


def test_the_letter_is_upright_and_the_attachment_turned(render: Render) -> None:
    sizes = [(round(page.width), round(page.height)) for page in pages_of(render()["bulletin.pdf"])]

    assert sizes[0] == A4
    assert sizes[-1] == A4[::-1]
    assert set(sizes) == {A4, A4[::-1]}


def test_a_page_has_22_lines_of_28_characters_in_the_margins(render: Render) -> None:
    page = pages_of(render(tuple(replace(one, tier=3) for one in LARGE_CITY))["bulletin.pdf"])[1]
    millimetre = 72 / 25.4
    body = [one for one in page.chars if round(one["size"]) == 16]
    lines = sorted({round(one["top"]) for one in body})

    assert len(lines) == 22
    assert lines[1] - lines[0] == pytest.approx(225 * millimetre / 22, abs=1)
    assert min(one["x0"] for one in body) == pytest.approx(28 * millimetre, abs=1)
    # A sign at a line's end is set in half its width; the file still tells the whole.
    assert max(one["x1"] for one in body if one["text"] not in "、，。）：") <= (210 - 26) * millimetre + 1


def test_page_numbers_stand_outside(render: Render) -> None:
    first, second, *_ = pages_of(render(LARGE_CITY)["bulletin.pdf"])
    places = [
        [word["x0"] for word in page.extract_words() if word["text"] == str(number)]
        for number, page in ((1, first), (2, second))
    ]

    assert places[0][-1] > A4[0] / 2 > places[1][-1]


def test_the_letter_says_what_the_markdown_says(render: Render) -> None:
    files = render(number="信卫信息函〔2023〕4号", issued_on=date(2023, 7, 1), has_red_head=True)
    letter, _ = files["bulletin.md"].decode().split("---", maxsplit=1)

    assert letter_of(files["bulletin.pdf"]) == squeezed(letter.replace("#", ""))


def test_the_table_is_read_back_with_its_blanks(render: Render) -> None:
    (table,) = pages_of(render()["bulletin.pdf"])[-1].extract_tables()

    assert [[squeezed(cell or "") for cell in row] for row in table] == [
        [
            "序号",
            "地区",
            "医院名称",
            "数据完整性",
            "",
            "已上传数据量",
            "4-6月数据连续性情况（天）",
            "",
            "备注",
        ],
        ["", "", "", "上传表数量（共51张表）", "数据完整率(%)", "", "上传中断天数", "最近上传日期", ""],
        ["1", "市直", "甲医院", "31", "60.78", "1000", "3", "2023-06-29", ""],
        ["2", "", "乙医院", "", "", "", "", "", "未上传数据"],
        ["3", "新县", "丙医院", "", "", "", "", "", "已联通省全民健康信息平台"],
        ["4", "", "丁医院", "", "", "", "", "", "未联通"],
    ]


@pytest.mark.parametrize("name", ["bulletin.pdf", "attachment.pdf"])
def test_a_long_table_repeats_its_header_and_ends_pages_with_a_district(render: Render, name: str) -> None:
    pages = [page for page in pages_of(render(LARGE_CITY)[name]) if page.width > page.height]
    tables = [page.extract_tables()[0] for page in pages]
    sequences = [[int(row[0]) for row in table[2:]] for table in tables]

    assert len(tables) > 1
    assert all(table[:2] == tables[0][:2] for table in tables)
    assert [number for sequence in sequences for number in sequence] == list(range(1, 41))
    assert all(sequence[-1] % 4 == 0 for sequence in sequences)


def test_the_attachment_alone_has_tier_score_and_rank_and_tells_its_versions(render: Render) -> None:
    content = render()["attachment.pdf"]
    (table,) = pages_of(content)[0].extract_tables()

    assert [squeezed(cell or "") for cell in table[0][-4:]] == ["梯队", "综合得分", "名次", "备注"]
    assert table[2][-4:] == ["第一梯队", "32.16", "1", ""]
    assert "计算依据：数据标准2023.1版，考核口径2023.1版，医院名册9.9版。" in text_of(content)


def test_only_the_products_fonts_are_embedded_where_the_office_has_none(render: Render) -> None:
    assert fonts_of(render()["bulletin.pdf"]) == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}


def test_the_offices_fonts_are_taken_by_their_names(render: Render, tmp_path: Path) -> None:
    # The name of an official font, as long as that of a free one, put into a copy of it.
    names = ["Noto Sans SC".encode("utf-16-be"), "KaiTi_GB2312".encode("utf-16-be")]
    font = pylopdf_fonts_zh_cn.sans_path().read_bytes().replace(*names)
    (tmp_path / "simkai.otf").write_bytes(font)
    files = render(fonts_dir=tmp_path)

    subheading = [
        character["fontname"]
        for page in pages_of(files["bulletin.pdf"])
        for line in page.extract_text_lines()
        if line["text"].startswith("（二）")
        for character in line["chars"]
    ]
    assert {name.split("+")[-1] for name in subheading} == {"NotoSansSC-Regular"}
    assert files["bulletin.pdf"] != render()["bulletin.pdf"]


def test_hostile_names_are_text(render: Render) -> None:
    files = render(HOSTILE_CITY)
    listed = squeezed("、".join(HOSTILE_NAMES))

    assert f"，{listed}等{len(HOSTILE_NAMES)}所医院，" in letter_of(files["bulletin.pdf"])
    (table,) = pages_of(files["attachment.pdf"])[0].extract_tables()
    assert [(squeezed(row[2]), squeezed(row[-1])) for row in table[2:]] == [
        (squeezed(name), squeezed(name)) for name in HOSTILE_NAMES
    ]


def test_a_character_that_no_font_has_is_told_and_not_printed_as_a_box(render: Render) -> None:
    with pytest.raises(PublicationError, match=r"bulletin\.pdf cannot be set: .* folder fonts/"):
        render((replace(UPLOADING, hospital="甲🏥医院"),))


def test_a_red_head_is_red(render: Render) -> None:
    def colours(content: bytes) -> set[tuple[float, ...]]:
        return {tuple(character["non_stroking_color"]) for character in pages_of(content)[0].chars}

    black = colours(render()["bulletin.pdf"])
    assert len(black) == 1
    assert len(colours(render(has_red_head=True)["bulletin.pdf"]) - black) == 1
