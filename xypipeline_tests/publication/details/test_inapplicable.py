from collections.abc import Iterator
from datetime import date

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.publication.details.inapplicable import read_inapplicable
from xypipeline.publication.details.model import DayRange, InapplicableTable
from xypipeline.publication.details.others import others_than, without_others
from xypipeline.publication.details.wording import open_text, ranges_text
from xypipeline.registry.model import Inapplicability, Institution, Registry, Validity
from xypipeline.scores.store import create_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.publication.details.excused import DETAIL, ENTRIES
from xypipeline_tests.publication.details.hospitals import CODES, STANDINGS

CATALOGUE = current_catalogue()
QUARTER = Period(date(2023, 4, 1), date(2023, 6, 30))
STAFF = CATALOGUE.tables["staff"]


def day(number: int, month: int = 4) -> date:
    return date(2023, month, number)


def entry(first: date, last: date, org_code: str = "A", table_code: str = "staff") -> Inapplicability:
    return Inapplicability(org_code, table_code, "suspended", Validity(first, last), "批复", "李四")


@pytest.fixture
def warehouse() -> Iterator[DuckDBPyConnection]:
    """Rows of A's staff on March 31, April 2, 3 and 9; none on the 4th; of B's on the 2nd."""
    with connect_in_memory() as connection:
        create_tables(connection)
        for org_code, upload_date, rows in [
            ("A", day(31, 3), 5),
            *(("A", day(number), number) for number in (2, 3, 9)),
            ("A", day(4), 0),
            ("B", day(2), 7),
        ]:
            connection.execute(
                "insert into scores.ledger values (?, 'staff', ?, ?, 0, 0, 0, 0)",
                [org_code, upload_date, rows],
            )
        yield connection


def read(
    connection: DuckDBPyConnection, *entries: Inapplicability
) -> dict[str, tuple[InapplicableTable, ...]]:
    since = Validity(date(2023, 1, 1), None)
    institution = Institution(1, "A", "甲医院", "市直", "4115", "general", None, since)
    registry = Registry("r", (institution,), (), (), entries)
    return dict(read_inapplicable(connection, registry, CATALOGUE, QUARTER, within_days=30))


def test_rows_on_the_days_of_an_entry_contradict_it(warehouse: DuckDBPyConnection) -> None:
    whole, later = entry(day(1), day(5)), entry(day(9), day(31, 12))

    assert read(warehouse, later, whole) == {
        "A": (
            InapplicableTable(whole, "甲医院", STAFF, 5, (DayRange(day(2), day(3)),), None),
            InapplicableTable(later, "甲医院", STAFF, 9, (DayRange(day(9), day(9)),), None),
        )
    }


@pytest.mark.parametrize(
    ("first", "last", "is_shown", "renewal"),
    [
        pytest.param(date(2022, 1, 1), day(1, 3), False, None, id="lapsed 31 days before the quarter"),
        pytest.param(date(2022, 1, 1), day(2, 3), True, "lapsed", id="lapsed 30 days before the quarter"),
        pytest.param(date(2022, 1, 1), day(29, 6), True, "lapsed", id="lapsed in the quarter"),
        pytest.param(date(2022, 1, 1), day(30, 6), True, "lapsing", id="lapses on the cut-off day"),
        pytest.param(date(2022, 1, 1), day(30, 7), True, "lapsing", id="lapses in 30 days"),
        pytest.param(day(30, 6), day(31, 7), True, None, id="lapses in 31 days, begins on the cut-off day"),
        pytest.param(day(1, 7), day(2, 7), False, None, id="begins after the cut-off day"),
    ],
)
def test_entries_are_shown_while_they_concern_somebody(
    warehouse: DuckDBPyConnection, first: date, last: date, is_shown: bool, renewal: str | None
) -> None:
    found = read(warehouse, entry(first, last, table_code="department"))

    shown = [one.renewal for one in found.get("A", ())]
    assert shown == ([renewal] if is_shown else [])


def test_an_entry_about_a_table_of_another_standard_is_left_out(warehouse: DuckDBPyConnection) -> None:
    assert read(warehouse, entry(*QUARTER_SPAN, table_code="no_such_table")) == {}


QUARTER_SPAN = (QUARTER.first, QUARTER.last)


def test_what_is_to_be_done_is_said_in_words() -> None:
    contradicted, lapsing = ENTRIES

    assert open_text(contradicted) == "登记期内收到12行（5月1日至3日（3天）），与登记不符，请核实"
    assert open_text(lapsing) == "将于2023-07-15到期，届时仍未开展的，请在到期前续期"


def test_many_ranges_are_cut_short() -> None:
    ranges = [DayRange(day(number), day(number)) for number in range(1, 13, 2)]

    assert ranges_text(ranges[:5]) == "4月1日、4月3日、4月5日、4月7日、4月9日"
    assert ranges_text(ranges) == "4月1日、4月3日、4月5日、4月7日、4月9日等共6天"


def test_other_hospitals_are_hidden_in_what_the_register_says() -> None:
    detail = without_others(DETAIL, others_than((CODES[0],), STANDINGS))

    assert [one.entry.evidence for one in detail.inapplicable] == ["<b>与（其他医院）的协议</b>", "批复1号"]
