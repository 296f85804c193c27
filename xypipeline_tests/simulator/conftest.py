from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from xypipeline.simulator.simulate import simulate
from xypipeline_tests.simulator.plans import QUARTER

# A small hospital that stops early (11 tables), and two that send a dictionary day by day.
HOSPITALS = ("411528003", "411526001", "411522001")

Simulated = tuple[Path, pl.DataFrame]


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Simulated]:
    """Simulates a few hospitals; gives the landing folder and the expected findings."""

    def run(**options: object) -> Simulated:
        folder = tmp_path_factory.mktemp("simulated")
        landing, expected = folder / "landing", folder / "expected.parquet"
        settings = {"scale": 0.001, "hospitals": HOSPITALS, **options}
        simulate(QUARTER, landing_dir=landing, expected_findings_path=expected, **settings)
        return landing, pl.read_parquet(expected)

    return run


@pytest.fixture(scope="session")
def plain(simulated: Callable[..., Simulated]) -> Path:
    return simulated()[0]


@pytest.fixture(scope="session")
def faulty(simulated: Callable[..., Simulated]) -> Simulated:
    return simulated(fault_rate=0.01)


@pytest.fixture(scope="session")
def central_hospital(simulated: Callable[..., Simulated]) -> Path:
    """The hospital with most tables, at enough rows for stays to end."""
    return simulated(hospitals=("411500001",))[0]
