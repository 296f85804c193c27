"""Weighs connection, completeness and volume into one score; decimal arithmetic is alike on every machine."""

from dataclasses import dataclass
from decimal import Context, Decimal

from xypipeline.policy.policy import Weights

# More digits than are stored, so that a score which is a round number is stored as just that.
_ARITHMETIC = Context(prec=40)
STORED_STEP = Decimal(1).scaleb(-15)


@dataclass(frozen=True)
class ScoreBasis:
    """What a hospital's score rests on."""

    is_connected: bool
    """To the city platform, on the cut-off day."""
    tables_uploaded: int
    tables_required: int
    rows_uploaded: int
    largest_rows: int
    """The most rows that a scored hospital uploaded in the quarter."""


def composite_score(basis: ScoreBasis, weights: Weights) -> Decimal | None:
    """The points from 0 to the sum of the weights, to 15 decimals.

    Null when no table is required or no hospital uploaded anything: then there is nothing to measure by.

    Source: docs/scoring.md, clause 7.
    """
    if basis.tables_required == 0 or basis.largest_rows == 0:
        return None
    points = (
        weights.connection if basis.is_connected else Decimal(0),
        _share_of(weights.completeness, Decimal(basis.tables_uploaded), Decimal(basis.tables_required)),
        _share_of(weights.volume, _magnitude(basis.rows_uploaded), _magnitude(basis.largest_rows)),
    )
    total = Decimal(0)
    for part in points:
        total = _ARITHMETIC.add(total, part)
    return _ARITHMETIC.quantize(total, STORED_STEP)


def _share_of(weight: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    return _ARITHMETIC.divide(_ARITHMETIC.multiply(weight, part), whole)


def _magnitude(rows: int) -> Decimal:
    return _ARITHMETIC.log10(Decimal(1 + rows))
