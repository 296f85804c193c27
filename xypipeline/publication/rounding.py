"""Rounds for publication: once, half up, from the exact value."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def round_half_up(value: Decimal | Fraction, decimals: int) -> Decimal:
    """Round to so many decimals; a half goes away from zero."""
    with localcontext(prec=60):
        if isinstance(value, Decimal):
            return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        # A fraction as decimal may not end: decide the half on whole numbers instead.
        scaled = abs(value) * 10**decimals
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def percentage(part: int, whole: int, decimals: int) -> Decimal | None:
    """`part` of `whole` in percent, rounded half up; None when there is no whole."""
    return None if whole == 0 else round_half_up(Fraction(100 * part, whole), decimals)
