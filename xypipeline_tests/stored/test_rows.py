"""A text that is stored comes back word for word, from the view and from the frame alike."""

from dataclasses import replace
from functools import cache

import polars as pl
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import example, given
from hypothesis import strategies as st

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.schemas import AS_DELIVERED, raw_columns
from xypipeline.stored.rows import stored_rows, texts_as_delivered
from xypipeline.stored.tables import create_tables
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.stored.filling import receive_rows
from xypipeline_tests.validated.rows import raw_rows, table_named

# A field of each type that there is; `use_days` a whole number, `quantity` one of four decimal places.
TABLE = table_named("prescription_detail")
FIELDS = ("drug_name", "use_days", "quantity", "prescribe_time")
DATES = table_named("patient_info")

USUAL = dict(zip(FIELDS, ["阿莫西林", "7", "1.50", "2023-04-09 10:00:00"], strict=True))

usual = {
    "drug_name": st.sampled_from(["阿莫西林", "A", "无", "-", "null"]),
    "use_days": st.integers(-1200, 1200).map(str),
    "quantity": st.decimals(-99, 99, places=4).map(str) | st.integers(-9, 9).map(str),
    "prescribe_time": st.datetimes().map(lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}"),
}
odd = st.text(max_size=6) | st.text("+-0123456789.: ", max_size=8)
spaces = st.sampled_from(["", "", "", " ", "\u3000", "\t"])


def written(field: str) -> st.SearchStrategy[str | None]:
    """What a hospital may write: nothing, the value as the type has it, with space around it, or anything."""
    spaced = st.builds("{}{}{}".format, spaces, usual[field], spaces)
    return st.none() | usual[field] | spaced | odd


@cache
def warehouse() -> DuckDBPyConnection:
    connection = connect_in_memory()
    tables = {table.code: table for table in (TABLE, DATES)}
    create_tables(connection, replace(current_catalogue(), tables=tables, control_tables={}))
    return connection


def given_back(raw: pl.DataFrame) -> pl.DataFrame:
    connection = warehouse()
    connection.execute(f"truncate stored.{TABLE.code}")
    receive_rows(connection, TABLE, raw)
    return connection.sql(f"from raw.{TABLE.code} order by line").pl()


@given(st.lists(st.fixed_dictionaries({field: written(field) for field in FIELDS}), min_size=1, max_size=6))
@example([{"quantity": text} for text in ["1", "1.", "1.0", "1.0000", ".5", "-.5", "-0", "-0.0", "+1", "01"]])
@example([{"use_days": text} for text in ["7", "07", "-0", "+7", " 7", "7 ", "七", "1000"]])
@example([{"prescribe_time": f"{year} 23:59:59"} for year in ("0001-01-01", "0999-12-31", "9999-12-31")])
@example([{"drug_name": text} for text in ["", " ", "无", "a\x00 ", "'; drop table a; --", "['x']", "👤 "]])
def test_every_text_comes_back_word_for_word(rows: list[dict]) -> None:
    raw = raw_rows(TABLE.code, *rows)
    stored = stored_rows(raw, TABLE)
    everywhere = pl.Series(range(raw.height), dtype=pl.UInt32)

    assert given_back(raw).rows() == raw.rows()
    assert [texts_as_delivered(stored, TABLE.field(field), everywhere).to_list() for field in FIELDS] == [
        raw[field].to_list() for field in FIELDS
    ]


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", " 2023-04-01", "2023-4-1", "不详", None])
def test_every_date_comes_back_word_for_word(text: str | None) -> None:
    raw = raw_rows(DATES.code, {"birth_date": text}, {"birth_date": "1980-02-29"})
    connection = warehouse()
    connection.execute(f"truncate stored.{DATES.code}")
    receive_rows(connection, DATES, raw)

    assert connection.sql(f"from raw.{DATES.code} order by line").pl().rows() == raw.rows()


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        pytest.param(
            dict(zip(FIELDS, ["阿莫西林", "7", "1.50", "2023-04-09 10:00:00"], strict=True)), None, id="usual"
        ),
        pytest.param({}, None, id="nothing"),
        pytest.param({"drug_name": "无", "use_days": "7"}, {"drug_name": "无"}, id="an empty text"),
        pytest.param(
            {"use_days": "07", "quantity": "1.", "prescribe_time": "昨天"},
            {"use_days": "07", "quantity": "1.", "prescribe_time": "昨天"},
            id="what no value gives back",
        ),
    ],
)
def test_a_text_is_kept_only_where_its_value_does_not_give_it_back(row: dict, kept: dict | None) -> None:
    (delivered,) = stored_rows(raw_rows(TABLE.code, row), TABLE)[AS_DELIVERED].to_list()
    assert (dict(delivered) if delivered else None) == kept


def test_the_view_has_the_columns_of_raw() -> None:
    assert given_back(raw_rows(TABLE.code)).columns == list(raw_columns(TABLE))
