from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.publication.details.model import DayRange
from xypipeline.publication.scorecards.coding import CodedValues
from xypipeline.publication.scorecards.model import FindingCount, Scorecard, add_up
from xypipeline.publication.scorecards.statuses import StatusCounts
from xypipeline.publication.scorecards.timeliness import Timeliness
from xypipeline.registry.model import Inapplicability, Registry, Validity
from xypipeline_tests.publication.scorecards.small_city import (
    A1,
    AS_OF,
    B2,
    CATALOGUE,
    PATIENTS,
    TRANSFERS,
    day,
    find,
    read,
    table_card,
    warehouse,
)


@pytest.fixture
def city() -> Iterator[DuckDBPyConnection]:
    with warehouse() as connection:
        yield connection


def statuses(card: Scorecard, table_code: str) -> dict[str, str]:
    return {one.rule.id: one.statuses.only for one in table_card(card, table_code).rules}


def test_who_is_expected_or_delivers_has_a_scorecard(city: DuckDBPyConnection, registry: Registry) -> None:
    cards = read(city, registry)

    assert [(one.org_code, one.title, one.has_delivered) for one in cards] == [
        (A1, "甲医院", True),
        (B2, "乙医院", False),
    ]
    assert [one.table.code for one in cards[0].tables] == list(CATALOGUE.tables)


def test_each_rule_has_the_status_that_the_warehouse_proves(
    city: DuckDBPyConnection, registry: Registry
) -> None:
    find(city, PATIENTS, "G06", (day(9), "sex_code"))
    find(city, TRANSFERS, "G14", (day(4), "visit_id"))
    city.execute(
        "insert into validated.rule_error values ('G24', 'patient_info', '2023-03-30', '2023-04-01')"
    )
    city.execute(
        "insert into validated.rule_error values ('G02', 'patient_info', '2023-04-11', '2023-04-12')"
    )
    one, other = read(city, registry)

    assert statuses(one, PATIENTS) == {
        "G02": "passed",
        "G06": "failed",
        "G14": "no_data",
        "G18": "passed",
        "G24": "error",
    }
    assert statuses(one, TRANSFERS) == {"G06": "no_data", "G14": "failed"}
    assert statuses(other, PATIENTS) == dict.fromkeys(("G02", "G06", "G14", "G18"), "no_data") | {
        "G24": "error"
    }
    assert statuses(other, TRANSFERS) == {"G06": "no_data", "G14": "no_data"}


def excusing(registry: Registry, *entries: tuple[str, str], last: date = AS_OF) -> Registry:
    """The register with entries from April 1, of hospital and table."""
    days = Validity(day(1), last)
    return replace(
        registry,
        inapplicabilities=tuple(
            Inapplicability(org_code, table_code, "suspended", days, "批复", "李四")
            for org_code, table_code in entries
        ),
    )


def test_a_register_excuses_only_who_sends_nothing(city: DuckDBPyConnection, registry: Registry) -> None:
    one, other = read(city, excusing(registry, (B2, PATIENTS), (A1, PATIENTS), (A1, TRANSFERS)))

    assert set(statuses(other, PATIENTS).values()) == {"not_applicable"}
    assert table_card(other, PATIENTS).timeliness == Timeliness()
    # A1 sent both tables all the same: a row that was refused is a row.
    assert statuses(one, PATIENTS)["G06"] == "passed"
    assert statuses(one, TRANSFERS) == {"G06": "no_data", "G14": "no_data"}


def test_an_entry_that_ends_a_day_too_soon_makes_no_table_not_applicable(
    city: DuckDBPyConnection, registry: Registry
) -> None:
    _, other = read(city, excusing(registry, (B2, PATIENTS), last=day(8)))

    assert "not_applicable" not in statuses(other, PATIENTS).values()
    # The 9th was due, and was not excused.
    assert table_card(other, PATIENTS).timeliness == Timeliness(missing=1)


def test_rows_on_excused_days_are_told_with_the_entry(city: DuckDBPyConnection, registry: Registry) -> None:
    registry = excusing(registry, (A1, TRANSFERS), (A1, PATIENTS), (B2, PATIENTS), last=day(5))
    one, other = read(city, registry)

    told = [(entry.table.code, entry.rows_received, entry.received_on) for entry in one.inapplicable]
    assert told == [
        (PATIENTS, 4, (DayRange(day(2), day(2)), DayRange(day(5), day(5)))),
        # Refused, and a row all the same.
        (TRANSFERS, 1, (DayRange(day(4), day(4)),)),
    ]
    assert [(entry.rows_received, entry.renewal) for entry in other.inapplicable] == [(0, "lapsed")]
    assert add_up([one, other], "全市").inapplicable == (*one.inapplicable, *other.inapplicable)


