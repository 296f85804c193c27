import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw import body
from xypipeline.raw.delimited import read_delimited
from xypipeline.raw.reading import Reading
from xypipeline_tests.raw.tables import visit_table

TABLE = visit_table()
HEADER = "org_code,visit_id,note\n"
ROW_COLUMNS = ("line", "declared_org_code", "visit_id", "note")


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_delimited(text.encode(encoding), TABLE)


def rows_of(reading: Reading) -> list[tuple]:
    return reading.frame.select(ROW_COLUMNS).rows()


def defects_of(reading: Reading) -> list[tuple]:
    return reading.defects.select("line", "rule_id", "column_name", "content").rows()


def test_every_column_of_the_table_is_text_and_a_missing_one_is_null() -> None:
    reading = read(HEADER + "A1,001, x \n")

    assert reading.frame.rows(named=True) == [
        {
            "line": 2,
            "declared_org_code": "A1",
            "visit_id": "001",
            "visit_date": None,
            "update_time": None,
            "age": None,
            "note": " x ",
        }
    ]
    assert (reading.rows_received, reading.reason, reading.is_refused) == (1, None, False)


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_delimiter_encoding_and_line_ends_make_no_difference(
    delimiter: str, encoding: str, line_end: str
) -> None:
    lines = [["备注", "JZLSH", "Org_Code"], ["发热、咳嗽", "001", "A1"], ["", "002", "A1"]]
    text = line_end.join(delimiter.join(cells) for cells in lines) + line_end

    assert rows_of(read(text, encoding)) == [(2, "A1", "001", "发热、咳嗽"), (3, "A1", "002", None)]


def test_unknown_and_doubled_columns_are_kept_out_and_reported() -> None:
    reading = read("visit_id,床号,就诊流水号,org_code,\n1,2,3,A1,\n")

    assert rows_of(reading) == [(2, "A1", "1", None)]
    assert defects_of(reading) == [
        (1, "I02", "床号", None),
        (1, "I02", "就诊流水号", None),
        (1, "I02", "第5列", None),
    ]
    assert reading.rows_received == 1


@pytest.mark.parametrize("text", ["", "\n\n", HEADER, HEADER.rstrip(), HEADER + "\r\n\n"])
def test_a_file_without_rows_is_no_error_but_says_so(text: str) -> None:
    reading = read(text)

    assert (reading.frame.height, reading.rows_received) == (0, 0)
    assert (reading.reason, reading.is_refused) == ("文件没有数据行", False)


@pytest.mark.parametrize("text", ["A1,001,发热\nA1,002,咳嗽\n", '"org_code,visit_id\n', "\0\1\2\3"])
def test_a_file_whose_first_line_names_no_column_is_refused(text: str) -> None:
    with pytest.raises(RefusedFileError, match="第一行没有本表的列名"):
        read(text)


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("A1,001", "该行有 2 个字段，表头有 3 个"),
        ("A1,001,x,y", "该行有 4 个字段，表头有 3 个"),
        ('A1,"001,x', "引号不成对"),
        ('A1,"001"1,x', "引号不成对"),
        ("A1,00\r1,x", "单独的回车符"),
        ("A1,0\x0001,x", "空字符"),
    ],
    ids=["too few", "too many", "unclosed", "text behind quotes", "carriage return", "nul"],
)
def test_a_line_that_cannot_be_parsed_is_set_aside_and_the_others_are_read(line: str, detail: str) -> None:
    reading = read(f'{HEADER}A1,1,a\n{line}\nA1,2,"b"\n')

    assert rows_of(reading) == [(2, "A1", "1", "a"), (4, "A1", "2", "b")]
    assert defects_of(reading) == [(3, "I01", None, line)]
    assert detail in reading.defects["detail"][0]
    assert (reading.rows_received, reading.is_refused) == (3, False)
    assert reading.reason == "3 行中有 1 行无法解析（规则 I01），未入库"


def test_quoted_line_breaks_count_as_lines() -> None:
    reading = read(HEADER + 'A1,1,"a\r\nb\n\nc"\n\nA1,2,d\n')

    assert rows_of(reading) == [(2, "A1", "1", "a\r\nb\n\nc"), (7, "A1", "2", "d")]


def test_an_unclosed_quote_does_not_swallow_the_records_up_to_the_next_quote() -> None:
    reading = read(HEADER + 'A1,1,"a\nA1,2,b\nA1,3,c\nA1,4,"d"\n')

    assert rows_of(reading) == [(3, "A1", "2", "b"), (4, "A1", "3", "c"), (5, "A1", "4", "d")]
    assert defects_of(reading) == [(2, "I01", None, 'A1,1,"a')]


def test_a_ragged_record_over_several_lines_is_set_aside_whole() -> None:
    reading = read(HEADER + 'A1,1,"a\nb",too many\nA1,2,c\n')

    assert rows_of(reading) == [(4, "A1", "2", "c")]
    assert defects_of(reading) == [(2, "I01", None, 'A1,1,"a\nb",too many')]


