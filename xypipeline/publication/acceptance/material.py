"""What is held against what: the figures to be published, those that are due, and those in force."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.publication.acceptance.due import due_standings
from xypipeline.publication.acceptance.falls import Revision, find_revisions
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.figures import read_figures
from xypipeline.publication.standing import HospitalStanding


@dataclass(frozen=True)
class Material:
    """Figures of one quarter, a row per hospital; nothing of a patient."""

    quarter: Quarter
    found: tuple[HospitalStanding, ...]
    """As the scores have them."""
    due: tuple[HospitalStanding, ...]
    """As ledger, register and policy have them; one per registered hospital."""
    revisions: tuple[Revision, ...]
    decimals: tuple[tuple[str, int], ...]
    """Of each figure that is rounded."""
    full_score: Decimal
    """The most points there are."""


def gather_material(connection: DuckDBPyConnection, quarter: Quarter, basis: Basis, folder: Path) -> Material:
    """Read what a quarter's acceptance looks at.

    Args:
        connection: the warehouse.
        quarter: a scored one.
        basis: what it was scored with.
        folder: of the period, for the edition in force.

    Raises:
        PublicationError: the quarter has not been scored, or a published edition is missing or damaged.
    """
    figures = read_figures(connection, quarter, basis.policy)
    policy = basis.policy
    return Material(
        quarter=quarter,
        found=figures.standings,
        due=due_standings(connection, quarter, figures.as_of, basis),
        revisions=find_revisions(connection, figures, basis, folder),
        decimals=tuple(sorted(policy.decimals.items())),
        full_score=policy.weights.total,
    )