def test_rules_across_rows_that_nobody_judged_on_a_day_with_rows_are_no_passes(
    city: DuckDBPyConnection, registry: Registry
) -> None:
    city.execute("delete from validated.judged_day where upload_date = '2023-04-05'")
    one, _ = read(city, registry)

    assert statuses(one, PATIENTS) == {
        "G02": "passed",
        "G06": "passed",
        "G14": "error",
        "G18": "error",
        "G24": "error",
    }


def test_a_day_that_brought_nothing_need_not_be_judged(city: DuckDBPyConnection, registry: Registry) -> None:
    before = read(city, registry)
    city.execute("delete from validated.judged_day where upload_date in ('2023-04-03', '2023-04-10')")

    assert read(city, registry) == before


def test_coded_fields_are_counted_by_kind(city: DuckDBPyConnection, registry: Registry) -> None:
    one, other = read(city, registry)
    coded = table_card(one, PATIENTS).coded

    assert coded["sex_code"] == CodedValues(valid=3, default=1, invalid=1, missing=1)
    assert coded["ethnic_code"] == CodedValues(other=1, missing=5)
    assert coded["modify_flag"] == CodedValues(valid=6)
    assert {values.total for values in coded.values()} == {6}
    assert table_card(other, PATIENTS).coded == {}


def test_each_expected_day_is_on_time_late_or_missing(city: DuckDBPyConnection, registry: Registry) -> None:
    one, other = read(city, registry)

    # April 1, 2 and 8 on time, 3 late; the 10th is not over, the 9th has until then.
    assert table_card(one, PATIENTS).timeliness == Timeliness(on_time=3, late=1, missing=5)
    assert table_card(other, PATIENTS).timeliness == Timeliness(missing=9)
    # April 2 and 9 were Sundays; the refused transfer is none.
    assert table_card(one, TRANSFERS).timeliness == Timeliness(missing=2)


def test_findings_are_counted_with_the_week_and_the_week_before(
    city: DuckDBPyConnection, registry: Registry
) -> None:
    find(city, PATIENTS, "G02", (day(4), "patient_name"), (day(10), "patient_name"), (day(3), "patient_name"))
    find(city, PATIENTS, "G02", (day(11), "patient_name"))
    find(city, PATIENTS, "G14", (day(3), "org_code"))
    find(city, PATIENTS, "I02", (day(2), "张三 411522199001011234"), (day(9), "另一列"))
    one, _ = read(city, registry)
    rules = CATALOGUE.rules

    assert table_card(one, PATIENTS).findings == (
        FindingCount(rules["G14"], "error", "org_code", 1, 0, 1),
        FindingCount(rules["G02"], "warn", "patient_name", 3, 2, 1),
        # A column that the standard lacks may be called anything.
        FindingCount(rules["I02"], "warn", None, 2, 1, 1),
    )
    assert [one.change for one in table_card(one, PATIENTS).findings] == [-1, 1, 0]


def test_a_rule_counts_its_findings_in_all_columns(city: DuckDBPyConnection, registry: Registry) -> None:
    find(city, PATIENTS, "G06", (day(9), "sex_code"), (day(9), "abo_code"), (day(9), "abo_code"))
    one, _ = read(city, registry)
    patients = table_card(one, PATIENTS)

    assert {result.rule.id: result.findings for result in patients.rules}["G06"] == 3
    assert sum(result.findings for result in patients.rules) == patients.count() == 3


def test_the_citys_card_is_the_sum_of_the_hospitals(city: DuckDBPyConnection, registry: Registry) -> None:
    find(city, PATIENTS, "G06", (day(9), "sex_code"))
    card = add_up(read(city, registry), "全市")
    patients = table_card(card, PATIENTS)

    assert (patients.rows_accepted, patients.rows_qualified) == (6, 5)
    assert [one.statuses for one in patients.rules] == [
        StatusCounts(passed=1, no_data=1),
        StatusCounts(failed=1, no_data=1),
        StatusCounts(no_data=2),
        StatusCounts(passed=1, no_data=1),
        StatusCounts(passed=1, no_data=1),
    ]
    assert patients.statuses == StatusCounts(passed=3, failed=1, no_data=6)
    assert patients.timeliness == Timeliness(on_time=3, late=1, missing=14)
    assert patients.coded["sex_code"].total == 6
    assert patients.count() == patients.this_week == 1


def test_findings_of_a_rule_that_the_standard_lacks_stop(
    city: DuckDBPyConnection, registry: Registry
) -> None:
    find(city, PATIENTS, "G02", (day(4), None))
    city.execute("update validated.finding set rule_id = 'X99'")

    with pytest.raises(PublicationError, match="X99.*run the quarter again"):
        read(city, registry)
