"""What holds of every city's uploads, from files in the landing folder to scores and findings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xypipeline_tests.end_to_end.small_city import (
    DAYS,
    HOSPITALS,
    REVOKED,
    File,
    cities,
    faults,
    faulty_cities,
    outcome_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("properties")]
few = settings(max_examples=8)

# What may never rise when a row is spoilt; all of them but the score count what was accepted.
NEVER_RISING = ("tables_uploaded", "rows_uploaded", "upload_days", "rows_accepted", "last_upload_date")
# What a day sent again may change of its hospital: how much and how lately it delivered. Not its score.
CHANGED_BY_DELIVERING = {
    "upload_days",
    "interruption_days",
    "longest_gap_days",
    "last_upload_date",
    "days_since_last_upload",
    "is_good_continuity",
    "rows_accepted",
    "rows_qualified",
    # Of equal scores the one with fewer interruption days, then the later upload, comes first.
    "rank",
}


@st.composite
def spoilt_cities(draw: st.DrawFn) -> tuple[list[File], str, list[File]]:
    """Files, a hospital, and the files with some of that hospital's rows spoilt; but none that revokes.

    A row that revokes takes a record back. Once it is unreadable, that record counts again, as it must; so
    of these rows it does not hold that more findings never raise a score.
    """
    files = draw(cities)
    places = [
        (number, place)
        for number, file in enumerate(files)
        for place, row in enumerate(file.rows)
        if row.flag != REVOKED
    ]
    assume(places)
    org_code = files[draw(st.sampled_from(places))[0]].org_code
    own = [(number, place) for number, place in places if files[number].org_code == org_code]
    after = list(files)
    for number, place in draw(st.lists(st.sampled_from(own), min_size=1, unique=True)):
        rows = list(after[number].rows)
        rows[place] = replace(rows[place], fault=draw(faults(after[number].table_code)))
        after[number] = replace(after[number], rows=tuple(rows))
    return files, org_code, after


@few
@given(spoilt_cities())
def test_more_findings_never_raise_a_score_nor_lower_another_hospitals(
    example: tuple[list[File], str, list[File]],
) -> None:
    files, spoiler, spoilt = example
    before, after = outcome_of(files).standings, outcome_of(spoilt).standings

    for name in NEVER_RISING:
        assert _at_least(before[spoiler][name], after[spoiler][name])
    others = [org_code for org_code in HOSPITALS if org_code != spoiler]
    # Who has nothing to be measured by is not scored: that nobody uploads anything lowers no score.
    if any(standing["rows_uploaded"] for standing in after.values()):
        assert after[spoiler]["score"] <= before[spoiler]["score"]
        assert after[spoiler]["rank"] >= before[spoiler]["rank"]
        assert all(after[org_code]["score"] >= before[org_code]["score"] for org_code in others)
    else:
        assert {standing["score"] for standing in after.values()} == {None}
    for org_code in others:
        assert _without(after[org_code], {"score", "rank"}) == _without(before[org_code], {"score", "rank"})


@few
@given(faulty_cities())
def test_sending_nothing_never_ranks_above_sending_something(files: list[File]) -> None:
    standings = outcome_of(files).standings

    senders = {file.org_code for file in files}
    ranks = {org_code: standing["rank"] for org_code, standing in standings.items()}
    uploaders = {org_code for org_code, standing in standings.items() if standing["rows_uploaded"]}
    # All three are connected alike: connection alone is worth points.
    if uploaders:
        silent = [ranks[org_code] for org_code in HOSPITALS if org_code not in senders]
        assert all(ranks[sender] <= rank for sender in senders for rank in silent)
        behind = [ranks[org_code] for org_code in HOSPITALS if org_code not in uploaders]
        assert all(ranks[uploader] < rank for uploader in uploaders for rank in behind)
    else:
        assert set(ranks.values()) == {None}


@st.composite
def rearranged(draw: st.DrawFn, files: Sequence[File]) -> list[File]:
    """The same rows of the same days, in another order and spread over other files."""
    parts: dict[tuple, list] = {}
    for file in files:
        for row in draw(st.permutations(file.rows)):
            part = draw(st.sampled_from("123"))
            parts.setdefault((file.day, file.org_code, file.table_code, part), []).append(row)
    return [
        File(day, org_code, table_code, tuple(rows), part)
        for (day, org_code, table_code, part), rows in parts.items()
    ]


@few
@given(data=st.data(), files=faulty_cities())
def test_the_order_of_files_and_rows_never_matters(data: st.DataObject, files: list[File]) -> None:
    others = data.draw(rearranged(files))

    assert outcome_of(others, across=True) == outcome_of(files, across=True)


@st.composite
def days_sent_again(draw: st.DrawFn) -> tuple[list[File], list[File], date, date]:
    """Files, and what one hospital sent on one of its days, sent again on a later day without a delivery."""
    files = draw(faulty_cities())
    assume(files)
    first = draw(st.sampled_from(files))
    taken = {file.day for file in files if file.org_code == first.org_code}
    free = [day for day in DAYS if day > first.day and day not in taken]
    assume(free)
    again = draw(st.sampled_from(free))
    sent = [file for file in files if (file.org_code, file.day) == (first.org_code, first.day)]
    resent = [replace(file, day=again) for file in sent]
    return files, resent, date(2023, 4, first.day), date(2023, 4, again)


@few
@given(days_sent_again())
def test_a_day_sent_again_changes_nothing_but_the_delivery_counts(
    example: tuple[list[File], list[File], date, date],
) -> None:
    files, resent, first, again = example
    org_code = resent[0].org_code
    before, after = outcome_of(files), outcome_of([*files, *resent])

    repeated = [
        (*row[:2], again, *row[3:7], 0) for row in before.ledger if (row[0], row[2]) == (org_code, first)
    ]
    assert sorted(after.ledger) == sorted([*before.ledger, *repeated])
    found_again = [(again, *found[1:]) for found in before.findings if found[:2] == (first, org_code)]
    assert sorted(after.findings, key=str) == sorted([*before.findings, *found_again], key=str)
    for hospital, standing in after.standings.items():
        changing = CHANGED_BY_DELIVERING if hospital == org_code else {"rank"}
        assert _without(standing, changing) == _without(before.standings[hospital], changing)
    own_before, own_after = before.standings[org_code], after.standings[org_code]
    assert own_before["rank"] is None or own_after["rank"] <= own_before["rank"]


def _at_least(before: Decimal | int | date | None, after: Decimal | int | date | None) -> bool:
    return after is None or (before is not None and after <= before)


def _without(standing: dict, names: set[str]) -> dict:
    return {name: value for name, value in standing.items() if name not in names}
