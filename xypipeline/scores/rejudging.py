"""Scores and ranks hospitals anew, as if the figures of some or the rules had been others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from xypipeline.policy.policy import Weights
from xypipeline.registry.model import Platform
from xypipeline.scores.composite import ScoreBasis, composite_score
from xypipeline.scores.ranking import RankBasis, rank_hospitals


class Uploaded(Protocol):
    """What a hospital is judged by; a row of `scores.standing` has it all."""

    org_code: str
    platform: Platform | None
    tables_uploaded: int
    rows_uploaded: int
    interruption_days: int | None
    last_upload_date: date | None


@dataclass(frozen=True)
class Verdict:
    """A hospital's score and rank; None for one that is not scored."""

    score: Decimal | None
    rank: int | None


# Who asks what would have been if one hospital were another asks for the scores of all others again.
_composite_score = lru_cache(maxsize=100_000)(composite_score)


def rejudge(hospitals: Iterable[Uploaded], tables_required: int, weights: Weights) -> dict[str, Verdict]:
    """Score and rank a list of hospitals by the rules given, whatever they were judged by before.

    Args:
        hospitals: each of them once.
        tables_required: the number of tables in the standard.
        weights: of the policy.

    Returns:
        Each hospital's verdict, by org_code.

    Source: docs/scoring.md, clause 12.
    """
    found = tuple(hospitals)
    largest = max((one.rows_uploaded for one in found if one.platform != "province"), default=0)
    scores = {one.org_code: _score(one, tables_required, largest, weights) for one in found}
    ranks = rank_hospitals({one.org_code: _rank_basis(one, scores[one.org_code]) for one in found})
    return {org_code: Verdict(score, ranks[org_code]) for org_code, score in scores.items()}


def _score(hospital: Uploaded, tables_required: int, largest_rows: int, weights: Weights) -> Decimal | None:
    if hospital.platform == "province":
        return None
    basis = ScoreBasis(
        is_connected=hospital.platform == "city",
        tables_uploaded=hospital.tables_uploaded,
        tables_required=tables_required,
        rows_uploaded=hospital.rows_uploaded,
        largest_rows=largest_rows,
    )
    return _composite_score(basis, weights)


def _rank_basis(hospital: Uploaded, score: Decimal | None) -> RankBasis:
    return RankBasis(
        score=score,
        tables_uploaded=hospital.tables_uploaded,
        rows_uploaded=hospital.rows_uploaded,
        interruption_days=hospital.interruption_days,
        last_upload_date=hospital.last_upload_date,
    )
