"""A shadow ranking: stored figures judged by two policies, nothing taken in or stored again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xypipeline.policy.policy import Policy
from xypipeline.publication.standing import HospitalStanding
from xypipeline.scores.rejudging import rejudge
from xypipeline.scores.tiers import assign_tier, is_severely_missing


@dataclass(frozen=True)
class Judgement:
    """What a policy makes of one hospital's figures; None where docs/scoring.md has null."""

    tier: int | None
    is_severely_missing: bool | None
    is_good_continuity: bool | None
    score: Decimal | None
    """Exact."""
    rank: int | None


@dataclass(frozen=True)
class Shift:
    """One hospital under two policies."""

    org_code: str
    hospital: str
    old: Judgement
    new: Judgement

    @property
    def has_moved(self) -> bool:
        """Whether anything differs, be it a digit of the exact score."""
        return self.old != self.new

    def differs_in(self, name: str) -> bool:
        """Whether one part of the judgement differs."""
        return getattr(self.old, name) != getattr(self.new, name)


def shadow_ranking(standings: Sequence[HospitalStanding], old: Policy, new: Policy) -> list[Shift]:
    """Every hospital of a quarter under both policies, in the attachment's order.

    What was judged by either of them before does not matter: both are applied to the stored figures.
    """
    before, after = (_judge(standings, policy) for policy in (old, new))
    return [Shift(one.org_code, one.hospital, before[one.org_code], after[one.org_code]) for one in standings]


def _judge(standings: Iterable[HospitalStanding], policy: Policy) -> dict[str, Judgement]:
    found = tuple(standings)
    required = found[0].tables_required
    verdicts = rejudge(found, required, policy.weights)
    return {
        one.org_code: Judgement(
            tier=assign_tier(one.tables_uploaded, required, policy.tier_cutoffs) if _is_judged(one) else None,
            is_severely_missing=(
                is_severely_missing(one.tables_uploaded, required, policy.tier_cutoffs)
                if _is_judged(one)
                else None
            ),
            is_good_continuity=(
                None
                if one.interruption_days is None
                else one.interruption_days <= policy.good_continuity_days
            ),
            score=verdicts[one.org_code].score,
            rank=verdicts[one.org_code].rank,
        )
        for one in found
    }


def _is_judged(standing: HospitalStanding) -> bool:
    return standing.platform == "city"
