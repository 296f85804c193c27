"""Whole processes, so that start-up counts: seconds of the wall and of the processors, and peak memory."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """What one process took."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str
    """What it printed."""


def run(command: Sequence[str], environment: Mapping[str, str], cores: int | None = None) -> Measured:
    """Run a command to its end, on as many cores as given; one that fails ends the measuring."""
    if cores is not None:
        command = ["taskset", "--cpu-list", f"0-{cores - 1}", *command]
    started = time.monotonic()
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        sys.exit(f"{' '.join(command[:4])} failed")
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Measured(time.monotonic() - started, cpu_seconds, usage.ru_maxrss / 1024, output)


def median_of(runs: Sequence[Measured]) -> Measured:
    """The medians of several runs, each figure by itself."""
    figures = (median(getattr(one, name) for one in runs) for name in ("seconds", "cpu_seconds", "peak_mb"))
    return Measured(*figures, runs[-1].output)
