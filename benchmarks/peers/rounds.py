"""Runs the peers round after round, so that whatever else the machine does meets all alike."""

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from peers.environments import OURS
from peers.processes import Measured, run_peer
from peers.report import PeerRuns

# Minutes for all rows: they take row by row, so that some tell of all.
SAMPLED_ROWS = {"cerberus": 50_000}


def make_rows(folder: Path, rows: int) -> Path:
    """The file of that many rows, made if it is not there; beside it, as .json, the work."""
    path = folder / f"rows-{rows}.csv"
    if not path.exists():
        _tell(f"making {rows:,} rows")
        command = [sys.executable, "-m", "peers.simulated_rows", str(rows), str(path)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        subprocess.run(command, check=True, env=environment)
    return path


def measure(peers: Sequence[str], path: Path, rows: int, runs: int, folder: Path) -> list[PeerRuns]:
    """All runs of each peer; ours comes first, and what it finds is what all have to find.

    Args:
        peers: names; ours first.
        path: the file of all rows.
        rows: their number.
        runs: of each peer.
        folder: for samples, logs and environments.
    """
    work = path.with_suffix(".json")
    files = {peer: _sample(path, SAMPLED_ROWS.get(peer, rows), rows) for peer in peers}
    expected = {file: run_peer(OURS, file, work, folder).breaches for file in set(files.values())}
    measured: dict[str, list[Measured]] = {peer: [] for peer in peers}
    for number in range(runs):
        for peer in peers:
            _tell(f"run {number + 1} of {runs}: {peer}")
            measured[peer].append(run_peer(peer, files[peer], work, folder))
    return [
        PeerRuns(peer, min(rows, SAMPLED_ROWS.get(peer, rows)), measured[peer], expected[files[peer]])
        for peer in peers
    ]


def _sample(path: Path, wanted: int, rows: int) -> Path:
    if wanted >= rows:
        return path
    sample = path.with_name(f"{path.stem}-first-{wanted}.csv")
    if not sample.exists():
        with path.open(encoding="utf-8") as whole, sample.open("w", encoding="utf-8") as file:
            file.writelines(islice(whole, wanted + 1))
    return sample


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
