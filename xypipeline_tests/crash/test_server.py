"""The server itself: what it starts does what a program does that people start."""

import subprocess
import sys
from pathlib import Path

import pytest

from xypipeline_tests.crash.bench import Bench
from xypipeline_tests.crash.installation import DAYS, environment_of, process_environment
from xypipeline_tests.crash.outcome import difference, outcome_of
from xypipeline_tests.crash.scenarios import one_day

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("crash 4")]


def test_started_by_the_server_or_afresh_a_run_gives_the_same(bench: Bench, tmp_path: Path) -> None:
    forked = bench.state(one_day).copy_to(tmp_path / "forked")
    afresh = bench.state(one_day).copy_to(tmp_path / "afresh")

    bench.server.must(forked, "run", DAYS[1])
    subprocess.run(
        [sys.executable, "-c", "from xypipeline.cli import app; app()", "run", DAYS[1]],
        cwd=bench.program_dir,
        env=process_environment(bench.program_dir) | environment_of(afresh),
        capture_output=True,
        check=True,
    )

    assert difference(outcome_of(forked.data_dir), outcome_of(afresh.data_dir)) == []
