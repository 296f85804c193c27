from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.simulator.plan import days_of_resending
from xypipeline.simulator.replay import Replay, load_replays
from xypipeline.simulator.streams import rows_by_day
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline_tests.simulator.plans import QUARTER, plan

REPLAYS = load_replays(QUARTER)
EACH_HOSPITAL = pytest.mark.parametrize("replay", REPLAYS, ids=lambda replay: replay.org_code)


def has_its_parents(table: Table, tables: tuple[str, ...]) -> bool:
    always = [parent.table_code in tables for parent in table.parents if not parent.when_column]
    either = [parent.table_code in tables for parent in table.parents if parent.when_column]
    return all(always) and (any(either) or not either)


@EACH_HOSPITAL
@pytest.mark.parametrize("scale", [1, 0.01, 0.001])
def test_tables_and_rows_are_those_of_the_attachment(replay: Replay, scale: float) -> None:
    hospital = plan(replay, scale)

    assert len(hospital.tables) == replay.tables
    scaled = (replay.rows * Decimal(str(scale))).to_integral_value(ROUND_HALF_UP)
    assert hospital.rows == max(replay.tables, scaled)
    assert min(hospital.counts.values()) >= 1
    assert hospital.counts.get("org_info", 1) == 1


@EACH_HOSPITAL
def test_days_end_with_the_last_upload_and_gaps_are_as_the_bulletin_says(replay: Replay) -> None:
    days = plan(replay).upload_days
    missed = (QUARTER.last - QUARTER.first).days + 1 - len(days)

    assert (days[0], days[-1]) == (QUARTER.first, replay.last_upload_date)
    assert list(days) == sorted(set(days))
    assert (missed <= 10) == replay.is_continuous


@EACH_HOSPITAL
def test_days_and_tables_do_not_depend_on_the_scale(replay: Replay) -> None:
    small, whole = plan(replay, 0.001), plan(replay, 1)

    assert (small.upload_days, small.tables) == (whole.upload_days, whole.tables)


@EACH_HOSPITAL
def test_no_table_comes_without_its_parents_and_each_fits_the_hospital(replay: Replay) -> None:
    hospital = plan(replay)
    tables = [current_catalogue().tables[code] for code in hospital.tables]

    if len(tables) > 1:
        assert all(has_its_parents(table, hospital.tables) for table in tables)
    assert all(hospital.kind.scopes.issuperset(table.applicability) for table in tables)


@EACH_HOSPITAL
def test_numbers_allow_what_tables_owe_each_other(replay: Replay) -> None:
    counts = plan(replay, 0.01).counts

    for child, parent in [
        ("outpatient_visit", "outpatient_registration"),
        ("outpatient_emr", "outpatient_visit"),
        ("first_progress_note", "inpatient_admission"),
        ("discharge_summary", "inpatient_discharge"),
        ("front_page", "inpatient_discharge"),
    ]:
        if child in counts:
            assert (child, counts[child]) == (child, counts[parent])
    assert counts.get("transfer_record", 0) in (0, 1) or counts["transfer_record"] % 2 == 0
    assert ("lab_bacteria_result" in counts) <= ("lab_result" in counts)


@EACH_HOSPITAL
def test_every_day_brings_new_records_or_a_dictionary_again(replay: Replay) -> None:
    hospital = plan(replay)
    new = [rows_by_day(stream) for stream in hospital.streams if stream.table_code in hospital.tables]
    again = {day for days in days_of_resending(hospital).values() for day in days}

    assert all(sum(rows) or day in again for day, rows in enumerate(zip(*new, strict=True)))


def test_dictionaries_come_again_in_full_on_the_first_upload_day_of_a_month() -> None:
    hospital = plan(REPLAYS[0], scale=1)
    firsts = tuple(
        next(number for number, day in enumerate(hospital.upload_days) if day.month == month)
        for month in (5, 6)
    )

    resending = days_of_resending(hospital)

    assert {"org_info", "department"} <= resending.keys()
    assert set(resending.values()) == {firsts}


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10)
def test_together_the_hospitals_upload_every_table_and_differ(seed: int) -> None:
    choices = [plan(replay, seed=seed).tables for replay in REPLAYS]

    assert {code for tables in choices for code in tables} == set(current_catalogue().tables)
    large = [tables for tables in choices if len(tables) >= 10]
    assert len(set(large)) == len(large)
