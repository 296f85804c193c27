import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from xypipeline.harmless import (
    begins_formula,
    escape_markdown,
    harmless_cell,
    is_visible,
    visible,
    without_markup,
)

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.mark.parametrize(
    "text",
    ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠1"],
)
def test_a_cell_that_a_spreadsheet_would_compute_becomes_text(text: str) -> None:
    assert begins_formula(text)
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["甲医院", "1", "", "'=1", None, 3, -1])
def test_any_other_cell_stays_as_it_is(cell: object) -> None:
    assert harmless_cell(cell) == cell


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1))
def test_no_row_of_harmless_cells_has_a_formula(cells: list[str]) -> None:
    line = io.StringIO()
    csv.writer(line).writerow(map(harmless_cell, cells))

    read = next(csv.reader(io.StringIO(line.getvalue(), newline="")))
    assert not any(map(begins_formula, read))
    assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in cells]


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_markdown_says_the_text_and_nothing_else(text: str) -> None:
    (_, inline, _) = PARSER.parse(f"甲{escape_markdown(text)}")

    assert {child.type for child in inline.children} == {"text"}
    assert "".join(child.content for child in inline.children) == f"甲{text}"


def test_chats_get_no_link_no_tag_and_no_mark() -> None:
    assert without_markup("[点](http://x) <font> `a` **b** \\c") == (
        "［点］(http://x) ＜font＞ ｀a｀ ＊＊b＊＊ ＼c"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲医院 A-1.csv", "甲医院 A-1.csv"),
        ("a\x1b[31mb", "a�[31mb"),
        ("a\r\nb\tc\0", "a��b�c�"),
        ("cod\u202efdp.exe", "cod�fdp.exe"),
        ("a\u200bb\ufeff\u2028\u2066", "a�b���"),
    ],
    ids=["ordinary", "escape", "controls", "right to left", "zero width and separators"],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert is_visible(text) == (text == shown)
    assert is_visible(shown)
