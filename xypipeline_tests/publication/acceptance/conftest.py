from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from xypipeline.policy.policy import Policy
from xypipeline.publication.acceptance.gate import accept_quarter
from xypipeline.publication.acceptance.verdict import Acceptance
from xypipeline.publication.editions.basis import load_basis
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Registry
from xypipeline_tests.publication.city import QUARTER, warehouse_of

Accept = Callable[[tuple[HospitalStanding, ...]], Acceptance]


@pytest.fixture
def accept(registry: Registry, policy: Policy, tmp_path: Path) -> Accept:
    """Holds standings against the ledger of the small city; nothing is published."""
    basis = replace(load_basis(QUARTER.year), registry=registry, policy=policy)

    def accept(standings: tuple[HospitalStanding, ...]) -> Acceptance:
        return accept_quarter(warehouse_of(standings), QUARTER, basis, tmp_path)

    return accept
