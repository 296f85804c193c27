"""Checks each hospital's figures against their bounds, and against each other."""

from collections.abc import Iterator
from fractions import Fraction

from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy, TierCutoffs
from xypipeline.publication.standing import HospitalStanding

# A spreadsheet takes a text that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def find_implausible_figures(
    standings: tuple[HospitalStanding, ...], quarter: Quarter, tables_required: int, policy: Policy
) -> Iterator[str]:
    """Name each figure that cannot be, with its hospital."""
    for standing in standings:
        problems = (
            *_out_of_bounds(standing, quarter, tables_required, policy),
            *_wrong_verdicts(standing, policy),
            *_blanks_at_odds(standing),
            *_unsafe_texts(standing),
        )
        yield from (f"{standing.hospital}: {problem}" for problem in problems)


def _out_of_bounds(
    standing: HospitalStanding, quarter: Quarter, tables_required: int, policy: Policy
) -> Iterator[str]:
    days = (standing.as_of - quarter.first).days + 1
    if standing.tables_required != tables_required:
        yield f"tables_required is {standing.tables_required}, but the standard has {tables_required}."
    bounds: dict[str, tuple[object, object]] = {
        "tables_uploaded": (0, tables_required),
        "rows_uploaded": (standing.tables_uploaded, standing.rows_accepted),
        "rows_qualified": (0, standing.rows_accepted),
        "upload_days": (min(1, standing.tables_uploaded), days),
        "expected_days": (0, days),
        "interruption_days": (max(0, standing.expected_days - standing.upload_days), standing.expected_days),
        "last_upload_date": (quarter.first, standing.as_of),
        "score": (0, policy.weights.total),
    }
    for name, (minimum, maximum) in bounds.items():
        value = getattr(standing, name)
        if value is not None and not minimum <= value <= maximum:
            yield f"{name} is {value}, not between {minimum} and {maximum}."


def _wrong_verdicts(standing: HospitalStanding, policy: Policy) -> Iterator[str]:
    tier = _tier(standing, policy.tier_cutoffs) if standing.platform == "city" else None
    if standing.tier != tier:
        uploaded = f"{standing.tables_uploaded} of {standing.tables_required} tables"
        yield f"tier is {standing.tier}, but {uploaded} on the platform {standing.platform} make it {tier}."
    days = standing.interruption_days
    is_good = None if days is None else days <= policy.good_continuity_days
    if standing.is_good_continuity != is_good:
        yield f"is_good_continuity is {standing.is_good_continuity}, but there were {days} interruption days."


def _tier(standing: HospitalStanding, cutoffs: TierCutoffs) -> int:
    if standing.tables_uploaded == 0:
        return 4
    # Exact, never a rounded percentage: on the cut-off is in the upper tier.
    share = Fraction(standing.tables_uploaded, standing.tables_required)
    return 1 if share >= cutoffs.first else 2 if share >= cutoffs.second else 3


def _blanks_at_odds(standing: HospitalStanding) -> Iterator[str]:
    if standing.has_uploaded and standing.last_upload_date is None:
        yield "has uploaded tables, but no last_upload_date."
    if standing.has_uploaded and standing.platform == "city" and standing.interruption_days is None:
        yield "has uploaded tables, but no interruption_days."
    if not standing.has_uploaded and standing.interruption_days is not None:
        yield "has interruption_days, but has uploaded nothing."
    if not standing.has_uploaded and standing.remark is None:
        yield "has uploaded nothing, and no remark says why."
    if standing.platform == "province" and standing.score is not None:
        yield "is on the province platform, but has a score."


def _unsafe_texts(standing: HospitalStanding) -> Iterator[str]:
    for name in ("district", "org_code", "hospital", "remark"):
        if (getattr(standing, name) or "").startswith(_FORMULA_STARTS):
            yield f"{name} begins like a formula of a spreadsheet."
