import zlib

import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw import workbook
from xypipeline.raw.reading import Reading
from xypipeline.raw.workbook import read_workbook
from xypipeline.raw.workbook_parts import MAX_PARTS
from xypipeline_tests.raw.tables import visit_table
from xypipeline_tests.raw.workbooks import SHEET, TEXTS, sheet_of, texts_of, workbook_with

ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>A1</t></is></c></row>'
SHARED = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 12))
ENTITIES = '<!DOCTYPE z [<!ENTITY a "xx"><!ENTITY b "&a;&a;&a;">]>'
FILE_ENTITY = '<!DOCTYPE z [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


def read(parts: dict[str, bytes], limits: Limits | None = None, **lies: dict[str, int]) -> Reading:
    return read_workbook(workbook_with(parts, **lies), visit_table(), limits or Limits())


def refusal_of(parts: dict[str, bytes], limits: Limits | None = None, **lies: dict[str, int]) -> str:
    with pytest.raises(RefusedFileError) as refusal:
        read(parts, limits, **lies)
    return str(refusal.value)


def cell_at(place: str, row: int = 2) -> bytes:
    return sheet_of(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (cell_at("XFD2"), "文件有 16384 列，超过 1000 列"),
        (cell_at("ZZZZZZZ2"), "文件有 8353082582 列"),
        (cell_at("A4294967295"), "文件有 4294967295 行"),
        (cell_at("ALL1048576"), "工作表过大（到第 1048576 行、第 1000 列）"),
        (sheet_of('<row r="9999999"><c><v>1</v></c></row>'), "文件有 9999999 行"),
        (sheet_of('<row r="2">' + "<c><v>1</v></c>" * 1001 + "</row>"), "文件有 1001 列"),
        (cell_at("A99999999999"), "已损坏"),
        (cell_at("2"), "已损坏"),
        (sheet_of("<a>" * 101 + "</a>" * 101), "已损坏"),
        (sheet_of(ROW)[:-20], "已损坏"),
    ],
    ids=[
        *("last column", "no column", "no row", "far corner", "row without place", "cells without place"),
        *("endless number", "no place", "deep", "cut off"),
    ],
)
def test_a_cell_far_out_does_not_take_the_memory_up_to_it(sheet: bytes, reason: str) -> None:
    assert reason in refusal_of({SHEET: sheet})


def test_formatted_cells_without_a_value_do_not_count() -> None:
    reading = read({SHEET: sheet_of(f'{ROW}<row r="1048576"><c r="XFD1048576" s="0"/></row>')})

    assert reading.frame["declared_org_code"].to_list() == ["A1"]


def test_limits_of_rows_and_columns_are_those_given() -> None:
    wide = sheet_of('<row r="2"><c r="C2"><v>1</v></c></row>')

    assert read({SHEET: wide}, Limits(rows=2, columns=3)).rows_received == 1
    assert "3 列，超过 2 列" in refusal_of({SHEET: wide}, Limits(columns=2))
    assert "2 行，超过一次可读入的 1 行" in refusal_of({SHEET: wide}, Limits(rows=1))


@pytest.mark.parametrize(("length", "is_read"), [(5_000, True), (5_001, False)])
def test_a_text_that_many_cells_share_counts_for_each(length: int, is_read: bool) -> None:
    # The longest text is shared by no cell, and so does not count.
    parts = {SHEET: sheet_of(SHARED), TEXTS: texts_of("x" * length, "y" * 10_000)}
    limits = Limits(expanded_bytes=10 * 5_000)

    if is_read:
        assert read(parts, limits).frame["declared_org_code"].to_list() == ["x" * length] * 10
    else:
        assert "工作簿过大" in refusal_of(parts, limits)


@pytest.mark.parametrize("number", ["1", "99999999999"])
def test_a_cell_that_names_no_text_makes_the_workbook_damaged(number: str) -> None:
    sheet = sheet_of(f'<row r="2"><c r="A2" t="s"><v>{number}</v></c></row>')

    assert "已损坏" in refusal_of({SHEET: sheet, TEXTS: texts_of("A1")})


def test_a_number_that_is_none_does_not_get_past_the_count() -> None:
    parts = {SHEET: sheet_of(SHARED.replace("<v>0</v>", "<v>x</v>")), TEXTS: texts_of("x" * 10_000)}

    assert "已损坏" in refusal_of(parts, Limits(expanded_bytes=50_000))


@pytest.mark.parametrize("declaration", [ENTITIES, FILE_ENTITY], ids=["expanding", "of a file"])
def test_entities_are_not_resolved(declaration: str) -> None:
    sheet = sheet_of('<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row>', before=declaration)

    assert "已损坏" in refusal_of({SHEET: sheet})


def test_a_part_larger_than_it_says_is_not_unpacked_further() -> None:
    sheet = sheet_of(f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"x" * 100_000}</t></is></c></row>')

    assert "已损坏" in refusal_of({SHEET: sheet}, stated_sizes={SHEET: 100})


def test_not_even_if_its_checksum_fits_what_it_says() -> None:
    sheet = sheet_of(ROW) + b" " * 100_000
    content = bytearray(workbook_with({SHEET: sheet}, stated_sizes={SHEET: len(sheet_of(ROW))}))
    entry = content.rindex(SHEET.encode()) - 46
    content[entry + 16 : entry + 20] = zlib.crc32(sheet_of(ROW)).to_bytes(4, "little")

    assert read_workbook(bytes(content), visit_table()).frame["declared_org_code"].to_list() == ["A1"]


@pytest.mark.parametrize(("encoding", "is_read"), [("UTF-8", True), ("UTF-4", True), ("GB2312", False)])
def test_an_encoding_that_the_xml_names_can_only_be_wrong(encoding: str, is_read: bool) -> None:
    sheet = sheet_of(ROW.replace("A1<", "中<")).replace(b'"1.0"', f'"1.0" encoding="{encoding}"'.encode())

    if is_read:
        assert read({SHEET: sheet}).frame["declared_org_code"].to_list() == ["中"]
    else:
        assert "已损坏" in refusal_of({SHEET: sheet})


def test_too_many_parts_or_sheets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "工作簿过大" in refusal_of({f"xl/media/{number}.xml": b"<a/>" for number in range(MAX_PARTS)})
    monkeypatch.setattr(workbook, "MAX_SHEETS", 0)
    assert "工作表过多（1 张）" in refusal_of({SHEET: sheet_of(ROW)})


def test_what_is_linked_from_elsewhere_is_read_as_it_was_last_seen() -> None:
    linked = '<row r="2"><c r="A2" t="str"><f>[1]Sheet1!$A$1</f><v>A1</v></c></row>'
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    reading = read({SHEET: sheet_of(linked), "xl/externalLinks/externalLink1.xml": link})

    assert reading.frame["declared_org_code"].to_list() == ["A1"]


def test_a_value_that_is_too_long_is_set_aside() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"x" * length}</t></is></c></row>'
        for row, length in ((2, 10), (3, 11))
    )
    reading = read({SHEET: sheet_of(rows)}, Limits(field_characters=10))

    assert reading.frame.select("line", "declared_org_code").rows() == [(2, "x" * 10)]
    assert reading.defects.select("line", "rule_id", "detail", "content").rows() == [
        (3, "I01", "该行有值超过 10 个字符", "")
    ]
    assert reading.rows_received == 2
