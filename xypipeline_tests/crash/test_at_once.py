"""Two programs at work on one installation at the same moment."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from xypipeline.backup import read_backup
from xypipeline.warehouse import read_warehouse
from xypipeline_tests.crash.bench import Bench
from xypipeline_tests.crash.installation import DAYS, Place, environment_of, process_environment, upload
from xypipeline_tests.crash.outcome import LAST_RUN, contents_of, difference, outcome_of
from xypipeline_tests.crash.scenarios import QUARTER, drafted, one_day

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("crash 3")]

SECOND, THIRD = ("run", DAYS[1]), ("run", DAYS[2])


@pytest.mark.parametrize(
    "commands",
    [
        (SECOND, SECOND),
        (SECOND, THIRD),
        (SECOND, ("run", f"{DAYS[0]}..{DAYS[2]}")),
        (SECOND, ("backup", "{}")),
    ],
    ids=["one day twice", "two days", "a day and a backfill", "a day and a backup"],
)
def test_two_at_once_give_what_one_after_the_other_gives(
    commands: tuple[tuple[str, ...], ...], bench: Bench, tmp_path: Path
) -> None:
    in_turn = bench.state(one_day).copy_to(tmp_path / "in turn")
    at_once = bench.state(one_day).copy_to(tmp_path / "at once")
    for command in commands:
        bench.server.must(in_turn, *filled(command, in_turn))

    ended = bench.server.run_all(at_once, [filled(command, at_once) for command in commands])

    assert [one.exit_code for one in ended] == [0, 0], "\n".join(one.output for one in ended)
    assert differ(at_once, in_turn) == []
    assert "全部相符" in bench.server.must(at_once, "verify", QUARTER, "--landing").output
    if commands[1][0] == "backup":
        restored = Place(tmp_path / "restored")
        shutil.copytree(at_once.landing_dir, restored.landing_dir)
        read_backup(at_once.folder / "backup")
        bench.server.must(restored, "restore", str(at_once.folder / "backup"))
        bench.server.must(restored, *SECOND)
        assert differ(restored, in_turn) == []
    shutil.rmtree(tmp_path)


def differ(place: Place, other: Place) -> list[str]:
    found = difference(outcome_of(place.data_dir), outcome_of(other.data_dir))
    return [name for name in found if name != f"warehouse {LAST_RUN}"]


def filled(command: tuple[str, ...], place: Place) -> list[str]:
    return [word.format(place.folder / "backup") for word in command]


def test_a_run_by_hand_while_the_daemon_takes_in_a_late_file(bench: Bench, tmp_path: Path) -> None:
    by_hand = bench.state(drafted).copy_to(tmp_path / "by hand")
    beside = bench.state(drafted).copy_to(tmp_path / "beside the daemon")
    for place in (by_hand, beside):
        upload(place, DAYS[2], part="late")
        for path in (place.landing_dir / DAYS[2]).rglob("*.late.csv"):
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    bench.server.must(by_hand, "run", f"{DAYS[1]}..{DAYS[2]}")

    with daemon(bench, beside):
        deadline = time.monotonic() + 240
        while "late" not in late_paths(beside):
            bench.server.must(beside, *SECOND, "--again")
            assert time.monotonic() < deadline, "the daemon has not taken in the late file"
    bench.server.must(beside, *SECOND)

    found, expected = (contents_of(place.data_dir / "warehouse.duckdb") for place in (beside, by_hand))
    assert found == expected | {LAST_RUN: found[LAST_RUN]}
    assert "全部相符" in bench.server.must(beside, "verify", QUARTER, "--landing").output
    shutil.rmtree(tmp_path)


def late_paths(place: Place) -> str:
    with read_warehouse(place.data_dir / "warehouse.duckdb", lock_timeout=60) as connection:
        return str(connection.execute("select path from landing.file where rows_accepted > 0").fetchall())


@contextmanager
def daemon(bench: Bench, place: Place) -> Iterator[None]:
    """Dagster's daemon with all sensors, stopped as systemd would stop it."""
    environment = (
        process_environment(bench.program_dir)
        | environment_of(place)
        | {"DAGSTER_HOME": str(place.data_dir / "state")}
    )
    home = [sys.executable, "-m", "xypipeline.orchestration.home"]
    subprocess.run(home, cwd=bench.program_dir, env=environment, capture_output=True, check=True)
    command = [Path(sys.executable).with_name("dagster-daemon"), "run", "-m", "xypipeline.definitions"]
    with (place.folder / "daemon.txt").open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=bench.program_dir,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)