def test_records_with_broken_characters_are_set_aside() -> None:
    content = (HEADER + "A1,1,正常的中文\nA1,2,坏\nA1,3,好\n").encode().replace("坏".encode(), b"\xe5\x9d")
    reading = read_delimited(content, TABLE)

    assert rows_of(reading) == [(2, "A1", "1", "正常的中文"), (4, "A1", "3", "好")]
    assert defects_of(reading) == [(3, "I01", None, "A1,2,\ufffd")]


def test_a_huge_field_is_set_aside() -> None:
    content = (HEADER + f"A1,1,{'x' * 11}\nA1,2,{'x' * 5}\n").encode()
    reading = read_delimited(content, TABLE, Limits(field_characters=10))

    assert rows_of(reading) == [(3, "A1", "2", "xxxxx")]
    assert "超过" in reading.defects["detail"][0]


def test_old_line_ends_are_understood() -> None:
    assert rows_of(read("org_code,visit_id,note\rA1,1,a\rA1,2,b")) == [
        (2, "A1", "1", "a"),
        (3, "A1", "2", "b"),
    ]


# Without a mark these are taken for Chinese in GB18030: U+0100 is C4 80 in UTF-8, and so is 膧 in GB18030.
AMBIGUOUS = "".join(map(chr, [*range(0x100, 0x380), *range(0x400, 0x800)]))
# What a hospital may put into a cell; NUL and undecodable characters are defects of their own.
CELLS = st.text(
    st.characters(exclude_characters="\0" + AMBIGUOUS, exclude_categories=["Cs"]), max_size=12
) | st.text(alphabet=' ,;|\t"\r\n\ufeffa中', max_size=8)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8)


@given(
    rows=ROWS,
    delimiter=st.sampled_from(",\t|;"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    bulk_from=st.sampled_from([1, 1_000_000]),
)
@settings(max_examples=300, deadline=None)
def test_what_a_csv_writer_writes_is_read_back_exactly(
    rows: list[tuple], delimiter: str, line_end: str, quoting: int, encoding: str, bulk_from: int
) -> None:
    if quoting == csv.QUOTE_MINIMAL and line_end == "\n":
        # Python 3.11 leaves a carriage return unquoted then, and cannot read its own output back.
        rows = [tuple(cell.replace("\r", "") for cell in row) for row in rows]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(["YLJGDM", "visit_id", "note"])
    starts = []
    for row in rows:
        starts.append(text.getvalue().count("\n") + 1)
        writer.writerow(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body, "BULK_FROM_BYTES", bulk_from)
        patch.setattr(body, "BULK_FROM_LINES", min(bulk_from, 2))
        reading = read(text.getvalue(), encoding)

    assert rows_of(reading) == [
        (start, *(cell or None for cell in row)) for start, row in zip(starts, rows, strict=True)
    ]
    assert reading.defects.is_empty()


LINES = st.lists(
    st.sampled_from(
        ["A1,1,a", 'A1,2,"b"', 'A1,"3', '",x', "A1,4", "A1,5,e,f", "", '"', "x\r,y,z", 'a"b,c,d"', "A1,\0,0"]
    )
    | st.text(alphabet='a," \r\ufeff', max_size=8),
    max_size=30,
)


@given(lines=LINES, line_end=st.sampled_from(["\n", "\r\n"]), end=st.sampled_from(["", "\n"]))
@settings(max_examples=500, deadline=None)
@example(lines=["\ufeffA1,1,a", "A1,2,b"], line_end="\n", end="")
@example(lines=["A1,1,a", '"', "\ufeffA1,1,a", "A1,2,b"], line_end="\n", end="")
def test_reading_in_bulk_and_one_by_one_agree_on_any_text(lines: list[str], line_end: str, end: str) -> None:
    content = (HEADER + line_end.join(lines) + end).encode()
    readings = []
    for bulk_from in (1, len(content) + 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(body, "BULK_FROM_BYTES", bulk_from)
            patch.setattr(body, "BULK_FROM_LINES", 2)
            readings.append(read_delimited(content, TABLE))
    bulk, one_by_one = readings

    assert rows_of(bulk) == rows_of(one_by_one)
    assert bulk.defects.rows() == one_by_one.defects.rows()
    assert (bulk.rows_received, bulk.reason) == (one_by_one.rows_received, one_by_one.reason)


@given(content=st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes_below_a_header_are_read_or_set_aside(content: bytes) -> None:
    reading = read_delimited(HEADER.encode() + content, TABLE)

    assert reading.rows_received == reading.frame.height + reading.defects.height
    numbers = sorted([*reading.frame["line"], *reading.defects["line"]])
    assert numbers == sorted(set(numbers))
