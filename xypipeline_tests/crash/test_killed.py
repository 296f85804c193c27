"""SIGKILL at any moment: what comes after gives what it would have given without.

`XY_CRASH_KILLS` says how many, `XY_CRASH_SEED` which: another seed kills at other moments.
"""

import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from xypipeline.backup import read_backup
from xypipeline_tests.crash.bench import Bench, Undisturbed
from xypipeline_tests.crash.installation import Place
from xypipeline_tests.crash.outcome import (
    contents_of,
    damaged_files,
    difference,
    outcome_of,
    torn_tables,
)
from xypipeline_tests.crash.scenarios import QUARTER, SCENARIOS, Scenario

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("XY_CRASH_KILLS", "200"))
SEED = os.environ.get("XY_CRASH_SEED", "1")
# The first kills of these are among the tests of every day.
FEW = {"daily run": 2, "review": 2, "publication": 6}
# Parts of the tests that run in one process of the test runner after another.
GROUPS = 8
MOST_DRAWS = 10


@dataclass(frozen=True)
class Case:
    """The `number`-th kill of a scenario."""

    scenario: Scenario
    number: int

    def __str__(self) -> str:
        return f"{self.scenario.name} {self.number}"

    def draw(self, attempt: int, undisturbed: Undisturbed) -> dict[str, float | int]:
        """When to kill: at a point, each kind of them in turn; every third time at any moment."""
        drawn = random.Random(f"{SEED} {self} {attempt}")
        if self.number % 3 == 2:
            return {"signal_after": drawn.uniform(0, undisturbed.seconds)}
        kinds = sorted(set(undisturbed.points))
        random.Random(f"{SEED} {self.scenario.name}").shuffle(kinds)
        kind = kinds[(self.number - self.number // 3 + attempt) % len(kinds)]
        return {"kill_at": drawn.choice([n for n, name in enumerate(undisturbed.points, 1) if name == kind])}


def cases() -> Iterator[object]:
    for scenario in SCENARIOS:
        for number in range(round(KILLS * scenario.share / 1000)):
            is_of_few = number < FEW.get(scenario.name, 0)
            group = "crash" if is_of_few else f"crash {number % GROUPS}"
            marks = [pytest.mark.xdist_group(group), *([] if is_of_few else [pytest.mark.long])]
            case = Case(scenario, number)
            yield pytest.param(case, marks=marks, id=str(case))


@pytest.mark.parametrize("case", list(cases()))
def test_a_kill_changes_nothing_but_the_hour(
    case: Case, bench: Bench, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    undisturbed = bench.undisturbed(case.scenario)
    place, kill = killed(case, bench, undisturbed, tmp_path)
    record_property("killed", case.scenario.name)
    told = f"XY_CRASH_SEED={SEED}, {case}: {kill}"
    before = bench.contents(case.scenario.state)
    assert torn_tables(place.data_dir / "warehouse.duckdb", before, undisturbed.outcome.warehouse) == [], told
    assert damaged_files(place.data_dir / "publication") == [], told

    bench.again(case.scenario, place)

    assert difference(outcome_of(place.data_dir), undisturbed.outcome) == [], told
    if case.scenario.name == "backup":
        assert backup_is_whole(place), told
    if case.scenario.name == "restore":
        assert nothing_is_lost(place, bench.state(case.scenario.state)), told
    for command in case.scenario.then:
        bench.server.must(place, *command)
    verified = bench.server.run(place, "verify", QUARTER, "--landing")
    assert "全部相符" in verified.output, f"{told}\n{verified.output}"
    shutil.rmtree(tmp_path)


def killed(case: Case, bench: Bench, undisturbed: Undisturbed, folder: Path) -> tuple[Place, str]:
    """An installation in which the command was killed, and where; draws again if it was quicker."""
    for attempt in range(MOST_DRAWS):
        place = bench.state(case.scenario.state).copy_to(folder / str(attempt))
        drawn = case.draw(attempt, undisturbed)
        ended = bench.server.run(place, *case.scenario.command_in(place), **drawn)
        if ended.exit_code == -signal.SIGKILL:
            point = undisturbed.points[drawn["kill_at"] - 1] if "kill_at" in drawn else ""
            return place, f"{drawn} {point}"
        assert ended.exit_code == 0, ended.output
    pytest.fail(f"{case} was not killed in {MOST_DRAWS} attempts")


def backup_is_whole(place: Place) -> bool:
    backup = read_backup(place.folder / "backup").folder
    return contents_of(backup / "warehouse.duckdb") == contents_of(place.data_dir / "warehouse.duckdb")


def nothing_is_lost(place: Place, before: Place) -> bool:
    """What a restore replaced lies beside it."""
    wanted = contents_of(before.data_dir / "warehouse.duckdb")
    aside = place.data_dir.glob("replaced-*/warehouse.duckdb")
    return any(contents_of(path) == wanted for path in aside)
