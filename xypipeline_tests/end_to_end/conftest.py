from pathlib import Path

import pytest

from xypipeline_tests.end_to_end.installation import Installation

SCALE = "0.001"


def simulated(data_dir: Path, *options: str) -> Installation:
    installation = Installation(data_dir)
    installation.must("simulate", "2023Q2", "--scale", SCALE, *options)
    installation.must("run", "2023Q2")
    return installation


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The quarter as the hospitals ought to send it."""
    return simulated(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="session")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The same quarter as hospitals do send it: every kind of file, and one row in a hundred faulty."""
    return simulated(tmp_path_factory.mktemp("messy"), "--faults", "0.01", "--messy")
