"""What stewards have to settle about tables that hospitals need not upload is a check that never blocks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import dagster as dg
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.orchestration.applicability_check import applicability_check_spec, check_applicability
from xypipeline.periods import Period
from xypipeline.publication.editions.basis import Basis, load_basis
from xypipeline.registry.model import Inapplicability, Validity
from xypipeline.scores.store import create_tables
from xypipeline.warehouse import connect_in_memory

QUARTER = Period(date(2023, 4, 1), date(2023, 6, 30))
FIRST, SECOND = "411500001", "411500002"


@pytest.fixture
def warehouse() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        create_tables(connection)
        connection.execute(
            f"insert into scores.ledger values ('{FIRST}', 'delivery_record', '2023-05-03', 4, 0, 0, 4, 0)"
        )
        yield connection


def basis(*entries: tuple[str, str, date]) -> Basis:
    """The basis with entries of hospital, table and last day, which began with the year."""
    shipped = load_basis(2023)
    inapplicabilities = tuple(
        Inapplicability(
            org_code, table_code, "not_provided", Validity(date(2023, 1, 1), last), "批复1号", "李四"
        )
        for org_code, table_code, last in entries
    )
    return replace(shipped, registry=replace(shipped.registry, inapplicabilities=inapplicabilities))


def test_rows_of_a_table_said_not_to_be_carried_out_fail_the_check(warehouse: DuckDBPyConnection) -> None:
    result = check_applicability(warehouse, basis((FIRST, "delivery_record", date(2023, 12, 31))), QUARTER)

    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert result.description == (
        "信阳市中心医院 分娩记录：登记期内收到4行（5月3日），与登记不符，请核实。依据：批复1号"
    )
    assert result.metadata["2 须办理项数"].value == 1
    (row,) = result.metadata["3 须办理"].records
    assert row.data == {
        "机构代码": FIRST,
        "医院": "信阳市中心医院",
        "表": "分娩记录",
        "起": "2023-01-01",
        "止": "2023-12-31",
        "收到行": "4",
        "须办理": "登记期内收到4行（5月3日），与登记不符，请核实",
        "依据": "批复1号",
        "批准": "李四",
    }


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (date(2023, 7, 31), None),
        (date(2023, 7, 30), "将于2023-07-30到期，届时仍未开展的，请在到期前续期"),
        (date(2023, 6, 30), "将于2023-06-30到期，届时仍未开展的，请在到期前续期"),
        (date(2023, 6, 29), "已于2023-06-29到期，此后按应上传计；仍未开展的须重新登记"),
    ],
)
def test_an_entry_asks_for_its_renewal(warehouse: DuckDBPyConnection, last: date, told: str | None) -> None:
    result = check_applicability(warehouse, basis((SECOND, "delivery_record", last)), QUARTER)

    assert result.passed is (told is None)
    assert result.description == (
        f"信阳市人民医院 分娩记录：{told}。依据：批复1号" if told else "1 项登记，没有须办理的"
    )


def test_an_empty_register_passes(warehouse: DuckDBPyConnection) -> None:
    result = check_applicability(warehouse, basis(), QUARTER)

    assert (result.passed, result.description) == (True, "0 项登记，没有须办理的")


def test_the_check_blocks_nothing() -> None:
    assert not applicability_check_spec().blocking
