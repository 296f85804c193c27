import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from xypipeline import archives
from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.delimited import MAX_HEADER_BYTES
from xypipeline.raw.files import Source, read_bytes, read_files
from xypipeline.raw.large import read_large
from xypipeline_tests.raw.tables import visit_table

TABLE = visit_table()
HEADER = "org_code,visit_id,note\n"
FOLDER = "2023-04-01/411500001"
# In a process of its own, as the limit of the csv module is one for the process.
LONG_FIELD_FIRST = f"""
from xypipeline.raw.delimited import read_delimited
from xypipeline_tests.raw.tables import visit_table
content = {HEADER!r} + "A1,1," + "x" * 200_000 + '\\nA1,2,"a'
print(read_delimited(content.encode(), visit_table()).rows_parsed)
"""


def refusal_of(content: bytes, kind: str = "csv", limits: Limits | None = None) -> str:
    with pytest.raises(RefusedFileError) as refusal:
        read_bytes(content, kind, TABLE, limits or Limits())
    return str(refusal.value)


def deliver(landing: Path, name: str, content: bytes, limits: Limits) -> Source:
    (landing / FOLDER).mkdir(parents=True, exist_ok=True)
    (landing / FOLDER / name).write_bytes(content)
    return Source(landing, f"{FOLDER}/{name}", "csv", limits)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("line", ["A1,上,中文", "", "A1", '"'], ids=["rows", "blank", "ragged", "quotes"])
def test_lines_are_counted_before_they_are_read(encoding: str, line_end: str, line: str) -> None:
    content = (HEADER.rstrip() + line_end + (line + line_end) * 9).encode(encoding)

    assert read_bytes(content, "csv", TABLE, Limits(rows=10)).rows_received <= 9
    assert refusal_of(content, limits=Limits(rows=9)).startswith("文件有 10 行，超过一次可读入的 9 行")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_lines_of_json_are_counted_before_they_are_read(encoding: str) -> None:
    content = ('{"org_code": "上"}\n' * 10).encode(encoding)

    assert read_bytes(content, "jsonl", TABLE, Limits(rows=10)).rows_received == 10
    assert "文件有 10 行" in refusal_of(content, "jsonl", Limits(rows=9))


def test_thousands_of_columns_are_refused() -> None:
    header = "org_code" + "".join(f",c{number}" for number in range(1_000))
    members = dict.fromkeys(header.split(","), 1)
    each_its_own = "".join(json.dumps({"org_code": 1, name: 1}) + "\n" for name in members)

    for content, kind in ((header, "csv"), (json.dumps(members), "jsonl"), (each_its_own, "jsonl")):
        assert "文件有 1001 列，超过 1000 列" in refusal_of(content.encode(), kind)
        assert read_bytes(content.encode(), kind, TABLE, Limits(columns=1_001)).defects.height == 1_000


def test_a_header_without_end_is_refused() -> None:
    just_fits = ("org_code," + "x" * MAX_HEADER_BYTES)[:MAX_HEADER_BYTES]

    assert read_bytes(f"{just_fits}\nA1,1\n".encode(), "csv", TABLE).rows_received == 1
    assert "表头（第一行）超过 64 KB" in refusal_of(f"{just_fits}x\nA1,1\n".encode())


def test_a_long_field_is_read_whatever_was_read_before_it() -> None:
    run = subprocess.run([sys.executable, "-c", LONG_FIELD_FIRST], capture_output=True, text=True, check=True)

    assert run.stdout == "1\n"


@pytest.mark.parametrize(
    ("kind", "line"),
    [("csv", "A1,{},{}"), ("csv", '"A1","{}","{}"'), ("jsonl", '{{"org_code": "{}", "note": "{}"}}')],
)
def test_long_lines_and_fields_are_set_aside(kind: str, line: str) -> None:
    fitting, long_field, long_line = ("x" * 20, "x"), ("x" * 21, "x"), ("x" * 20, "x" * 20)
    lines = [line.format(*cells) for cells in (fitting, long_field, long_line, fitting)]
    limits = Limits(field_characters=20, line_characters=len(lines[1]) + 1)
    content = "\n".join([HEADER.rstrip() if kind == "csv" else '{"visit_id": 1}', *lines, ""])

    reading = read_bytes(content.encode(), kind, TABLE, limits)

    assert reading.frame["line"].to_list()[-2:] == [2, 5]
    assert reading.defects.select("line", "detail").rows() == [
        (3, "该行有值超过 20 个字符"),
        (4, f"该行超过 {len(lines[1]) + 1} 个字符"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"age": ' + "9" * 100_000 + "}",
        '{"age": 1e999999999}',
        '{"age": -0.0, "note": NaN}',
        '{"age": Infinity}',
    ],
    ids=["long", "large", "no number", "infinite"],
)
def test_numbers_of_any_size_stay_the_text_they_are(line: str) -> None:
    reading = read_bytes(line.encode(), "jsonl", TABLE)

    text = line.removeprefix('{"age": ').split(",")[0].rstrip("}")
    assert reading.frame["age"].to_list() == [text.removesuffix(".0")]


