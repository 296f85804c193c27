"""No room: the run fails and says so, nothing is damaged, and with room again the next run gives the same."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from xypipeline_tests.crash.bench import Bench
from xypipeline_tests.crash.installation import Ended, Place
from xypipeline_tests.crash.outcome import contents_of, difference, outcome_of
from xypipeline_tests.crash.scenarios import QUARTER, SCENARIOS, Scenario

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("crash 1")]

KIB = 1024
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}


def check_what_comes_after(bench: Bench, scenario: Scenario, place: Place, failed: Ended) -> None:
    assert failed.exit_code == 1, failed.output
    # Dagster tells what it could not note down, too; ours is the line that says what to do.
    assert any(line.startswith("xypipeline: ") for line in failed.output.splitlines()), failed.output
    bench.again(scenario, place)
    assert difference(outcome_of(place.data_dir), bench.undisturbed(scenario).outcome) == []
    assert "全部相符" in bench.server.must(place, "verify", QUARTER, "--landing").output


@pytest.mark.parametrize("kib", [8, 64, 200, 600, 1500, 2500, 3500, 4500])
@pytest.mark.parametrize("name", ["daily run", "backup", "restore"])
def test_no_file_may_grow_beyond_a_size(name: str, kib: int, bench: Bench, tmp_path: Path) -> None:
    """A quota, in a way that every machine has: what is written beyond fails."""
    scenario = BY_NAME[name]
    place = bench.state(scenario.state).copy_to(tmp_path / "place")

    limited = bench.server.run(
        place, *scenario.command_in(place), file_size_limit=kib * KIB, retry_at_once=True
    )

    if limited.exit_code != 0:
        check_what_comes_after(bench, scenario, place, limited)
    shutil.rmtree(tmp_path)


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[None]:
    """A file system with so much room."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small file system")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("kib", [0, 32, 128, 512, 1024, 2048, 4096])
def test_the_disk_is_full(kib: int, bench: Bench, tmp_path: Path) -> None:
    scenario = BY_NAME["daily run"]
    prepared = bench.state(scenario.state)
    taken = sum(-(-path.stat().st_size // 4096) * 4 + 4 for path in prepared.folder.rglob("*"))
    with small_disk(tmp_path / "disk", taken + kib):
        place = Place(tmp_path / "disk" / "place")
        shutil.copytree(prepared.folder, place.folder)
        before = contents_of(place.data_dir / "warehouse.duckdb")

        full = bench.server.run(place, *scenario.command, retry_at_once=True)

        if full.exit_code != 0:
            subprocess.run(["mount", "-o", "remount,size=200m", tmp_path / "disk"], check=True)
            assert contents_of(place.data_dir / "warehouse.duckdb").keys() == before.keys()
            check_what_comes_after(bench, scenario, place, full)
