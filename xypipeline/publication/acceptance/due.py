"""The standing that each registered hospital is due: worked out anew from ledger, register and policy.

Not from what the scores made of them, so that any figure altered since is found.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy, TierCutoffs
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.explain.scoring import weigh
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Institution, Registry
from xypipeline.warehouse import run_sql

_LEDGER_COUNTS = Path(__file__).with_name("ledger_counts.sql")
_NOTHING: Mapping[str, object] = {
    "tables_uploaded": 0,
    "rows_uploaded": 0,
    "rows_accepted": 0,
    "rows_qualified": 0,
    "upload_dates": (),
    "tables_received": (),
}
_REMARKS = {None: "未联通", "province": "已联通省全民健康信息平台"}


def due_standings(
    connection: DuckDBPyConnection, quarter: Quarter, as_of: date, basis: Basis
) -> tuple[HospitalStanding, ...]:
    """One standing for each hospital registered on `as_of`, in the register's order.

    Source: docs/scoring.md, clauses 4 to 9, and 14.
    """
    counts = run_sql(connection, _LEDGER_COUNTS, first_day=quarter.first, as_of=as_of)
    by_org_code = {row.pop("org_code"): row for row in counts.to_dicts()}
    counted = [
        _judged(_counted(one, by_org_code.get(one.org_code, _NOTHING), quarter, as_of, basis), basis.policy)
        for one in basis.registry.registered_on(as_of)
    ]
    return _ranked(_scored(counted, basis.policy))


def _counted(
    institution: Institution, counts: Mapping[str, object], quarter: Quarter, as_of: date, basis: Basis
) -> HospitalStanding:
    org_code = institution.org_code
    return HospitalStanding(
        period=str(quarter),
        as_of=as_of,
        standard_version=basis.catalogue.version,
        policy_version=basis.policy.version,
        registry_version=basis.registry.version,
        seq=institution.seq,
        district=institution.district,
        org_code=org_code,
        hospital=institution.name,
        platform=basis.registry.platform_of(org_code, as_of),
        tables_required=len(basis.catalogue.tables),
        tables_applicable=len(_applicable(basis, org_code, counts, quarter.first, as_of)),
        tables_uploaded=counts["tables_uploaded"],
        rows_uploaded=counts["rows_uploaded"],
        rows_accepted=counts["rows_accepted"],
        rows_qualified=counts["rows_qualified"],
        **_continuity(basis.registry, org_code, counts, quarter.first, as_of),
        tier=None,
        is_severely_missing=None,
        is_good_continuity=None,
        score=None,
        rank=None,
        remark=None,
    )


def _applicable(
    basis: Basis, org_code: str, counts: Mapping[str, object], first: date, as_of: date
) -> set[str]:
    excused = {code for org, code in basis.registry.inapplicable_tables(first, as_of) if org == org_code}
    return set(basis.catalogue.tables) - excused.difference(counts["tables_received"] or ())


def _continuity(
    registry: Registry, org_code: str, counts: Mapping[str, object], first: date, as_of: date
) -> dict[str, object]:
    uploaded = set(counts["upload_dates"] or ())
    expected = registry.expected_days(org_code, first, as_of)
    has_record = counts["rows_uploaded"] > 0
    return {
        "upload_days": len(uploaded),
        "expected_days": len(expected),
        "interruption_days": len(set(expected) - uploaded) if has_record and expected else None,
        "last_upload_date": max(uploaded, default=None) if has_record else None,
    }


def _judged(standing: HospitalStanding, policy: Policy) -> HospitalStanding:
    is_on_city, days = standing.platform == "city", standing.interruption_days
    silent = None if standing.has_uploaded else "未上传数据"
    return replace(
        standing,
        tier=_tier(standing, policy.tier_cutoffs) if is_on_city else None,
        is_severely_missing=_is_severely_missing(standing, policy.tier_cutoffs) if is_on_city else None,
        is_good_continuity=None if days is None else days <= policy.good_continuity_days,
        remark=_REMARKS.get(standing.platform, silent),
    )


def _tier(standing: HospitalStanding, cutoffs: TierCutoffs) -> int:
    if not standing.has_uploaded:
        return 4
    # Exact, never a rounded percentage: on the cut-off is in the upper tier.
    share = Fraction(standing.tables_uploaded, standing.tables_required)
    return 1 if share >= cutoffs.first else 2 if share >= cutoffs.second else 3


def _is_severely_missing(standing: HospitalStanding, cutoffs: TierCutoffs) -> bool:
    share = Fraction(standing.tables_uploaded, standing.tables_required)
    return 0 < share < cutoffs.severely_missing


def _scored(standings: list[HospitalStanding], policy: Policy) -> list[HospitalStanding]:
    scored = [one for one in standings if one.platform != "province"]
    largest = max((one.rows_uploaded for one in scored), default=0)
    if not largest:
        return standings
    return [
        replace(one, score=weigh(one, largest, policy.weights).total) if one in scored else one
        for one in standings
    ]


def _ranked(standings: list[HospitalStanding]) -> tuple[HospitalStanding, ...]:
    keys = {one.org_code: _rank_key(one) for one in standings if one.score is not None}
    ordered = sorted(keys.values())
    return tuple(
        replace(one, rank=bisect_left(ordered, keys[one.org_code]) + 1) if one.org_code in keys else one
        for one in standings
    )


def _rank_key(standing: HospitalStanding) -> tuple[object, ...]:
    is_dated = standing.last_upload_date is not None
    return (
        -standing.score,
        -standing.tables_uploaded,
        -standing.rows_uploaded,
        (standing.interruption_days is None, standing.interruption_days or 0),
        (not is_dated, -standing.last_upload_date.toordinal() if is_dated else 0),
    )
