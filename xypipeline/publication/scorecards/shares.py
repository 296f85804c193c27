"""Rounds shares of a whole such that what is shown adds up."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def percentages(parts: Sequence[int], decimals: int) -> tuple[Decimal | None, ...]:
    """Each part in percent of their sum; together they are exactly 100. All None if the sum is 0.

    Each is rounded down, and what is missing goes to the largest remainders, the first part first.
    """
    whole = sum(parts)
    if not whole:
        return (None,) * len(parts)
    units = 100 * 10**decimals
    exact = [Fraction(part * units, whole) for part in parts]
    down = [int(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: down[place] - exact[place])
    for place in by_remainder[: units - sum(down)]:
        down[place] += 1
    return tuple(Decimal(one).scaleb(-decimals) for one in down)
