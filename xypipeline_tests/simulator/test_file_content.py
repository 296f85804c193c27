import gzip
import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import polars as pl
import pytest

from xypipeline.simulator.dialect import Dialect
from xypipeline.simulator.file_content import content_of, line_numbers

ROWS = pl.DataFrame(
    {"id": ["1", "2", "3"], "text": ["甲", "乙，\n丙", None], "time": [datetime(2023, 4, 1, 8)] * 3}
)


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        (Dialect(), '"id","text"\n"1","甲"\n'.replace('"', "")),
        (Dialect(delimiter="|", line_end="\r\n"), "id|text\r\n1|甲\r\n"),
        (Dialect(quotes_all=True), '"id","text"\n"1","甲"\n'),
    ],
    ids=["plain", "pipes and CRLF", "all quoted"],
)
def test_delimited_text(dialect: Dialect, expected: str) -> None:
    content = content_of(ROWS.select("id", "text").head(1), dialect, {})

    assert content.decode() == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    content = content_of(ROWS, Dialect(encoding=encoding), {})

    assert "甲" in content.decode(encoding)


def test_a_ragged_line_has_a_cell_too_many_or_too_few() -> None:
    rows = ROWS.select("id", "text").head(2).with_columns(text=pl.lit("x"))

    content = content_of(rows, Dialect(), {0: 1, 1: -1})

    assert content.decode() == "id,text\n1,x,多余\n2\n"


def test_line_numbers_count_line_breaks_within_cells() -> None:
    broken = Dialect(has_line_breaks=True)

    assert line_numbers(ROWS, broken).to_list() == [2, 3, 5]
    assert content_of(ROWS, broken, {}).decode().split("\n")[4].startswith("3,")


@pytest.mark.parametrize(
    ("kind", "first"), [("xlsx", 2), ("jsonl", 1), ("parquet", 1)], ids=["sheet row", "line", "row"]
)
def test_line_numbers_of_other_kinds(kind: str, first: int) -> None:
    assert line_numbers(ROWS, Dialect(kind=kind)).to_list() == [first, first + 1, first + 2]


def test_a_workbook_has_typed_dates() -> None:
    content = content_of(ROWS, Dialect(kind="xlsx"), {})

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert list(sheet.iter_rows(values_only=True))[1] == ("1", "甲", datetime(2023, 4, 1, 8))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_packing_changes_nothing_else_and_is_reproducible(kind: str) -> None:
    packed = replace(Dialect(kind=kind), packing="gz")

    assert gzip.decompress(content_of(ROWS, packed, {})) == content_of(ROWS, Dialect(kind=kind), {})
    assert content_of(ROWS, packed, {}) == content_of(ROWS, packed, {})
