import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from xypipeline.publication.acceptance.apart import accept_apart, begin_apart
from xypipeline.publication.acceptance.material import Material, gather_material
from xypipeline.publication.editions.basis import load_basis
from xypipeline_tests.publication.city import CITY, QUARTER, warehouse_of

BEGIN_AND_WAIT = f"""
import time
from {begin_apart.__module__} import begin_apart
print(begin_apart().pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    accept_apart.cache_clear()
    yield
    accept_apart.cache_clear()


@pytest.fixture
def material(tmp_path: Path) -> Material:
    return gather_material(warehouse_of(CITY), QUARTER, load_basis(QUARTER.year), tmp_path)


def test_the_answers_are_those_of_the_suites_themselves(material: Material) -> None:
    # Takes seconds to load.
    from xypipeline.publication.acceptance.accept import accept

    unsound = replace(material, full_score=Decimal(1))
    assert [accept_apart(one) for one in (material, unsound)] == [accept(one) for one in (material, unsound)]
    assert accept(material) != accept(unsound)


def test_a_process_that_has_ended_is_told_of_and_the_next_question_begins_another(material: Material) -> None:
    before = begin_apart()
    before.kill()

    with pytest.raises(RuntimeError, match="ended with -9"):
        accept_apart(material)

    assert len(accept_apart(material).verdicts) == 6
    assert begin_apart() is not before


def test_nobody_stays_behind_whoever_began_it_is_killed() -> None:
    command = [sys.executable, "-c", BEGIN_AND_WAIT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as who_began:
        who_began.stdout.readline()
        who_began.kill()
        # Both have it open: its end comes with the end of the second.
        assert who_began.stderr.read() == b""
