import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.raw.jsonl import read_jsonl
from xypipeline.raw.reading import Reading
from xypipeline_tests.raw.tables import visit_table


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_jsonl(text.encode(encoding), visit_table())


def rows_of(reading: Reading) -> list[tuple]:
    return reading.frame.select("line", "declared_org_code", "visit_id", "age", "note").rows()


def test_members_are_found_by_any_name_and_kept_as_they_were_written() -> None:
    reading = read(
        '{"ORG_CODE": "A1", "就诊流水号": "1.0", "age": 1.0, "note": 12.50}\r\n'
        "\n"
        '{"note": true, "age": 123456789012345678901234567890, "JZLSH": null}\n'
        '{"note": "", "visit_id": 0.1}',
        encoding="gb18030",
    )

    assert rows_of(reading)[:2] == [
        (1, "A1", "1.0", "1", "12.50"),
        (3, None, None, "123456789012345678901234567890", "true"),
    ]
    assert reading.rows_received == 3


def test_unknown_and_doubled_members_are_reported_once() -> None:
    reading = read('{"org_code": "A1", "床号": "1"}\n{"org_code": "A1", "床号": "2", "YLJGDM": "A2"}\n')

    assert rows_of(reading) == [(1, "A1", None, None, None), (2, "A1", None, None, None)]
    assert reading.defects.select("line", "rule_id", "column_name").rows() == [
        (1, "I02", "床号"),
        (1, "I02", "YLJGDM"),
    ]


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ('{"org_code": ', "不是一个 JSON 对象"),
        ('["A1"]', "不是一个 JSON 对象"),
        ("[" * 100_000, "不是一个 JSON 对象"),
        ('{"note": {"a": 1}}', "嵌套"),
        ('{"note": [1]}', "嵌套"),
        ('{"note": 1, "note": 2}', "重复的键"),
        ('{"note": "\\u0000"}', "空字符"),
        ('{"note": "\\ud800"}', "字符"),
    ],
    ids=["cut off", "array", "bottomless", "object", "list", "doubled", "nul", "half a character"],
)
def test_a_line_that_is_no_flat_object_is_set_aside(line: str, detail: str) -> None:
    reading = read(f'{{"org_code": "A1"}}\n{line}\n{{"org_code": "A2"}}\n')

    assert [row[:2] for row in rows_of(reading)] == [(1, "A1"), (3, "A2")]
    assert reading.defects.select("line", "rule_id", "content").rows() == [(2, "I01", line[:2000])]
    assert detail in reading.defects["detail"][0]
    assert reading.rows_received == 3


def test_an_empty_file_says_so() -> None:
    reading = read("\n")

    assert (reading.frame.height, reading.reason, reading.is_refused) == (0, "文件没有数据行", False)


@pytest.mark.parametrize("text", ['[{"org_code": "A1"}]\n', '{"床号": 1}\n', "org_code\nA1\n"])
def test_a_file_without_any_known_member_is_refused(text: str) -> None:
    with pytest.raises(RefusedFileError, match="请每行写一个 JSON 对象"):
        read(text)
