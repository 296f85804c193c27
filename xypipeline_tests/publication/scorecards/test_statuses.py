from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.publication.scorecards.statuses import Evidence, Status, StatusCounts, status_of
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.judged import JudgedRule

TABLE = "patient_info"
RULE = JudgedRule(current_catalogue().rules["G14"], TABLE, needs=(frozenset({"org_info", "department"}),))
ABSENCE = JudgedRule(current_catalogue().rules["G18"], TABLE, needs=(frozenset({TABLE}),), needs_rows=False)
DAY = date(2023, 4, 1)
COMPLETE = Evidence({TABLE: 3}, {TABLE: 2}, {TABLE: DAY, "org_info": DAY}, {})
NOTHING = Evidence({}, {}, {}, {})
counts = st.builds(StatusCounts, **dict.fromkeys(StatusCounts().__dict__, st.integers(0, 10**6)))


def judge(rule: JudgedRule, evidence: Evidence, *, uncomputed: bool = False, excused: bool = False) -> Status:
    return status_of(
        rule,
        evidence,
        uncomputed={(rule.table_code, rule.rule.id)} if uncomputed else set(),
        not_applicable={rule.table_code} if excused else set(),
    )


def broken(evidence: Evidence, rule: JudgedRule) -> Evidence:
    return replace(evidence, findings={(rule.table_code, rule.rule.id): 1})


@pytest.mark.parametrize(
    ("rule", "evidence", "expected"),
    [
        pytest.param(RULE, COMPLETE, "passed", id="all that it needs, and no finding"),
        pytest.param(RULE, broken(COMPLETE, RULE), "failed", id="one finding"),
        pytest.param(
            RULE,
            broken(replace(COMPLETE, rows_accepted={}), RULE),
            "failed",
            id="all rows fatal",
        ),
        pytest.param(RULE, NOTHING, "no_data", id="absence is not 'not applicable'"),
        pytest.param(RULE, replace(COMPLETE, rows_accepted={}), "no_data", id="no accepted row"),
        pytest.param(RULE, replace(COMPLETE, arrived={TABLE: DAY}), "no_data", id="no table needed"),
        pytest.param(
            RULE,
            replace(COMPLETE, arrived={TABLE: DAY, "department": DAY}),
            "passed",
            id="one will do",
        ),
        pytest.param(ABSENCE, NOTHING, "no_data", id="never sent: no silence to judge"),
        pytest.param(
            ABSENCE, replace(NOTHING, arrived={TABLE: DAY}), "passed", id="sent before: silence is judged"
        ),
        pytest.param(
            ABSENCE,
            broken(replace(NOTHING, arrived={TABLE: DAY}), ABSENCE),
            "failed",
            id="silent now",
        ),
    ],
)
def test_the_status_of_a_rule(rule: JudgedRule, evidence: Evidence, expected: Status) -> None:
    assert judge(rule, evidence) == expected


def test_what_could_not_be_computed_neither_passes_nor_fails() -> None:
    found = [COMPLETE, broken(COMPLETE, RULE), NOTHING]

    assert [judge(RULE, evidence, uncomputed=True) for evidence in found] == ["error"] * 3


def test_only_the_register_excuses_and_only_while_nothing_comes() -> None:
    silent = broken(replace(NOTHING, arrived={TABLE: DAY}), ABSENCE)
    refused = replace(NOTHING, rows_received={TABLE: 1})

    assert judge(ABSENCE, silent, excused=True) == "not_applicable"
    assert judge(RULE, NOTHING, excused=True, uncomputed=True) == "not_applicable"
    assert judge(RULE, refused, excused=True) == "no_data"
    assert judge(RULE, COMPLETE, excused=True) == "passed"
    assert judge(RULE, broken(COMPLETE, RULE), excused=True) == "failed"


@given(counts, counts)
def test_what_was_not_judged_never_moves_the_rate(one: StatusCounts, other: StatusCounts) -> None:
    beside = replace(other, passed=0, failed=0)

    assert (one + beside).rate == one.rate
    assert (one + beside).judged == one.judged
    assert one + other == other + one
    if one.passed + one.failed:
        assert one.rate == Fraction(one.passed, one.passed + one.failed)
    else:
        assert one.rate is None


def test_a_single_judgement_has_one_status() -> None:
    assert StatusCounts.of("no_data").only == "no_data"
    for counted in (StatusCounts(), StatusCounts.of("passed") + StatusCounts.of("failed")):
        with pytest.raises(ValueError, match="values to unpack"):
            _ = counted.only
