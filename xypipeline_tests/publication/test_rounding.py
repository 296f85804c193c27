from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.publication.rounding import percentage, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        pytest.param(Decimal("2.674999999999999"), 2, "2.67", id="just below a half"),
        pytest.param(Decimal("2.675"), 2, "2.68", id="a half goes up"),
        pytest.param(Decimal("2.665"), 2, "2.67", id="also to an odd digit"),
        pytest.param(Decimal("10"), 2, "10.00", id="whole numbers keep their decimals"),
        pytest.param(Decimal("0.5"), 0, "1", id="to whole numbers"),
        pytest.param(Fraction(1, 8), 2, "0.13", id="fraction on a half"),
        pytest.param(Fraction(1, 3), 4, "0.3333", id="fraction without end"),
    ],
)
def test_a_value_is_rounded_half_up(value: Decimal | Fraction, decimals: int, expected: str) -> None:
    assert str(round_half_up(value, decimals)) == expected


@given(
    part=st.integers(min_value=0, max_value=10**12),
    whole=st.integers(min_value=1, max_value=10**6),
    decimals=st.integers(min_value=0, max_value=6),
)
def test_rounding_moves_a_value_by_at_most_half_a_unit(part: int, whole: int, decimals: int) -> None:
    value = Fraction(part, whole)
    distance = Fraction(round_half_up(value, decimals)) - value

    assert -Fraction(1, 2) < distance * 10**decimals <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        pytest.param(30, 51, Decimal("58.82"), id="tables"),
        pytest.param(1599, 1600, Decimal("99.94"), id="99.9375"),
        pytest.param(1, 800, Decimal("0.13"), id="0.125 is a half"),
        pytest.param(51, 51, Decimal("100.00"), id="all"),
        pytest.param(0, 51, Decimal("0.00"), id="none"),
        pytest.param(0, 0, None, id="of nothing"),
    ],
)
def test_a_percentage_is_rounded_once(part: int, whole: int, expected: Decimal | None) -> None:
    assert percentage(part, whole, 2) == expected
