"""Rows appended in whole row groups."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline import row_groups
from xypipeline.row_groups import RowGroups
from xypipeline.warehouse import connect_in_memory


@given(st.lists(st.integers(0, 12), max_size=8))
@settings(deadline=None, max_examples=40)
def test_every_row_is_appended_once_and_in_order(heights: list[int]) -> None:
    whole = pl.DataFrame({"number": range(sum(heights)), "text": [f"{n}" for n in range(sum(heights))]})
    with connect_in_memory() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_groups, "ROW_GROUP", 5)
        connection.execute("create table raw.numbers (number bigint, text varchar)")
        rows, start = RowGroups(connection, "raw.numbers"), 0
        for height in heights:
            rows.append(whole.slice(start, height))
            start += height
            ((stored,),) = connection.sql("select count(*) from raw.numbers").fetchall()
            assert stored == start - start % 5
        rows.finish()
        rows.finish()

        assert connection.sql("from raw.numbers").pl().equals(whole)


def test_statements_end_with_a_row_group(tmp_path: Path) -> None:
    frame = pl.DataFrame({"number": range(row_groups.ROW_GROUP * 5 // 2)})
    with connect_in_memory() as connection:
        connection.execute(f"attach '{tmp_path / 'numbers.duckdb'}' as disk")
        connection.execute("create table disk.numbers (number bigint)")
        connection.begin()
        rows = RowGroups(connection, "disk.main.numbers")
        for start in range(0, frame.height, 100_000):
            rows.append(frame.slice(start, 100_000))
        rows.finish()
        connection.commit()

        groups = connection.sql(
            "select max(start + count) from pragma_storage_info('disk.main.numbers') "
            "where segment_type = 'BIGINT' group by row_group_id order by row_group_id"
        ).fetchall()
    assert groups == [(row_groups.ROW_GROUP,), (row_groups.ROW_GROUP,), (row_groups.ROW_GROUP // 2,)]
