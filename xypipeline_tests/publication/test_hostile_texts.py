"""Names and values with markup in them: each document keeps the structure that it has without."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pdfplumber
import pytest
from markdown_it import MarkdownIt

from xypipeline.harmless import begins_formula
from xypipeline.publication.bulletin.office import load_office
from xypipeline.publication.bulletin.render import render_bulletin
from xypipeline.publication.comparison.render import render_comparison
from xypipeline.publication.details.model import RefusedFile
from xypipeline.publication.documents import render_attachment
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.packs.render import render_packs
from xypipeline.publication.pages.dossier import compile_dossiers
from xypipeline.publication.pages.render import render_pages
from xypipeline.publication.patrol import Patrol
from xypipeline.publication.patrol_message import message_text
from xypipeline.publication.patrol_page import page_html
from xypipeline.publication.rectification.render import render_rectification
from xypipeline.scores.rejudging import rejudge
from xypipeline_tests.publication.city import QUARTER
from xypipeline_tests.publication.details.hospitals import (
    CODES,
    DETAILS,
    EXPLANATIONS,
    FIGURES,
    REGISTRY,
    STANDINGS,
    UPLOADING_DETAIL,
    findings,
    quarter_before,
)
from xypipeline_tests.publication.patrols import DAY, silent, table

PLAIN = "普通"
HOSTILE = (
    "=cmd|'/c calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "{{7*7}}{% raw %}",
    "[点此](javascript:alert(1))![图](http://x/y.png)",
    "甲|乙`码`**粗**",
    "#panic(1) $x$ @引 \\u{1}",
    "</w:t><w:br/>&amp;&#x202e;",
    "]]><!--",
)
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@cache
def documents(text: str) -> dict[str, bytes]:
    """Every document of a quarter, its first hospital, a masked value and a file's name made of a text."""
    name = f"{text}医院"
    standings = (replace(STANDINGS[0], hospital=name), *STANDINGS[1:])
    figures = replace(FIGURES, standings=standings)
    detail = replace(
        UPLOADING_DETAIL,
        findings=(findings("G06", "error", "staff", 2, text),),
        refused=(RefusedFile(DAY, f"2023-06-01/411500001/{text}.doc", "文件类型不受支持"),),
    )
    details = {**DETAILS, CODES[0]: detail}
    dossiers = compile_dossiers(figures, details, EXPLANATIONS, quarter_before())
    notices = render_rectification(figures, details, REGISTRY)
    return {
        **render_attachment(figures),
        **render_bulletin(figures, load_office(Path("absent"), QUARTER)),
        **render_comparison(figures, [_before(name)], rejudge),
        **render_pages(figures, dossiers),
        **notices,
        **render_packs(figures, dossiers, notices),
        **_patrol(name),
    }


def _before(name: str) -> QuarterFigures:
    before = quarter_before()
    return replace(before, standings=(replace(before.standings[0], hospital=name), *before.standings[1:]))


def _patrol(name: str) -> dict[str, bytes]:
    patrol = Patrol(DAY, (silent(1, name, 10),), (table(1, name, "检验报告", since=10),), ())
    return {"patrol.html": page_html(patrol).encode(), "patrol.md": message_text(patrol).encode()}


def skeleton(name: str, content: bytes) -> object:
    """All of a document but its texts."""
    return SKELETONS[Path(name).suffix](content)


def _page(content: bytes) -> object:
    tags = Tags()
    tags.feed(content.decode())
    return tags.found


def _markdown(content: bytes) -> object:
    return [kind for kind in markdown_kinds(content.decode()) if kind != "text"]


def _workbook(content: bytes) -> object:
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    return [(cell.coordinate, cell.data_type, cell.hyperlink) for cell in cells]


def _members(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def _word(content: bytes) -> object:
    return {
        part: [element.tag for element in ElementTree.fromstring(text).iter()]
        for part, text in _members(content).items()
    }


def _csv(content: bytes) -> object:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[begins_formula(cell) for cell in row] for row in rows]


def _pdf(content: bytes) -> object:
    with pdfplumber.open(io.BytesIO(content)) as document:
        return (document.annots, document.hyperlinks)


SKELETONS = {
    ".html": _page,
    ".md": _markdown,
    ".xlsx": _workbook,
    ".docx": _word,
    ".csv": _csv,
    ".json": lambda content: type(json.loads(content)),
    ".pdf": _pdf,
    ".zip": lambda content: {part: skeleton(part, text) for part, text in _members(content).items()},
}


class Tags(HTMLParser):
    """Tags with the names of their attributes, and with the values of those that act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        acting = [(key, value) for key, value in attributes if key in ("href", "src", "style", "content")]
        self.found.append((tag, [key for key, _ in attributes], acting))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")

    def unknown_decl(self, data: str) -> None:
        self.found.append("declaration")


def markdown_kinds(text: str) -> Iterator[str]:
    for token in MARKDOWN.parse(text):
        yield token.type
        yield from (child.type for child in token.children or ())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_shapes_a_document(text: str) -> None:
    plain, hostile = documents(PLAIN), documents(text)

    assert hostile.keys() == plain.keys()
    assert [name for name in plain if skeleton(name, plain[name]) != skeleton(name, hostile[name])] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_the_data_say_the_text_as_it_is(text: str) -> None:
    hostile, name = documents(text), f"{text}医院"

    row = json.loads(hostile["attachment.json"])["rows"][0]
    assert row["hospital"] == name
    line = list(csv.DictReader(io.StringIO(hostile["attachment.csv"].decode("utf-8-sig"))))[0]
    assert line["hospital"] == (f"'{name}" if begins_formula(name) else name)
    book = openpyxl.load_workbook(io.BytesIO(hostile["attachment.xlsx"]))
    assert name in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def test_the_comparison_is_sensitive_to_markup() -> None:
    assert skeleton("a.html", b"<p>a</p>") != skeleton("a.html", b"<p><b>a</b></p>")
    assert skeleton("a.md", b"a") != skeleton("a.md", b"a [b](c)")
    assert skeleton("a.csv", b"a,b\r\n") != skeleton("a.csv", b"a,=b\r\n")
