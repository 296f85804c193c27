from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Weights
from xypipeline.publication.comparison.compare import Comparison, compare_quarters
from xypipeline.publication.comparison.movement import Movement
from xypipeline.publication.figures import QuarterFigures
from xypipeline.scores.rejudging import rejudge
from xypipeline_tests.publication.comparison.quarters import FIRST, POLICY, SECOND, hospital, judged


def compared(before: QuarterFigures, now: QuarterFigures) -> Comparison:
    comparison = compare_quarters(now, before, rejudge)
    assert comparison is not None
    return comparison


def movement_of(comparison: Comparison, org_code: str) -> Movement | None:
    return next(one.movement for one in comparison.changes if one.now.org_code == org_code)


def parts(movement: Movement) -> tuple[int, int, int, int]:
    return movement.places, movement.by_rules, movement.by_others, movement.by_own


def test_without_a_quarter_before_there_is_no_comparison() -> None:
    assert compare_quarters(judged(SECOND, hospital("H1", 10, 100)), None, rejudge) is None


def test_changes_are_differences_of_the_figures() -> None:
    before = judged(FIRST, hospital("H1", 10, 99, interruptions=9), hospital("H2", 0, 0))
    now = judged(SECOND, hospital("H1", 12, 999, interruptions=4), hospital("H2", 0, 0))
    first, second = compared(before, now).changes

    assert (first.tables, first.rows, first.interruption_days) == (2, 900, -5)
    assert first.score == now.standings[0].score - before.standings[0].score
    assert (second.tables, second.rows, second.interruption_days, second.score) == (None, None, None, 0)


def test_a_hospital_that_uploaded_for_the_first_time_changed_from_nothing() -> None:
    change = compared(judged(FIRST, hospital("H1", 0, 0)), judged(SECOND, hospital("H1", 3, 30))).changes[0]

    assert (change.tables, change.rows, change.interruption_days) == (3, 30, None)


def test_a_rise_by_its_own_change() -> None:
    before = judged(FIRST, hospital("H1", 10, 100), hospital("H2", 20, 100))
    now = judged(SECOND, hospital("H1", 30, 100), hospital("H2", 20, 100))
    comparison = compared(before, now)

    assert parts(movement_of(comparison, "H1")) == (1, 0, 0, 1)
    assert parts(movement_of(comparison, "H2")) == (-1, 0, -1, 0)


def test_a_move_by_the_rules_alone() -> None:
    hospitals = (hospital("H1", 10, 10_000), hospital("H2", 40, 10))
    volume_counts = replace(POLICY, weights=Weights(Decimal(10), Decimal(0), Decimal(30)))
    comparison = compared(judged(FIRST, *hospitals), judged(SECOND, *hospitals, policy=volume_counts))

    assert parts(movement_of(comparison, "H1")) == (1, 1, 0, 0)
    assert parts(movement_of(comparison, "H2")) == (-1, -1, 0, 0)
    assert comparison.improved == ()


def test_where_the_order_of_changes_matters_both_shares_are_known() -> None:
    before = judged(FIRST, hospital("H1", 10, 100), hospital("H2", 20, 100))
    now = judged(SECOND, hospital("H1", 30, 100), hospital("H2", 5, 100))
    movement = movement_of(compared(before, now), "H1")

    assert (parts(movement), movement.by_own_first) == ((1, 0, 1, 0), 1)
    assert movement.depends_on_order


def test_joining_and_leaving_belong_to_the_others_change() -> None:
    before = judged(FIRST, hospital("H1", 10, 100), hospital("H2", 20, 100))
    now = judged(SECOND, hospital("H1", 10, 100), hospital("H3", 5, 100))
    comparison = compared(before, now)

    assert parts(movement_of(comparison, "H1")) == (1, 0, 1, 0)
    assert (comparison.changes[1].before, comparison.changes[1].unmoved_because) == (None, "上季度不在册")
    assert comparison.left == ("H2医院",)


def test_who_is_not_ranked_in_both_quarters_has_no_movement() -> None:
    before = judged(FIRST, hospital("H1", 9, 9), hospital("H2", 0, 0, "province"), hospital("H3", 1, 1))
    now = judged(SECOND, hospital("H1", 9, 9), hospital("H2", 1, 1), hospital("H3", 0, 0, "province"))

    assert [one.unmoved_because for one in compared(before, now).changes] == [
        None,
        "上季度未评分",
        "本季度未评分",
    ]


def test_improved_is_who_gained_enough_by_its_own_change_the_most_first() -> None:
    before = judged(FIRST, *(hospital(f"H{number}", 10, 100) for number in range(1, 5)))
    now = judged(
        SECOND,
        hospital("H1", 12, 100),
        hospital("H2", 13, 100),
        hospital("H3", 23, 100),
        hospital("H4", 9, 100),
    )

    assert [(one.org_code, round(one.own_points, 6)) for one in compared(before, now).improved] == [
        ("H3", Decimal("5.098039")),
        ("H2", Decimal("1.176471")),
    ]


@pytest.mark.parametrize(("gain", "is_improved"), [(Decimal("1.00"), True), (Decimal("1.01"), False)])
def test_a_gain_on_the_threshold_is_an_improvement(gain: Decimal, is_improved: bool) -> None:
    policy = replace(
        POLICY,
        weights=Weights(Decimal(10), Decimal(51), Decimal(0)),
        improved_at_least_points=gain,
    )
    before, now = (
        judged(quarter, hospital("H1", tables, 5), policy=policy)
        for quarter, tables in ((FIRST, 8), (SECOND, 9))
    )

    assert bool(compared(before, now).improved) is is_improved


HOSPITALS = st.dictionaries(
    st.integers(1, 6),
    st.tuples(st.integers(0, 51), st.integers(0, 1000), st.sampled_from(["city", "province", None])),
    max_size=6,
).map(
    lambda drawn: [
        hospital(
            f"H{number}",
            tables if platform == "city" else 0,
            tables + rows if platform == "city" else 0,
            platform,
        )
        for number, (tables, rows, platform) in sorted(drawn.items())
    ]
)


@given(before=HOSPITALS, now=HOSPITALS, completeness=st.integers(0, 30))
def test_the_parts_of_a_movement_add_up(before: list, now: list, completeness: int) -> None:
    if not before or not now:
        return
    rules = replace(POLICY, weights=replace(POLICY.weights, completeness=Decimal(completeness)))
    comparison = compared(judged(FIRST, *before), judged(SECOND, *now, policy=rules))

    for change in comparison.changes:
        movement = change.movement
        assert (movement is None) == (change.unmoved_because is not None)
        if movement:
            assert movement.places == change.before.rank - change.now.rank
            assert movement.places == movement.by_rules + movement.by_others + movement.by_own


def test_ranks_that_the_policy_in_force_does_not_give_are_refused() -> None:
    before, now = (judged(quarter, hospital("H1", 10, 100)) for quarter in (FIRST, SECOND))
    changed = replace(now, policy=replace(POLICY, weights=Weights(Decimal(20), Decimal(10), Decimal(10))))

    with pytest.raises(PublicationError, match="stored for H1医院; score the quarter again"):
        compare_quarters(changed, before, rejudge)
