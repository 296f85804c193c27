import io
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.parquet import read_parquet
from xypipeline.raw.reading import Reading
from xypipeline_tests.raw.tables import visit_table


def content_of(frame: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def read(**columns: object) -> Reading:
    return read_parquet(content_of(pl.DataFrame(columns)), visit_table())


def test_rows_are_numbered_and_missing_columns_null() -> None:
    reading = read(ORG_CODE=["A1", ""], 就诊流水号=["1", None], 床号=[1, 2])

    assert reading.frame.rows() == [(1, "A1", "1", *[None] * 4), (2, None, None, *[None] * 4)]
    assert reading.defects.select("line", "rule_id", "column_name").rows() == [(1, "I02", "床号")]


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("age", 30, "30"),
        ("age", 30.0, "30"),
        ("note", 100.25, "100.25"),
        ("note", Decimal("100.2500"), "100.25"),
        ("note", Decimal("100.00"), "100"),
        ("note", True, "true"),
        ("visit_date", date(2023, 4, 1), "2023-04-01"),
        ("visit_date", datetime(2023, 4, 1), "2023-04-01"),
        ("visit_date", datetime(2023, 4, 1, 8), "2023-04-01 08:00:00"),
        ("update_time", datetime(2023, 4, 1), "2023-04-01 00:00:00"),
        ("update_time", date(2023, 4, 1), "2023-04-01 00:00:00"),
        ("update_time", datetime(2023, 4, 1, 0, 5, 6, 7, tzinfo=UTC), "2023-04-01 08:05:06"),
    ],
)
def test_typed_values_become_the_text_of_the_field(column: str, value: object, text: str) -> None:
    assert read(**{column: [value, None]}).frame[column].to_list() == [text, None]


def test_a_column_that_is_no_text_is_kept_out() -> None:
    reading = read(org_code=["A1"], note=[["a", "b"]])

    assert reading.frame.select("declared_org_code", "note").rows() == [("A1", None)]
    assert reading.defects.select("rule_id", "column_name").rows() == [("I02", "note")]


def test_no_rows_says_so() -> None:
    reading = read(org_code=pl.Series([], dtype=pl.String))

    assert (reading.frame.height, reading.reason) == (0, "文件没有数据行")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "已损坏"),
        (b"PAR1" + b"x" * 50 + b"PAR1", "已损坏"),
        (content_of(pl.DataFrame({"org_code": ["A1"]}))[:-20], "已损坏"),
        (content_of(pl.DataFrame({"床号": ["1"]})), "没有本表的列"),
    ],
    ids=["nothing", "noise", "cut off", "no known column"],
)
def test_what_is_no_parquet_file_of_the_table_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError, match=reason):
        read_parquet(content, visit_table())


def test_too_large_is_refused() -> None:
    content = content_of(pl.DataFrame({"org_code": ["A1"]}))

    with pytest.raises(RefusedFileError, match="过大"):
        read_parquet(content, visit_table(), Limits(expanded_bytes=10))
