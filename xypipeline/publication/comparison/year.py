"""The year's ledger: each hospital's points of the quarters so far, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xypipeline.periods import Quarter
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.rounding import round_half_up
from xypipeline.publication.standing import HospitalStanding

NOT_COUNTED = "该季度未统计"
NOT_REGISTERED = "不在册"
NO_MEASURE = "全市无数据，不评分"


@dataclass(frozen=True)
class YearLine:
    """One hospital's year, points as published."""

    seq: int
    district: str
    org_code: str
    hospital: str
    points: tuple[Decimal | None, ...]
    """Of each quarter of the ledger; None where it was not scored."""
    unscored: tuple[str, ...]
    """Each quarter without points, with the reason, in Chinese: `2023Q1：该季度未统计`."""
    total: Decimal | None
    """Sum of the exact points, rounded once; None if no quarter was scored."""
    mean: Decimal | None
    """Mean of the scored quarters, from exact points, rounded once."""


@dataclass(frozen=True)
class YearLedger:
    """The quarters of one year up to the latest given."""

    year: int
    quarters: tuple[Quarter, ...]
    """From the first quarter of the year on, also those that were not scored at all."""
    most: Decimal
    """The most points that can be had."""
    lines: tuple[YearLine, ...]
    """Hospitals in the order of the latest attachment that has them."""


def year_ledger(quarters: Sequence[QuarterFigures]) -> YearLedger:
    """Add up the points of the quarters that belong to the year of the latest.

    Args:
        quarters: at least one, each once, in any order; those of other years are left out.

    Source: docs/scoring.md, clause 12.
    """
    latest = max(quarters, key=lambda one: one.quarter)
    of_year = {one.quarter: one for one in quarters if one.quarter.year == latest.quarter.year}
    listed = tuple(Quarter(latest.quarter.year, number) for number in range(1, latest.quarter.number + 1))
    hospitals = {one.org_code: one for quarter in sorted(of_year) for one in of_year[quarter].standings}
    decimals = latest.policy.decimals["score"]
    lines = [
        _line(
            one,
            [(quarter, _found(of_year.get(quarter), one.org_code)) for quarter in listed],
            of_year,
            decimals,
        )
        for one in hospitals.values()
    ]
    return YearLedger(
        year=latest.quarter.year,
        quarters=listed,
        most=latest.policy.weights.total,
        lines=tuple(sorted(lines, key=lambda line: (line.seq, line.org_code))),
    )


def _found(figures: QuarterFigures | None, org_code: str) -> HospitalStanding | None:
    standings = figures.standings if figures else ()
    return next((one for one in standings if one.org_code == org_code), None)


def _line(
    hospital: HospitalStanding,
    found: Sequence[tuple[Quarter, HospitalStanding | None]],
    of_year: dict[Quarter, QuarterFigures],
    decimals: int,
) -> YearLine:
    scores = [one.score if one else None for _, one in found]
    scored = [Fraction(score) for score in scores if score is not None]
    return YearLine(
        seq=hospital.seq,
        district=hospital.district,
        org_code=hospital.org_code,
        hospital=hospital.hospital,
        points=tuple(None if score is None else round_half_up(score, decimals) for score in scores),
        unscored=tuple(
            f"{quarter}：{_reason(one, is_counted=quarter in of_year)}"
            for quarter, one in found
            if one is None or one.score is None
        ),
        total=round_half_up(sum(scored), decimals) if scored else None,
        mean=round_half_up(sum(scored) / len(scored), decimals) if scored else None,
    )


def _reason(standing: HospitalStanding | None, *, is_counted: bool) -> str:
    if standing is None:
        return NOT_REGISTERED if is_counted else NOT_COUNTED
    return standing.remark if standing.platform == "province" else NO_MEASURE
