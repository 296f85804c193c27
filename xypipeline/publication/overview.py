"""What a quarter's standings add up to: for the city as a whole, and for each district."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xypipeline.policy.policy import Policy
from xypipeline.publication.rounding import percentage
from xypipeline.publication.standing import HospitalStanding

TIERS: Mapping[int, str] = {1: "第一梯队", 2: "第二梯队", 3: "第三梯队", 4: "第四梯队"}


@dataclass(frozen=True)
class Totals:
    """Sums over the hospitals of one district, or of all."""

    name: str
    hospitals: int
    on_city_platform: int
    on_province_platform: int
    uploading: int
    """With at least one record in the quarter."""
    by_tier: Mapping[int, int]
    good_continuity: int
    rows_uploaded: int
    qualified_pct: Decimal | None

    @property
    def connected(self) -> int:
        """On the platform of the city or of the province."""
        return self.on_city_platform + self.on_province_platform


@dataclass(frozen=True)
class Interruption:
    """A hospital whose continuity is not good, with its interruption days."""

    hospital: str
    days: int


@dataclass(frozen=True)
class Overview:
    """The bulletin's statements on the city; hospitals by name, in the attachment's order."""

    totals: Totals
    access_rate_pct: Decimal | None
    unconnected: tuple[str, ...]
    on_province_platform: tuple[str, ...]
    tiers: Mapping[int, tuple[str, ...]]
    severely_missing: tuple[str, ...]
    good_continuity: tuple[str, ...]
    partly_interrupted: tuple[Interruption, ...]
    """Not good, but uploading until lately: see `wholly_interrupted`."""
    wholly_interrupted: tuple[Interruption, ...]
    """Not good, and silent to the end: from the last upload to the cut-off day are more days than good
    continuity allows. The fourth tier, which uploaded nothing, stands beside it."""
    districts: tuple[Totals, ...]


def survey(standings: tuple[HospitalStanding, ...], policy: Policy) -> Overview:
    """Sum up one quarter; districts in the order of their first hospital.

    Source: docs/scoring.md, clause 10.
    """
    partly, wholly = _interruptions(standings, policy.good_continuity_days)
    decimals = policy.decimals["qualified_pct"]
    totals = _totals("全市", standings, decimals)
    districts = dict.fromkeys(standing.district for standing in standings)
    return Overview(
        totals=totals,
        access_rate_pct=percentage(totals.connected, totals.hospitals, policy.decimals["access_rate_pct"]),
        unconnected=_names(standings, lambda standing: standing.platform is None),
        on_province_platform=_names(standings, lambda standing: standing.platform == "province"),
        tiers={tier: _names(standings, lambda standing, tier=tier: standing.tier == tier) for tier in TIERS},
        severely_missing=_names(standings, lambda standing: bool(standing.is_severely_missing)),
        good_continuity=_names(standings, lambda standing: bool(standing.is_good_continuity)),
        partly_interrupted=partly,
        wholly_interrupted=wholly,
        districts=tuple(
            _totals(name, tuple(one for one in standings if one.district == name), decimals)
            for name in districts
        ),
    )


def _interruptions(
    standings: tuple[HospitalStanding, ...], good_at_most_days: int
) -> tuple[tuple[Interruption, ...], tuple[Interruption, ...]]:
    """Partly and wholly interrupted, of the hospitals on the city platform on the cut-off day."""
    partly, wholly = [], []
    for standing in standings:
        if standing.platform == "city" and standing.is_good_continuity is False and standing.has_uploaded:
            silent_days = (standing.as_of - standing.last_upload_date).days
            group = wholly if silent_days > good_at_most_days else partly
            group.append(Interruption(standing.hospital, standing.interruption_days))
    return tuple(partly), tuple(wholly)


def _totals(name: str, standings: tuple[HospitalStanding, ...], decimals: int) -> Totals:
    accepted = sum(standing.rows_accepted for standing in standings)
    qualified = sum(standing.rows_qualified for standing in standings)
    return Totals(
        name=name,
        hospitals=len(standings),
        on_city_platform=sum(standing.platform == "city" for standing in standings),
        on_province_platform=sum(standing.platform == "province" for standing in standings),
        uploading=sum(standing.has_uploaded for standing in standings),
        by_tier={tier: sum(standing.tier == tier for standing in standings) for tier in TIERS},
        good_continuity=sum(bool(standing.is_good_continuity) for standing in standings),
        rows_uploaded=sum(standing.rows_uploaded for standing in standings),
        qualified_pct=percentage(qualified, accepted, decimals),
    )


def _names(
    standings: tuple[HospitalStanding, ...], condition: Callable[[HospitalStanding], bool]
) -> tuple[str, ...]:
    return tuple(standing.hospital for standing in standings if condition(standing))
