from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.standard.schemas import untyped_column
from xypipeline.stored.typed import EMPTY_TEXTS
from xypipeline_tests.validated.rows import conformed, raw_rows, table_named

FIELDS = {"string": "drug_name", "decimal": "quantity", "int": "use_days", "datetime": "prescribe_time"}
UNTYPED = object()


def _typed(type_: str, text: str | None) -> object:
    table_code, field = (
        ("patient_info", "birth_date") if type_ == "date" else ("prescription_detail", FIELDS[type_])
    )
    value, untyped = conformed(table_code, {field: text}).select(field, untyped_column(field)).row(0)
    if untyped is None:
        return value
    assert (value, untyped) == (None, text.strip())
    return UNTYPED


@pytest.mark.parametrize("type_", ["string", "int", "decimal", "date", "datetime"])
@pytest.mark.parametrize("text", [None, "", "  ", "\u3000", "-", " / ", "无", "null", "NULL", "Null"])
def test_an_empty_text_is_null_whatever_the_type(type_: str, text: str | None):
    assert _typed(type_, text) is None


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("string", " 阿莫西林 ", "阿莫西林"),
        ("string", "nullo", "nullo"),
        ("int", "007", 7),
        ("int", "-3", -3),
        ("int", "999", 999),
        ("int", "1000", UNTYPED),
        ("int", "3.0", UNTYPED),
        ("int", "三", UNTYPED),
        ("int", "３", UNTYPED),
        ("decimal", "1.2345", Decimal("1.2345")),
        ("decimal", "1.23456", UNTYPED),
        ("decimal", ".5", Decimal("0.5")),
        ("decimal", "-2", Decimal(-2)),
        ("decimal", "99999999.9999", Decimal("99999999.9999")),
        ("decimal", "100000000", UNTYPED),
        ("decimal", "1e3", UNTYPED),
        ("decimal", "1,000.5", UNTYPED),
        ("decimal", ".", UNTYPED),
        ("decimal", "nan", UNTYPED),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", "2023-02-29", UNTYPED),
        ("date", "2023-4-5", UNTYPED),
        ("date", "20230405", UNTYPED),
        ("date", "0000-01-01", UNTYPED),
        ("date", "2023-04-05 00:00:00", UNTYPED),
        ("datetime", "2023-04-05 23:59:59", datetime(2023, 4, 5, 23, 59, 59)),
        ("datetime", "2023-04-05 23:59:60", UNTYPED),
        ("datetime", "2023-04-05 24:00:00", UNTYPED),
        ("datetime", "2023-04-05T10:00:00", UNTYPED),
        ("datetime", "2023-04-05 10:00:00.000", UNTYPED),
        ("datetime", "2023-04-05 10:00", UNTYPED),
        ("datetime", "2023-04-05", UNTYPED),
        ("datetime", "0000-01-01 00:00:00", UNTYPED),
    ],
)
def test_a_text_is_typed_exactly_or_kept_as_untyped(type_: str, text: str, value: object):
    assert _typed(type_, text) == value


@given(st.lists(st.none() | st.text(max_size=12), min_size=1, max_size=5), st.sampled_from(sorted(FIELDS)))
def test_a_cell_is_empty_or_typed_or_untyped(texts: list[str | None], type_: str):
    field, table = FIELDS[type_], table_named("prescription_detail")
    rows = conformed(table.code, *({field: text} for text in texts))
    means_something = raw_rows(table.code, *({field: text} for text in texts)).select(
        pl.col(field).str.strip_chars().is_in(EMPTY_TEXTS).not_().fill_null(value=False)
    )
    kept = rows.select(pl.col(field).is_not_null() ^ pl.col(untyped_column(field)).is_not_null())
    assert kept.to_series().to_list() == means_something.to_series().to_list()
