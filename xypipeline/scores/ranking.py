"""Ranks hospitals by score; those equal in everything share a rank."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class RankBasis:
    """What a hospital's rank rests on, in the order in which it decides."""

    score: Decimal | None
    tables_uploaded: int
    rows_uploaded: int
    interruption_days: int | None
    last_upload_date: date | None


def rank_hospitals(bases: Mapping[str, RankBasis]) -> dict[str, int | None]:
    """The rank of each hospital by org_code, 1 the best; equals share it (1, 2, 2, 4), null without a score.

    Unknown interruptions rank behind any number of them, no upload behind any date.

    Source: docs/scoring.md, clause 8.
    """
    keys = {org_code: _sort_key(basis) for org_code, basis in bases.items() if basis.score is not None}
    ordered = sorted(keys.values())
    return {
        org_code: bisect_left(ordered, keys[org_code]) + 1 if org_code in keys else None for org_code in bases
    }


def _sort_key(basis: RankBasis) -> tuple[Decimal, int, int, float, int]:
    return (
        -basis.score,
        -basis.tables_uploaded,
        -basis.rows_uploaded,
        float("inf") if basis.interruption_days is None else basis.interruption_days,
        -(basis.last_upload_date or date.min).toordinal(),
    )
