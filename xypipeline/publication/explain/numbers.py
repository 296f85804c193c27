"""How numbers are written in explanations: exact as far as they end, otherwise to fifteen decimals."""

from decimal import Decimal
from fractions import Fraction

from xypipeline.publication.rounding import round_half_up

_DECIMALS = 15


def grouped(number: int) -> str:
    """A count as people read it: 71,319."""
    return f"{number:,}"


def decimal_text(number: Fraction | Decimal | int, decimals: int = _DECIMALS) -> str:
    """A number without needless zeros: 20, 0.6, 58.823529411764706."""
    text = f"{round_half_up(Fraction(number), decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def result(title: str, value: object, blank: str) -> str:
    """The last line of an arithmetic: the figure as published, or why there is none."""
    return f"{title}：{blank}" if value is None else f"{title} = {value}"
