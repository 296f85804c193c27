from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.publication.scorecards.shares import percentages


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((1, 1, 1), ("33.34", "33.33", "33.33")),
        ((0, 5, 0), ("0.00", "100.00", "0.00")),
        ((1, 0, 19999), ("0.01", "0.00", "99.99")),
        ((1, 0, 99999), ("0.00", "0.00", "100.00")),
    ],
)
def test_shares_add_up_to_a_hundred(parts: tuple[int, ...], expected: tuple[str, ...]) -> None:
    assert percentages(parts, 2) == tuple(map(Decimal, expected))


def test_of_nothing_there_is_no_share() -> None:
    assert percentages((0, 0, 0), 2) == (None, None, None)


@given(st.lists(st.integers(0, 10**9), min_size=1).filter(any), st.integers(0, 3))
def test_each_share_is_within_one_unit_of_its_exact_value(parts: list[int], decimals: int) -> None:
    shares = percentages(parts, decimals)

    assert sum(shares) == 100
    for part, share in zip(parts, shares, strict=True):
        assert abs(Fraction(share) - Fraction(100 * part, sum(parts))) < Fraction(1, 10**decimals)
