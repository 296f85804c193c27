"""Puts a hospital into one of the four tiers by the share of required tables that it uploaded."""

from fractions import Fraction

from xypipeline.policy.policy import TierCutoffs

NOTHING_UPLOADED = 4


def assign_tier(tables_uploaded: int, tables_required: int, cutoffs: TierCutoffs) -> int:
    """The tier from 1 (best) to 4 (nothing uploaded).

    Source: docs/scoring.md, clause 6.
    """
    if tables_uploaded == 0:
        return NOTHING_UPLOADED
    if _reaches(tables_uploaded, tables_required, cutoffs.first):
        return 1
    return 2 if _reaches(tables_uploaded, tables_required, cutoffs.second) else 3


def is_severely_missing(tables_uploaded: int, tables_required: int, cutoffs: TierCutoffs) -> bool:
    """Whether a hospital uploaded something, but below the cut-off for 严重缺失."""
    return tables_uploaded > 0 and not _reaches(tables_uploaded, tables_required, cutoffs.severely_missing)


def _reaches(tables_uploaded: int, tables_required: int, cutoff: Fraction) -> bool:
    # Integers only: 30 of 50 is exactly 60 %, which a share in floating point may miss.
    return cutoff.denominator * tables_uploaded >= cutoff.numerator * tables_required
