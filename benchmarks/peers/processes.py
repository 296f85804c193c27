"""Runs one peer as a process of its own and takes its time, processor time, memory and first result."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peers.environments import python_of

_BENCHMARKS = Path(__file__).parent.parent
# Nothing is told to anyone, and nobody is waited for.
_QUIET = {
    "PYTHONWARNINGS": "ignore",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "SODA_CORE_TELEMETRY_ENABLED": "false",
}


@dataclass(frozen=True)
class Measured:
    """One run of a peer, from the start of the process to its end."""

    seconds: float
    cpu_seconds: float
    """Of all its threads, in the program and in the system for it."""
    peak_mb: float
    first_seconds: float
    """Until a caller could act on the first thing found."""
    breaches: Mapping[str, int]
    """By check; one that the peer cannot express is missing."""
    versions: Mapping[str, str]


def run_peer(peer: str, rows: Path, work: Path, folder: Path) -> Measured:
    """Let a peer judge the rows; exits when it fails.

    The peak counts pages of the file itself where a reader maps it, so it can differ with free memory.
    """
    command = [python_of(peer, folder), "-m", "peers.worker", peer, str(rows), str(work)]
    environment = {**os.environ, **_QUIET, "PYTHONPATH": str(_BENCHMARKS)}
    log = folder / f"{peer}.log"
    started = time.monotonic()
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder
        )
        first, last = None, {}
        for line in process.stdout:
            message = _message(line)
            if "first" in message:
                first = time.monotonic() - started
            last = message or last
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = status
    if status or first is None or "breaches" not in last:
        sys.exit(f"{peer} failed; see {log}")
    cpu_seconds = usage.ru_utime + usage.ru_stime
    peak_mb = usage.ru_maxrss / 1024
    return Measured(seconds, cpu_seconds, peak_mb, first, last["breaches"], last["versions"])


def _message(line: str) -> dict:
    # Some tools print, too.
    return json.loads(line) if line.startswith('{"') else {}
