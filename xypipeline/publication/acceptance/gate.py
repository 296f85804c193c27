"""The gate as the run sees it: one call."""

from functools import lru_cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.publication.acceptance.material import Material, gather_material
from xypipeline.publication.acceptance.verdict import Acceptance
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.processes import ACCEPT


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
    return _accept(gather_material(connection, quarter, basis, folder))


# A run asks when the quarter is scored, and again before it is published: same figures, same answer.
@lru_cache(maxsize=8)
def _accept(material: Material) -> Acceptance:
    return ACCEPT(material)
