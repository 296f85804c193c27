"""The gate as the run sees it: one call."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.publication.acceptance.apart import accept_apart
from xypipeline.publication.acceptance.material import gather_material
from xypipeline.publication.acceptance.verdict import Acceptance
from xypipeline.publication.editions.basis import Basis


def accept_quarter(
    connection: DuckDBPyConnection, quarter: Quarter, basis: Basis, folder: Path
) -> Acceptance:
    """Hold a scored quarter's figures against ledger, register, policy and the edition in force.

    Args:
        connection: the warehouse.
        quarter: a scored one.
        basis: what it was scored with.
        folder: of the period's publication.

    Raises:
        PublicationError: the quarter has not been scored, or a published edition is missing or damaged.
    """
    return accept_apart(gather_material(connection, quarter, basis, folder))
