"""Why a rank moved: by a change of the rules, of the others, or of the hospital's own figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Weights
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.standing import HospitalStanding


class Verdict(Protocol):
    """A hospital's score and rank, None for one that is not scored."""

    score: Decimal | None
    rank: int | None


# Judges hospitals anew by the number of tables required and the weights; the scores' stage knows how.
Rejudge = Callable[[Sequence[HospitalStanding], int, Weights], Mapping[str, Verdict]]


@dataclass(frozen=True)
class Movement:
    """How a rank moved, in places upwards; the three parts add up to `places`.

    Source: docs/scoring.md, clause 12.
    """

    places: int
    by_rules: int
    by_others: int
    """While its own figures still were those of the quarter before."""
    by_own: int
    """Once the others' figures were those of this quarter."""
    by_own_first: int
    """The same, had its own figures changed before the others'; where it differs from `by_own`, its own share
    and that of the others depend on the order, though not their sum."""
    own_points: Decimal
    """What its own change added to its score, exact; the others' figures being those of this quarter."""

    @property
    def depends_on_order(self) -> bool:
        """Whether own share and others' share would be others in the other order."""
        return self.by_own != self.by_own_first


def explain_movements(now: QuarterFigures, before: QuarterFigures, rejudge: Rejudge) -> dict[str, Movement]:
    """The movement of each hospital that was ranked in both quarters, by org_code.

    Raises:
        PublicationError: this quarter's ranks are not those that its figures and the policy in force give.
    """
    rules = (now.standings[0].tables_required, now.policy.weights)
    _must_agree(now, rejudge(now.standings, *rules))
    by_new_rules = rejudge(before.standings, *rules)
    earlier = {one.org_code: one for one in before.standings}
    movements = {}
    for current in now.standings:
        past = earlier.get(current.org_code)
        if past is None or past.rank is None or current.rank is None:
            continue
        with_past = rejudge(_replaced(now.standings, past), *rules)[current.org_code]
        alone = rejudge(_replaced(before.standings, current), *rules)[current.org_code]
        ruled = by_new_rules[current.org_code]
        if None not in (with_past.rank, alone.rank, ruled.rank):
            movements[current.org_code] = _movement(past, ruled, with_past, alone, current)
    return movements


def _movement(
    past: HospitalStanding, ruled: Verdict, with_past: Verdict, alone: Verdict, current: HospitalStanding
) -> Movement:
    return Movement(
        places=past.rank - current.rank,
        by_rules=past.rank - ruled.rank,
        by_others=ruled.rank - with_past.rank,
        by_own=with_past.rank - current.rank,
        by_own_first=ruled.rank - alone.rank,
        own_points=current.score - with_past.score,
    )


def _replaced(standings: Sequence[HospitalStanding], by: HospitalStanding) -> tuple[HospitalStanding, ...]:
    return tuple(by if one.org_code == by.org_code else one for one in standings)


def _must_agree(now: QuarterFigures, verdicts: Mapping[str, Verdict]) -> None:
    wrong = [
        one.hospital
        for one in now.standings
        if (one.score, one.rank) != (verdicts[one.org_code].score, verdicts[one.org_code].rank)
    ]
    if wrong:
        raise PublicationError(
            f"{now.quarter}: the policy in force gives other ranks than were stored for {', '.join(wrong)}; "
            "score the quarter again."
        )
