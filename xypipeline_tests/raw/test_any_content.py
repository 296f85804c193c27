"""Whatever lies in a file: it is refused or read, each row counted, the same each time."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.files import READERS, Source, read_bytes, read_file, read_files
from xypipeline.raw.reading import UNPARSABLE, Reading, text_schema
from xypipeline_tests.raw.readings import assert_same
from xypipeline_tests.raw.tables import visit_table
from xypipeline_tests.raw.workbooks import SHEET, sheet_of, workbook_with

TABLE = visit_table()
LIMITS = Limits(expanded_bytes=1 << 20, rows=50, columns=20, field_characters=200, line_characters=300)
SHEET_XML = sheet_of(
    '<row r="2"><c r="A2" t="inlineStr"><is><t>A1</t></is></c><c r="B2"><v>1.5</v></c></row>'
)


def parquet_of(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content, compression="uncompressed")
    return content.getvalue()


SOUND = {
    "text": b'org_code,visit_id,note\r\nA1,1,"a\nb"\nA1,2\n"A1",3,"c""d"\n\nA1,4,\xe5\x8f\x91\n',
    "gb18030": "机构代码;就诊流水号;备注\nA1;1;发热\n".encode("gb18030"),
    "utf-16": "org_code\tnote\nA1\t发热\n".encode("utf-16"),
    "jsonl": '{"org_code": "A1", "note": "发热", "age": 1.0}\n{"年龄": null, "x": [1]}\n'.encode(),
    "parquet": parquet_of(pl.DataFrame({"org_code": ["A1", "A2"], "age": [1, None], "note": ["a", "b"]})),
    "workbook": workbook_with({SHEET: SHEET_XML}),
    "sheet": SHEET_XML,
    "zip": b"PK\x05\x06" + b"\0" * 18,
}
PIECES = [
    *(
        b'"',
        b"\0",
        b"\n",
        b"\r",
        b",",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xe5\x8f",
        b"\x80",
        b"9" * 30,
        b"-",
        b"{",
        b"]",
    ),
    *(
        b"<",
        b">",
        b"&a;",
        b'r="XFD9"',
        b"<!DOCTYPE z>",
        b"<c><v>1</v></c>",
        b'"\\ud800"',
        b"\xff\xff\xff\x7f",
    ),
]


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """A sound file of some kind, damaged in up to five places."""
    kind = draw(st.sampled_from(sorted(SOUND)))
    content = bytearray(SOUND[kind])
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        removed = draw(st.integers(0, 8) | st.integers(0, len(content)))
        content[start : start + removed] = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
    return workbook_with({SHEET: bytes(content)}) if kind == "sheet" else bytes(content)


def outcome(content: bytes, kind: str) -> Reading | str:
    try:
        return read_bytes(content, kind, TABLE, LIMITS)
    except RefusedFileError as refusal:
        return str(refusal)


@given(content=contents(), kind=st.sampled_from(sorted(READERS)))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_is_refused_with_advice_or_each_row_is_counted_and_so_again(content: bytes, kind: str) -> None:
    first, second = outcome(content, kind), outcome(content, kind)

    if isinstance(first, str):
        assert first == second
        assert "：请" in first
        return
    assert_same(first, second)
    set_aside = first.defects.filter(rule_id=UNPARSABLE)
    lines = [*first.frame["line"], *set_aside["line"]]
    assert first.rows_received == len(lines) == len(set(lines)) <= LIMITS.rows
    assert dict(first.frame.schema) == text_schema(TABLE)
    longest = first.frame.select(pl.max_horizontal(pl.col(pl.String).str.len_chars().max())).item()
    assert (longest or 0) <= LIMITS.field_characters


@given(files=st.lists(st.tuples(contents(), st.sampled_from(sorted(READERS))), max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_file_changes_what_is_read_of_another(files: list[tuple[bytes, str]]) -> None:
    with TemporaryDirectory() as folder:
        sources = []
        for number, (content, kind) in enumerate(files):
            path = f"2023-04-01/A1/visit.{number}.{kind}"
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
            sources.append(Source(Path(folder), path, kind, LIMITS))
        together = read_files(sources, TABLE)

        for source, reading in zip(sources, together, strict=True):
            assert_same(read_file(source, TABLE), reading)


@pytest.mark.parametrize("kind", sorted(READERS))
@pytest.mark.parametrize("name", sorted(SOUND))
def test_another_kind_of_file_under_a_wrong_name_is_refused_or_read_as_what_it_is(
    name: str, kind: str
) -> None:
    is_text = name in ("text", "gb18030", "utf-16")
    own_kinds = {"parquet": ("parquet",), "workbook": ("xlsx",), "jsonl": ("jsonl",)}.get(name, ())

    read = outcome(SOUND[name], kind)

    assert isinstance(read, Reading) == (kind in own_kinds or (is_text and kind in ("csv", "txt", "tsv")))


def test_a_workbook_of_other_parts_only_is_damaged() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("visit.csv", "org_code\nA1\n")

    assert "已损坏" in outcome(content.getvalue(), "xlsx")
