from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from xypipeline.policy.policy import Policy, TierCutoffs, Weights, load_policy
from xypipeline.rehearsal.ranking import Judgement, Shift, shadow_ranking
from xypipeline_tests.publication.city import CITY, PROVINCE, SILENT, UNCONNECTED, UPLOADING

POLICY = load_policy(2023)
UNJUDGED = Judgement(None, None, None, None, None)


def shift_of(org_code: str, new: Policy, standings=CITY) -> Shift:
    shifts = {one.org_code: one for one in shadow_ranking(standings, POLICY, new)}
    assert list(shifts) == [one.org_code for one in standings]
    return shifts[org_code]


def with_cutoffs(**changes: Fraction) -> Policy:
    return replace(POLICY, tier_cutoffs=replace(POLICY.tier_cutoffs, **changes))


def test_the_policy_in_force_gives_what_is_stored() -> None:
    shifts = shadow_ranking(CITY, POLICY, POLICY)

    assert not any(one.has_moved for one in shifts)
    assert [(one.old.tier, one.old.is_severely_missing, one.old.is_good_continuity) for one in shifts] == [
        (one.tier, one.is_severely_missing, one.is_good_continuity) for one in CITY
    ]


@pytest.mark.parametrize(("cutoff", "tier"), [(Fraction(31, 51), 1), (Fraction(32, 51), 2)])
def test_on_the_cut_off_is_in_the_upper_tier(cutoff: Fraction, tier: int) -> None:
    shift = shift_of(UPLOADING.org_code, with_cutoffs(first=cutoff))

    assert (shift.old.tier, shift.new.tier, shift.has_moved) == (1, tier, tier != 1)
    assert shift.differs_in("tier") == (tier != 1)
    assert not shift.differs_in("rank")


@pytest.mark.parametrize(("tables", "missing"), [(6, False), (5, True)])
def test_severely_missing_follows_its_cut_off(tables: int, missing: bool) -> None:
    hospital = replace(UPLOADING, tables_uploaded=tables)
    new = with_cutoffs(severely_missing=Fraction(6, 51))

    assert shift_of(hospital.org_code, new, (hospital,)).new.is_severely_missing is missing


@pytest.mark.parametrize(("days", "good"), [(3, True), (2, False)])
def test_good_continuity_follows_its_cut_off(days: int, good: bool) -> None:
    shift = shift_of(UPLOADING.org_code, replace(POLICY, good_continuity_days=days))

    assert (shift.old.is_good_continuity, shift.new.is_good_continuity) == (True, good)


def test_other_weights_change_scores_and_ranks_of_all() -> None:
    wide = replace(UPLOADING, org_code="W", tables_uploaded=40, rows_uploaded=100)
    heavy = replace(UPLOADING, org_code="H", tables_uploaded=30, rows_uploaded=1000)
    new = replace(POLICY, weights=Weights(Decimal(10), Decimal(0), Decimal(30)))

    shifts = {one.org_code: one for one in shadow_ranking((wide, heavy), POLICY, new)}

    assert {code: (one.old.rank, one.new.rank) for code, one in shifts.items()} == {"W": (1, 2), "H": (2, 1)}
    assert shifts["H"].new.score == Decimal(40)


def test_who_is_not_judged_stays_so() -> None:
    new = replace(POLICY, tier_cutoffs=TierCutoffs(Fraction(1), Fraction(1, 2), Fraction(1, 10)))

    assert shift_of(PROVINCE.org_code, new).new == UNJUDGED
    unconnected = shift_of(UNCONNECTED.org_code, new).new
    assert (unconnected.tier, unconnected.is_severely_missing, unconnected.score) == (None, None, Decimal(0))
    silent = shift_of(SILENT.org_code, new).new
    assert (silent.tier, silent.is_good_continuity, silent.score) == (4, None, Decimal(10))
