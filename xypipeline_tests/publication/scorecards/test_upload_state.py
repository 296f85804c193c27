"""A daily table is in exactly one state, and a state needs a reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.publication.scorecards.model import add_up
from xypipeline.publication.scorecards.state_sheet import state_sheet
from xypipeline.publication.upload_state import (
    Expected,
    LastDelivery,
    StateCounts,
    TableState,
    state_of,
)
from xypipeline.registry.model import Inapplicability, Registry, Validity
from xypipeline_tests.publication.scorecards.small_city import (
    A1,
    B2,
    FIGURES,
    PATIENTS,
    day,
    read,
    warehouse,
)

POLICY = replace(FIGURES.policy, interrupted_above_days=3)
FIRST_TEN = [day(number) for number in range(1, 11)]
SENT_BEFORE = Expected(FIRST_TEN, has_ever_come=True, is_excused=False)


def last_on(number: int, lag_days: int = 1) -> LastDelivery:
    """The last delivery, on a day of April, with an event so many days before."""
    upload_date = day(number)
    return LastDelivery(upload_date, date.fromordinal(upload_date.toordinal() - lag_days))


@pytest.mark.parametrize(
    ("expected", "last", "state", "missed"),
    [
        pytest.param(SENT_BEFORE, last_on(10), "normal", 0, id="came on the last day"),
        pytest.param(SENT_BEFORE, last_on(10, lag_days=3), "normal", 0, id="as old as is allowed"),
        pytest.param(SENT_BEFORE, last_on(10, lag_days=4), "delayed", 0, id="but old"),
        pytest.param(SENT_BEFORE, last_on(9), "delayed", 1, id="a day missed"),
        pytest.param(SENT_BEFORE, last_on(7), "delayed", 3, id="as many as are a delay"),
        pytest.param(SENT_BEFORE, last_on(6), "interrupted", 4, id="one more"),
        pytest.param(replace(SENT_BEFORE, days=FIRST_TEN[:6]), last_on(6), "normal", 0, id="an outage since"),
        pytest.param(SENT_BEFORE, None, "interrupted", 10, id="in earlier quarters only"),
        pytest.param(replace(SENT_BEFORE, has_ever_come=False), None, "never_connected", 10, id="never came"),
        pytest.param(
            replace(SENT_BEFORE, has_ever_come=False, is_excused=True),
            None,
            "not_carried_out",
            10,
            id="excused",
        ),
        pytest.param(
            replace(SENT_BEFORE, days=[], has_ever_come=False), None, None, 0, id="nothing to be expected"
        ),
        pytest.param(replace(SENT_BEFORE, days=[]), last_on(1), "normal", 0, id="sent unasked"),
    ],
)
def test_the_state_of_a_table(
    expected: Expected, last: LastDelivery | None, state: str | None, missed: int
) -> None:
    counts = StateCounts(**{state: 1}) if state else StateCounts()

    assert state_of(expected, last, POLICY) == TableState(counts, last, missed)
    assert counts.only == state


@given(
    expected=st.builds(
        Expected, st.sets(st.sampled_from(FIRST_TEN)), has_ever_come=st.booleans(), is_excused=st.booleans()
    ),
    earlier=st.integers(1, 10),
    later=st.integers(0, 9),
)
def test_a_later_delivery_never_makes_it_worse(expected: Expected, earlier: int, later: int) -> None:
    known = replace(expected, has_ever_come=True, is_excused=False)
    order = ["normal", "delayed", "interrupted"]
    states = [
        state_of(known, last_on(number), POLICY).counts.only for number in (earlier, min(10, earlier + later))
    ]

    assert order.index(states[1]) <= order.index(states[0])


@pytest.fixture
def city() -> Iterator[DuckDBPyConnection]:
    with warehouse() as connection:
        yield connection


def test_each_daily_table_of_a_hospital_is_told(city: DuckDBPyConnection, registry: Registry) -> None:
    one, other = (state_sheet(card) for card in read(city, registry))

    daily = [table.table.title_zh for table in read(city, registry)[0].tables if table.state]
    assert [row[0] for row in one.rows] == daily
    assert {table.table.expected_frequency for table in read(city, registry)[0].tables if table.state} == {
        "daily"
    }
    assert one.rows[0] == ("患者基本信息", "延迟", "2023-04-09", "2023-04-08", 1)
    assert {row[1:] for row in one.rows[1:]} == {("从未接入", None, None, 10)}
    assert other.rows[0] == ("患者基本信息", "从未接入", None, None, 10)


def test_a_table_of_an_earlier_quarter_is_interrupted(city: DuckDBPyConnection, registry: Registry) -> None:
    city.execute(
        "insert into validated.tally values ('f.csv', '2023-03-31', 'A1', 'outpatient_visit', 1, 1, 0)"
    )
    one, _ = read(city, registry)

    assert [row for row in state_sheet(one).rows if row[0] == "门急诊就诊记录"] == [
        ("门急诊就诊记录", "中断", None, None, 10)
    ]


def test_what_the_register_excuses_is_not_carried_out(city: DuckDBPyConnection, registry: Registry) -> None:
    days = Validity(day(1), day(30))
    entries = [
        Inapplicability(org_code, code, "not_provided", days, "信卫〔2023〕1号", "医政科")
        for org_code, code in ((A1, "outpatient_visit"), (A1, PATIENTS), (B2, PATIENTS))
    ]
    one, other = read(city, replace(registry, inapplicabilities=tuple(entries)))

    states = dict(row[:2] for row in state_sheet(one).rows)
    # Rows of patients came all the same.
    assert (states["门急诊就诊记录"], states["患者基本信息"]) == ("未开展", "正常")
    assert state_sheet(other).rows[0][:2] == ("患者基本信息", "未开展")


def test_the_city_counts_hospitals_by_state(city: DuckDBPyConnection, registry: Registry) -> None:
    sheet = state_sheet(add_up(read(city, registry), "全市"))

    assert [column.title for column in sheet.columns] == ["表", "正常", "延迟", "中断", "从未接入", "未开展"]
    patients = next(row for row in sheet.rows if row[0] == "患者基本信息")
    assert patients == ("患者基本信息", 0, 1, 0, 1, 0)
    assert PATIENTS in {table.table.code for table in read(city, registry)[0].tables if table.state}
