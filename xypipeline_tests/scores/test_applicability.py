from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.registry.model import Connection, Inapplicability, Institution, Registry, Validity
from xypipeline.scores.standing import score_quarter
from xypipeline.scores.store import create_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.uploads import april, store_ledger

CATALOGUE = current_catalogue()
REQUIRED = len(CATALOGUE.tables)
QUARTER = Quarter(2023, 2)
SINCE = Validity(date(2023, 1, 1), None)
REGISTRY = Registry(
    version="r",
    institutions=tuple(
        Institution(seq, org_code, f"医院{org_code}", "市直", "411500", "general", None, SINCE)
        for seq, org_code in enumerate("AB", start=1)
    ),
    connections=tuple(Connection(org_code, "city", SINCE, None) for org_code in "AB"),
    exemptions=(),
)


def excused(table_code: str, first: int, last: int, org_code: str = "A") -> Inapplicability:
    days = Validity(april(first), april(last))
    return Inapplicability(org_code, table_code, "not_provided", days, "批复", "李四")


def delivery(table_code: str, day: int, *, accepted: int = 0) -> dict[str, object]:
    counts = {
        "rows_received": 3,
        "rows_accepted": accepted,
        "rows_fatal": 3 - accepted,
        "records_new": accepted,
    }
    return {"org_code": "A", "table_code": table_code, "upload_date": april(day), **counts}


def score(
    *entries: Inapplicability, deliveries: list[dict[str, object]] | None = None
) -> tuple[DuckDBPyConnection, pl.DataFrame]:
    """The first five days of April, on which every hospital is to upload."""
    connection = connect_in_memory()
    store_ledger(connection, deliveries or [delivery("staff", 2, accepted=3)])
    registry = replace(REGISTRY, inapplicabilities=entries)
    return connection, score_quarter(connection, CATALOGUE, registry, load_policy(2023), QUARTER, april(5))


def applicable(*entries: Inapplicability, deliveries: list[dict[str, object]] | None = None) -> list[int]:
    """Of each hospital, less those required."""
    _, standing = score(*entries, deliveries=deliveries)
    return [number - REQUIRED for number in standing["tables_applicable"]]


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(1, 5, -1), (1, 30, -1), (2, 5, 0), (1, 4, 0), (6, 30, 0)]
)
def test_a_table_is_left_out_when_every_expected_day_is_excused(first: int, last: int, expected: int) -> None:
    assert applicable(excused("delivery_record", first, last)) == [expected, 0]


@pytest.mark.parametrize(("day", "expected"), [(1, 0), (5, 0), (6, -1)], ids=["first", "last", "after"])
def test_a_row_makes_a_table_applicable_even_if_it_is_fatal(day: int, expected: int) -> None:
    entry, rows = excused("delivery_record", 1, 30), [delivery("delivery_record", day)]
    assert applicable(entry, deliveries=rows) == [expected, 0]


def test_each_hospital_and_table_counts_for_itself() -> None:
    entries = [excused(code, 1, 30) for code in ("delivery_record", "operation_record", "staff")]
    # Of staff rows came.
    assert applicable(*entries, excused("staff", 1, 5, "B")) == [-2, -1]


def test_a_table_that_the_standard_lacks_changes_nothing() -> None:
    assert applicable(excused("no_such_table", 1, 30)) == [0, 0]


def test_who_need_not_upload_anything_has_no_applicable_table() -> None:
    entries = [excused(code, 1, 30, "B") for code in CATALOGUE.tables]
    assert applicable(*entries) == [0, -REQUIRED]


def test_the_register_of_applicability_moves_no_official_figure() -> None:
    _, before = score()
    _, after = score(excused("delivery_record", 1, 30), excused("staff", 1, 30, "B"))
    assert after.drop("tables_applicable").equals(before.drop("tables_applicable"))


def test_the_tables_themselves_say_what_is_applicable() -> None:
    connection, _ = score(excused("delivery_record", 1, 30), excused("staff", 1, 30))
    found = connection.execute(
        "select org_code, table_code from scores.table_standing where not is_applicable"
    ).fetchall()
    assert found == [("A", "delivery_record")]


def test_an_older_warehouse_gets_the_columns_and_every_table_was_applicable() -> None:
    connection, _ = score()
    connection.execute("alter table scores.standing drop column tables_applicable")
    connection.execute("alter table scores.table_standing drop column is_applicable")

    create_tables(connection)
    create_tables(connection)

    assert connection.execute("select distinct tables_applicable from scores.standing").fetchall() == [
        (REQUIRED,)
    ]
    assert connection.execute("select bool_and(is_applicable) from scores.table_standing").fetchone() == (
        True,
    )
    policy = load_policy(2023)
    registry = replace(REGISTRY, inapplicabilities=(excused("delivery_record", 1, 30),))
    again = score_quarter(connection, CATALOGUE, registry, policy, QUARTER, april(5))
    assert again["tables_applicable"].to_list() == [REQUIRED - 1, REQUIRED]
