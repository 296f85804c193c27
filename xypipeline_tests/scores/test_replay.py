"""The figures of the bulletin of 2023Q2, fed in as a ledger: what the bulletin's prose should have said."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.registry.institutions import current_registry
from xypipeline.scores.standing import score_quarter
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.uploads import store_ledger

QUARTER = Quarter(2023, 2)
REPLAY = Path(__file__).with_name("replay-2023Q2.csv")
# Section 3 of the bulletin names a tenth, 商城县人民医院, which by its attachment uploaded nothing.
GOOD_CONTINUITY = (
    "信阳市中心医院",
    "信阳市中医院",
    "信阳市妇幼保健院",
    "信阳职业技术学院附属医院",
    "罗山县中医院",
    "潢川县人民医院",
    "潢川县中医院",
    "商城县中医院",
    "新县人民医院",
)


def replay() -> list[dict[str, str]]:
    with REPLAY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ledger_rows(hospital: dict[str, str]) -> Iterator[dict[str, object]]:
    """All records on the first day; then one table again, daily or every third day, until the last day."""
    tables, rows = int(hospital["tables_uploaded"]), int(hospital["rows_uploaded"])
    last = date.fromisoformat(hospital["last_upload_date"])
    names = list(current_catalogue().tables)[:tables]
    for table_code in names:
        records = rows - tables + 1 if table_code == names[0] else 1
        yield delivery(hospital, table_code, QUARTER.first, accepted=records, new=records)
    step = 1 if hospital["name"] in GOOD_CONTINUITY else 3
    days = {QUARTER.first + timedelta(days=offset) for offset in range(0, (last - QUARTER.first).days, step)}
    for day in days - {QUARTER.first} | {last}:
        yield delivery(hospital, names[0], day, accepted=rows, new=0)


def delivery(
    hospital: dict[str, str], table_code: str, day: date, *, accepted: int, new: int
) -> dict[str, object]:
    return {
        "org_code": hospital["org_code"],
        "table_code": table_code,
        "upload_date": day,
        "rows_received": accepted,
        "rows_accepted": accepted,
        "rows_qualified": accepted,
        "records_new": new,
    }


@pytest.fixture(scope="module")
def standing() -> pl.DataFrame:
    connection = connect_in_memory()
    uploaded = [hospital for hospital in replay() if hospital["tables_uploaded"]]
    store_ledger(connection, [row for hospital in uploaded for row in ledger_rows(hospital)])
    return score_quarter(
        connection, current_catalogue(), current_registry(), load_policy(2023), QUARTER, QUARTER.last
    )


def test_every_figure_of_the_attachment_comes_back_in_its_order(standing: pl.DataFrame) -> None:
    names = ["seq", "org_code", "hospital", "tables_uploaded", "rows_uploaded", "last_upload_date", "remark"]
    found = [["" if cell is None else str(cell) for cell in row] for row in standing.select(names).rows()]
    expected = [
        [cell or ("0" if name in ("tables_uploaded", "rows_uploaded") else "") for name, cell in row.items()]
        for row in replay()
    ]
    assert found == expected


def named(standing: pl.DataFrame, condition: pl.Expr) -> tuple[str, ...]:
    return tuple(standing.filter(condition)["hospital"])


def test_what_the_bulletin_should_have_said(standing: pl.DataFrame) -> None:
    assert [len(named(standing, pl.col("tier") == tier)) for tier in (1, 2, 3, 4)] == [0, 8, 10, 14]
    assert named(standing, pl.col("platform").is_null()) == (
        "罗山县妇幼保健院",
        "潢川县妇幼保健院",
        "淮滨县妇幼保健院",
        "光山县妇幼保健院",
        "商城县妇幼保健院",
        "新县妇幼保健院",
    )
    assert named(standing, pl.col("platform") == "province") == (
        "固始县人民医院",
        "固始县妇幼保健院",
        "固始县中医院",
    )
    assert named(standing, pl.col("is_severely_missing")) == (
        "信阳市人民医院",
        "信阳市第三人民医院",
        "潢川县人民医院",
        "光山县人民医院",
        "商城县精神病医院",
    )
    assert named(standing, pl.col("is_good_continuity")) == GOOD_CONTINUITY
    assert standing["rows_uploaded"].sum() == 49_485_949


def test_the_second_tier_by_name(standing: pl.DataFrame) -> None:
    assert named(standing, pl.col("tier") == 2) == (
        "信阳市中心医院",
        "信阳市妇幼保健院",
        "信阳职业技术学院附属医院",
        "信阳市精神病医院",
        "罗山县中医院",
        "潢川县中医院",
        "光山县第二人民医院",
        "商城县中医院",
    )


def test_ranks_begin_with_the_fullest_and_end_with_the_unconnected(standing: pl.DataFrame) -> None:
    ranked = standing.filter(pl.col("rank").is_not_null()).sort("rank", "seq")
    assert ranked["hospital"].head(3).to_list() == ["信阳市中心医院", "罗山县中医院", "商城县中医院"]
    assert ranked["rank"].tail(20).to_list() == [19] * 14 + [33] * 6
