"""Which hospitals belong to a group, by the rows of an attachment: the bulletin's or our own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from xypipeline.audit.published import HospitalFigures
from xypipeline.audit.statements import TIERS, Group
from xypipeline.policy.policy import Policy

UNCONNECTED, PROVINCE, NOTHING_UPLOADED = "未联通", "已联通省全民健康信息平台", "未上传数据"


@dataclass(frozen=True)
class Criteria:
    """By what hospitals are judged; None where it is not known."""

    tables_required: int | None
    as_of: date | None
    first: Fraction
    second: Fraction
    severe: Fraction | None
    good_days: int

    def least_tables(self, share: Fraction) -> int | None:
        """The fewest tables that reach a share."""
        return None if self.tables_required is None else ceil(share * self.tables_required)


def criteria_of(policy: Policy, tables_required: int | None, as_of: date | None) -> Criteria:
    """The criteria that a policy sets."""
    cutoffs = policy.tier_cutoffs
    return Criteria(
        tables_required=tables_required,
        as_of=as_of,
        first=cutoffs.first,
        second=cutoffs.second,
        severe=cutoffs.severely_missing,
        good_days=policy.good_continuity_days,
    )


def members(group: Group, rows: Sequence[HospitalFigures], criteria: Criteria) -> tuple[str, ...] | None:
    """The names of a group's hospitals in the rows' order; None where the rows do not tell."""
    belongs = [_TESTS[group](row, criteria) for row in rows] if group in _TESTS else [None]
    if any(one is None for one in belongs):
        return None
    return tuple(row.hospital for row, one in zip(rows, belongs, strict=True) if one)


def tier_of(row: HospitalFigures, criteria: Criteria) -> Group | None:
    """A hospital's tier; None: it is in none, as it is not connected to the city platform."""
    if row.tier is not None:
        return TIERS[row.tier - 1]
    if not _is_on_city_platform(row):
        return None
    if not row.tables_uploaded:
        return Group.TIER_4
    for group, share in ((Group.TIER_1, criteria.first), (Group.TIER_2, criteria.second)):
        least = criteria.least_tables(share)
        if least is not None and row.tables_uploaded >= least:
            return group
    return Group.TIER_3


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """Round a share as bulletins do: a half goes up."""
    scaled = value * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _is_on_city_platform(row: HospitalFigures) -> bool:
    return not (is_unconnected(row) or is_on_province_platform(row))


def is_unconnected(row: HospitalFigures) -> bool:
    """Whether the remark says that it is on no platform."""
    return UNCONNECTED in (row.remark or "")


def is_on_province_platform(row: HospitalFigures) -> bool:
    """Whether the remark says that it is on the province's platform."""
    return "省" in (row.remark or "") and "平台" in (row.remark or "")


def silent_days(row: HospitalFigures, criteria: Criteria) -> int | None:
    """Days from the last upload to the cut-off day."""
    if row.last_upload_date is None or criteria.as_of is None:
        return None
    return (criteria.as_of - row.last_upload_date).days


def _is_in_tier(tier: Group) -> Callable[[HospitalFigures, Criteria], bool | None]:
    def test(row: HospitalFigures, criteria: Criteria) -> bool | None:
        # Without the number of required tables only the fourth tier can be told.
        is_known = row.tier is not None or criteria.tables_required is not None or not row.tables_uploaded
        return tier_of(row, criteria) == tier if is_known else None

    return test


def _is_severe(row: HospitalFigures, criteria: Criteria) -> bool | None:
    if criteria.severe is None or criteria.tables_required is None:
        return None
    least = criteria.least_tables(criteria.severe)
    return tier_of(row, criteria) == Group.TIER_3 and row.tables_uploaded < least


def _is_good(row: HospitalFigures, criteria: Criteria) -> bool | None:
    if not row.tables_uploaded:
        return False
    if row.interruption_days is None:
        # Nothing was expected of a hospital off the city platform; else the cell lacks its figure.
        return None if _is_on_city_platform(row) else False
    return row.interruption_days <= criteria.good_days


def _is_interrupted(row: HospitalFigures, criteria: Criteria) -> bool | None:
    good = _is_good(row, criteria)
    if good is None:
        return None
    return bool(row.tables_uploaded) and not good and _is_on_city_platform(row)


def _is_wholly_interrupted(row: HospitalFigures, criteria: Criteria) -> bool | None:
    interrupted, silent = _is_interrupted(row, criteria), silent_days(row, criteria)
    if not interrupted:
        return interrupted
    return None if silent is None else silent > criteria.good_days


def _is_partly_interrupted(row: HospitalFigures, criteria: Criteria) -> bool | None:
    wholly = _is_wholly_interrupted(row, criteria)
    return None if wholly is None else bool(_is_interrupted(row, criteria)) and not wholly


_TESTS: Mapping[Group, Callable[[HospitalFigures, Criteria], bool | None]] = {
    Group.ALL: lambda row, criteria: True,
    Group.CONNECTED: lambda row, criteria: not is_unconnected(row),
    Group.UNCONNECTED: lambda row, criteria: is_unconnected(row),
    Group.CITY: lambda row, criteria: _is_on_city_platform(row),
    Group.PROVINCE: lambda row, criteria: is_on_province_platform(row),
    Group.UPLOADING: lambda row, criteria: bool(row.tables_uploaded),
    **{tier: _is_in_tier(tier) for tier in TIERS},
    Group.SEVERE: _is_severe,
    Group.GOOD: _is_good,
    Group.PARTLY: _is_partly_interrupted,
    Group.WHOLLY: _is_wholly_interrupted,
    Group.INTERRUPTED: _is_interrupted,
}
