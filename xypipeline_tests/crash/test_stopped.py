"""Ctrl-C and what systemd sends: the program ends at once, and what comes after is as after a kill."""

import shutil
import signal
from pathlib import Path

import pytest

from xypipeline_tests.crash.bench import Bench
from xypipeline_tests.crash.outcome import difference, outcome_of
from xypipeline_tests.crash.scenarios import QUARTER, SCENARIOS

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("crash 0")]

MOST_SECONDS_TO_END = 5
TOLD_WHEN_DONE = "attachment.json"
(DAILY,) = (scenario for scenario in SCENARIOS if scenario.name == "daily run")


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_what_the_next_one_completes(
    sent: signal.Signals, part: float, bench: Bench, tmp_path: Path
) -> None:
    undisturbed = bench.undisturbed(DAILY)
    after = part * undisturbed.seconds
    for attempt in range(10):
        place = bench.state(DAILY.state).copy_to(tmp_path / str(attempt))
        ended = bench.server.run(place, *DAILY.command, signal_after=after, signal=sent)
        if ended.seconds > after and TOLD_WHEN_DONE not in ended.output:
            break
        # It was done before, or was just ending.
        after *= 0.9

    assert ended.seconds < after + MOST_SECONDS_TO_END
    assert ended.exit_code != 0, ended.output
    assert "Traceback" not in ended.output
    bench.again(DAILY, place)
    assert difference(outcome_of(place.data_dir), undisturbed.outcome) == []
    assert "全部相符" in bench.server.must(place, "verify", QUARTER, "--landing").output
    shutil.rmtree(tmp_path)
