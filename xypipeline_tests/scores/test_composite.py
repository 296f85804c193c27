from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.policy.policy import load_policy
from xypipeline.scores.composite import ScoreBasis, composite_score

WEIGHTS = load_policy(2023).weights


def score(
    tables: int, rows: int, *, largest: int, required: int = 51, is_connected: bool = True
) -> Decimal | None:
    return composite_score(ScoreBasis(is_connected, tables, required, rows, largest), WEIGHTS)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(score(51, 99, largest=99), "40", id="the best in everything"),
        pytest.param(score(0, 0, largest=99), "10", id="connected, sent nothing"),
        pytest.param(score(0, 0, largest=99, is_connected=False), "0", id="not connected"),
        pytest.param(
            score(17, 9, largest=99, required=51), "21.666666666666667", id="a third, half the volume"
        ),
        pytest.param(score(0, 1, largest=3), "15", id="log 2 / log 4 is a half to the last decimal"),
        pytest.param(score(30, 7131933, largest=25893724), "31.009313300280885", id="as in 2023Q2"),
    ],
)
def test_points_of_connection_completeness_and_volume(found: Decimal | None, expected: str) -> None:
    assert found == Decimal(expected)


def test_without_anything_to_measure_by_there_is_no_score() -> None:
    assert score(0, 0, largest=0) is None
    assert score(0, 0, largest=9, required=0) is None


@given(data=st.data(), largest=st.integers(1, 10**12))
def test_a_score_lies_within_the_weights_and_grows_with_what_was_sent(
    data: st.DataObject, largest: int
) -> None:
    tables, rows = data.draw(st.integers(0, 51)), data.draw(st.integers(0, largest))
    fewer_tables, fewer_rows = data.draw(st.integers(0, tables)), data.draw(st.integers(0, rows))
    more, less = score(tables, rows, largest=largest), score(fewer_tables, fewer_rows, largest=largest)
    assert 0 <= less <= more <= WEIGHTS.total
