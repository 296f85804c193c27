import io
from collections.abc import Mapping
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.parquet import NO_TEXT, read_parquet
from xypipeline.raw.reading import Reading
from xypipeline_tests.raw.tables import visit_table

ONE_ROW = {"org_code": pa.array(["A1"])}
CODES = [f"A{number}" for number in range(1_000)]


def parquet_of(columns: Mapping[str, pa.Array], **options: object) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), content, **options)
    return content.getvalue()


def read(columns: Mapping[str, pa.Array], limits: Limits | None = None) -> Reading:
    return read_parquet(parquet_of(columns), visit_table(), limits or Limits())


def refusal_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RefusedFileError) as refusal:
        read_parquet(content, visit_table(), limits or Limits())
    return str(refusal.value)


def repeated(text: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), [text])


def test_rows_that_take_no_room_in_the_file_are_counted_before_they_are_read() -> None:
    content = parquet_of({"org_code": pa.nulls(1_000, pa.string())})

    assert read_parquet(content, visit_table(), Limits(rows=1_000)).rows_received == 1_000
    assert refusal_of(content, Limits(rows=999)).startswith("文件有 1000 行，超过一次可读入的 999 行")


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_a_text_that_many_rows_share_counts_for_each(kind: pa.DataType) -> None:
    content = parquet_of({"note": repeated("x" * 1_000, 100).cast(pa.dictionary(pa.int32(), kind))})

    rows = read_parquet(content, visit_table(), Limits(expanded_bytes=100_000))
    assert rows.frame["note"].to_list() == ["x" * 1_000] * 100
    assert "展开后过大" in refusal_of(content, Limits(expanded_bytes=99_999))


def test_too_many_columns_are_refused() -> None:
    columns = ONE_ROW | {f"c{number}": pa.array([1]) for number in range(3)}

    assert read(columns, Limits(columns=4)).rows_received == 1
    assert refusal_of(parquet_of(columns), Limits(columns=3)).startswith("文件有 4 列，超过 3 列")


def test_columns_of_the_same_name_are_refused() -> None:
    content = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array(["A1"])] * 2, names=["org_code"] * 2), content)

    assert "同名的列" in refusal_of(content.getvalue())


@pytest.mark.parametrize(
    "values",
    [
        pa.array([[["a"]]]),
        pa.array([{"a": 1}]),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array([b"\xff"]),
        pa.array([1], pa.duration("us")),
        pa.array([1], pa.decimal256(60, 2)),
        pa.array([0], pa.timestamp("us", tz="Mars/Olympus")),
    ],
    ids=str,
)
def test_a_column_of_a_type_that_has_no_text_is_kept_out_and_the_others_are_read(values: pa.Array) -> None:
    reading = read({**ONE_ROW, "note": values})

    assert reading.frame.select("declared_org_code", "note").rows() == [("A1", None)]
    assert reading.defects.select("rule_id", "column_name", "detail").rows() == [("I02", "note", NO_TEXT)]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(1988, 7, 1, tzinfo=UTC), "1988-07-01 09:00:00"),
        (datetime(1988, 1, 1, tzinfo=UTC), "1988-01-01 08:00:00"),
        (datetime(2023, 7, 1, tzinfo=UTC), "2023-07-01 08:00:00"),
        (datetime(2024, 2, 28, 16, tzinfo=UTC), "2024-02-29 00:00:00"),
        (datetime(2262, 1, 1, tzinfo=UTC), "2262-01-01 08:00:00"),
    ],
    ids=["summer time of 1988", "winter of 1988", "no summer time today", "leap day", "future"],
)
@pytest.mark.parametrize("zone", ["UTC", "+08:00", "Asia/Shanghai", "America/New_York"])
def test_moments_are_told_as_clocks_in_shanghai_showed_them(moment: datetime, text: str, zone: str) -> None:
    moments = pa.array([moment], pa.timestamp("us", tz=zone))

    assert read({**ONE_ROW, "update_time": moments}).frame["update_time"].to_list() == [text]


def test_a_value_that_is_too_long_is_set_aside() -> None:
    reading = read({"note": pa.array(["x" * 10, "x" * 11])}, Limits(field_characters=10))

    assert reading.frame.select("line", "note").rows() == [(1, "x" * 10)]
    assert reading.defects.select("line", "rule_id", "detail").rows() == [
        (2, "I01", "该行有值超过 10 个字符")
    ]
    assert reading.rows_received == 2


@pytest.mark.parametrize("cut", [1, 4, 8, 9, 50, 200])
def test_a_cut_off_footer_is_damage(cut: int) -> None:
    assert "已损坏" in refusal_of(parquet_of({"org_code": pa.array(CODES)})[:-cut])


def test_no_byte_of_the_footer_can_be_changed_into_a_crash() -> None:
    content = parquet_of({"org_code": pa.array(CODES), "age": pa.array(range(1_000))}, store_schema=False)
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    for position in range(footer, len(content)):
        for flip in (0x01, 0x80, 0xFF):
            changed = bytearray(content)
            changed[position] ^= flip
            try:
                reading = read_parquet(bytes(changed), visit_table())
            except RefusedFileError:
                continue
            assert reading.rows_received == reading.frame.height
