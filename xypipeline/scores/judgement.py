"""Judges each hospital of a quarter by the policy: tier, continuity, score, rank, remark."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from xypipeline.policy.policy import Policy
from xypipeline.registry.model import Institution, Platform
from xypipeline.scores.composite import ScoreBasis, composite_score
from xypipeline.scores.figures import Figures
from xypipeline.scores.models import Standing
from xypipeline.scores.ranking import RankBasis, rank_hospitals
from xypipeline.scores.remarks import remark_on
from xypipeline.scores.tiers import assign_tier, is_severely_missing


@dataclass(frozen=True)
class Hospital:
    """One hospital on the cut-off day, with what it uploaded until then."""

    institution: Institution
    platform: Platform | None
    expected_days: int
    figures: Figures
    tables_excused: int = 0
    """Required tables that are not applicable to it."""

    @property
    def org_code(self) -> str:
        """The hospital's code."""
        return self.institution.org_code


def stand_hospitals(
    hospitals: Sequence[Hospital], tables_required: int, policy: Policy, versions: Mapping[str, str | date]
) -> pl.DataFrame:
    """Judge each hospital by the policy: tier, continuity, score, rank, remark.

    Args:
        hospitals: in any order.
        tables_required: the number of tables in the standard.
        policy: cut-offs and weights.
        versions: the columns that say what the figures were computed for and with; the same in each row.

    Returns:
        One row per hospital, with the columns of `models.Standing`, ordered by seq.
    """
    scores = _scores(hospitals, tables_required, policy)
    ranks = rank_hospitals(
        {hospital.org_code: _rank_basis(hospital, scores[hospital.org_code]) for hospital in hospitals}
    )
    rows = [
        {
            **versions,
            **_identity(hospital),
            "tables_required": tables_required,
            "tables_applicable": tables_required - hospital.tables_excused,
            "expected_days": hospital.expected_days,
            **asdict(hospital.figures),
            **_verdicts(hospital, tables_required, policy),
            "score": scores[hospital.org_code],
            "rank": ranks[hospital.org_code],
        }
        for hospital in hospitals
    ]
    columns = {name: dtype.type for name, dtype in Standing.to_schema().dtypes.items()}
    return pl.DataFrame(rows, schema=columns).sort("seq")


def _scores(hospitals: Sequence[Hospital], tables_required: int, policy: Policy) -> dict[str, Decimal | None]:
    scored = [hospital for hospital in hospitals if hospital.platform != "province"]
    largest_rows = max((hospital.figures.rows_uploaded for hospital in scored), default=0)
    scores: dict[str, Decimal | None] = {hospital.org_code: None for hospital in hospitals}
    for hospital in scored:
        basis = ScoreBasis(
            is_connected=hospital.platform == "city",
            tables_uploaded=hospital.figures.tables_uploaded,
            tables_required=tables_required,
            rows_uploaded=hospital.figures.rows_uploaded,
            largest_rows=largest_rows,
        )
        scores[hospital.org_code] = composite_score(basis, policy.weights)
    return scores


def _rank_basis(hospital: Hospital, score: Decimal | None) -> RankBasis:
    figures = hospital.figures
    return RankBasis(
        score=score,
        tables_uploaded=figures.tables_uploaded,
        rows_uploaded=figures.rows_uploaded,
        interruption_days=figures.interruption_days,
        last_upload_date=figures.last_upload_date,
    )


def _identity(hospital: Hospital) -> dict[str, object]:
    return {
        "seq": hospital.institution.seq,
        "district": hospital.institution.district,
        "org_code": hospital.org_code,
        "hospital": hospital.institution.name,
        "platform": hospital.platform,
    }


def _verdicts(hospital: Hospital, tables_required: int, policy: Policy) -> dict[str, object]:
    figures, is_judged = hospital.figures, hospital.platform == "city"
    tables = (figures.tables_uploaded, tables_required, policy.tier_cutoffs)
    is_known = figures.interruption_days is not None
    return {
        "tier": assign_tier(*tables) if is_judged else None,
        "is_severely_missing": is_severely_missing(*tables) if is_judged else None,
        "is_good_continuity": (
            figures.interruption_days <= policy.good_continuity_days if is_known else None
        ),
        "remark": remark_on(hospital.platform, figures.tables_uploaded),
    }