@pytest.mark.parametrize("line", ['{"a":' * 50_000 + "1" + "}" * 50_000, "[" * 50_000 + "]" * 50_000])
def test_bottomless_json_is_set_aside(line: str) -> None:
    reading = read_bytes(f'{{"org_code": 1}}\n{line}\n{{"org_code": 2}}\n'.encode(), "jsonl", TABLE)

    assert (reading.frame["line"].to_list(), reading.defects["line"].to_list()) == ([1, 3], [2])


def test_names_of_members_come_from_all_rows_however_many_pieces_they_are_read_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = b'{"org_code": 1}\n\n{"note": "a", "x": 1}\n{"JZLSH": 3, "YLJGDM": 4}\n{"visit_id": 5}\n'
    readings = []
    for size in (1, 10_000):
        monkeypatch.setattr("xypipeline.raw.jsonl.BYTES_PER_FRAME", size)
        readings.append(read_bytes(content, "jsonl", TABLE))

    for reading in readings:
        assert reading.frame.select("line", "declared_org_code", "visit_id", "note").rows() == [
            (1, "1", None, None),
            (3, None, None, "a"),
            (4, None, "3", None),
            (5, None, None, None),
        ]
        assert reading.defects["column_name"].to_list() == ["x", "YLJGDM", "visit_id"]


BOMB = gzip.compress((HEADER + "A1,1," + "x" * 98 + "\n" * 100_000).encode())


@pytest.mark.parametrize("is_large", [False, True])
def test_a_gz_bomb_is_stopped_at_its_ratio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    monkeypatch.setattr(archives, "RATIO_COUNTS_FROM_BYTES", 50_000)
    source = deliver(tmp_path, "visit.csv.gz", BOMB, Limits(ratio=10))

    if is_large:
        with pytest.raises(RefusedFileError, match="压缩比超过 10"):
            list(read_large(source, TABLE))
    else:
        (reading,) = read_files([source], TABLE)
        assert (reading.is_refused, reading.reason) == (
            True,
            "压缩比超过 10，疑似异常压缩文件：请直接上传未压缩的文件",
        )


def test_a_large_file_is_read_up_to_its_limit_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xypipeline.raw.large.PIECE_BYTES", 1_000)
    monkeypatch.setattr("xypipeline.raw.content.MB", 1)
    content = HEADER.encode() + b"A1,1,x\n" * 500
    fitting, too_large = len(content), len(content) - 1

    def rows(limit: int) -> int:
        source = deliver(tmp_path, "visit.csv", content, Limits(large_file_bytes=limit))
        return sum(reading.rows_received for reading in read_large(source, TABLE))

    assert rows(fitting) == 500
    with pytest.raises(RefusedFileError, match=f"超过 {too_large} MB"):
        rows(too_large)


@pytest.mark.parametrize(
    "damaged",
    [
        gzip.compress(HEADER.encode() + b"A1,1,x\n" * 9_000)[:-1],
        gzip.compress(HEADER.encode() + b"A1,1,x\n" * 9_000)[:40],
        gzip.compress(HEADER.encode()) + b"rubbish",
        b"\x1f\x8b",
        b"",
    ],
    ids=["end cut off", "half", "rubbish behind", "two bytes", "nothing"],
)
def test_a_damaged_gz_brings_no_row(tmp_path: Path, damaged: bytes) -> None:
    (reading,) = read_files([deliver(tmp_path, "visit.csv.gz", damaged, Limits())], TABLE)

    if damaged:
        assert (reading.frame, reading.reason) == (None, "gz 文件已损坏或没有传完：请重新压缩后上传")
    else:
        assert (reading.rows_received, reading.reason) == (0, "文件没有数据行")
