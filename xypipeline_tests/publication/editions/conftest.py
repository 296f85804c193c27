import shutil
from datetime import date
from pathlib import Path

import pytest

from xypipeline_tests.publication.editions.small_quarter import SmallQuarter


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in which 2023Q2 has been run once."""
    quarter = SmallQuarter(tmp_path_factory.mktemp("drafted") / "data")
    quarter.set_up()
    for org_code, rows in (("A1", 1000), ("B2", 100)):
        quarter.deliver(org_code, date(2023, 4, 3), rows)
        quarter.deliver(org_code, date(2023, 6, 30), rows)
    quarter.run()
    return quarter.data_dir


@pytest.fixture
def quarter(drafted: Path, tmp_path: Path) -> SmallQuarter:
    """A copy of its own for each test: edition 1 is a draft."""
    shutil.copytree(drafted, tmp_path / "data")
    return SmallQuarter(tmp_path / "data")


@pytest.fixture
def published(quarter: SmallQuarter) -> SmallQuarter:
    """Edition 1 is published."""
    quarter.publish()
    return quarter
