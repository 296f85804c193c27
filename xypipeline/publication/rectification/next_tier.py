"""The shortest way into the tier above: how many tables are wanting, and which to begin with.

Tables that most hospitals of the same kind upload come first: what they have in their systems, this hospital
most likely has, too. Among equals, what most hospitals of any kind upload; then what every hospital must have
whatever its business; then the standard's order.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from xypipeline.policy.policy import TierCutoffs
from xypipeline.publication.details.model import HospitalDetail
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Table


@dataclass(frozen=True)
class Candidate:
    """A missing table, with the number of hospitals that uploaded it."""

    table: Table
    of_kind: int
    """Of the same kind as the hospital."""
    of_all: int


@dataclass(frozen=True)
class NextTier:
    """The tier above a hospital's, and what it lacks to be in it."""

    tier: int
    tables_wanted: int
    """In all, those uploaded already among them."""
    candidates: tuple[Candidate, ...]
    """As many as are wanting, the easiest first."""


@dataclass(frozen=True)
class Uploaders:
    """How many hospitals uploaded each table: of each kind, and of all."""

    kinds: Mapping[str, str]
    """By org_code."""
    of_kind: Mapping[str, Counter[str]]
    """Hospitals by table code, by kind."""
    of_all: Counter[str]

    def candidate(self, org_code: str, table: Table) -> Candidate:
        """What is known of one table, from the place of one hospital that lacks it."""
        of_kind = self.of_kind.get(self.kinds.get(org_code, ""), Counter())
        return Candidate(table, of_kind[table.code], self.of_all[table.code])


def count_uploaders(details: Mapping[str, HospitalDetail], registry: Registry) -> Uploaders:
    """Count once for all hospitals."""
    kinds = {one.org_code: one.kind for one in registry.institutions}
    of_kind: dict[str, Counter[str]] = {}
    of_all: Counter[str] = Counter()
    for org_code, detail in details.items():
        codes = [one.table.code for one in detail.present]
        of_kind.setdefault(kinds.get(org_code, ""), Counter()).update(codes)
        of_all.update(codes)
    return Uploaders(kinds, of_kind, of_all)


def find_next_tier(
    detail: HospitalDetail, tier: int | None, cutoffs: TierCutoffs, uploaders: Uploaders
) -> NextTier | None:
    """The way into the tier above; None for a hospital of the first tier, or of none.

    None also for one that does not owe as many tables as it would take.

    Source: docs/scoring.md, clause 6, read backwards.
    """
    if tier is None or tier == 1:
        return None
    wanted = _tables_wanted(tier - 1, len(detail.tables), cutoffs)
    candidates = sorted(
        (uploaders.candidate(detail.org_code, one.table) for one in detail.wanting),
        key=lambda one: (-one.of_kind, -one.of_all, bool(one.table.applicability), one.table.no),
    )
    wanting = wanted - len(detail.present)
    return NextTier(tier - 1, wanted, tuple(candidates[:wanting])) if len(candidates) >= wanting else None


def _tables_wanted(tier: int, tables_required: int, cutoffs: TierCutoffs) -> int:
    """The fewest tables of a tier; the cut-offs are exact shares."""
    shares = {1: cutoffs.first, 2: cutoffs.second}
    # Whatever was uploaded is the third tier.
    return ceil(shares[tier] * tables_required) if tier in shares else 1
