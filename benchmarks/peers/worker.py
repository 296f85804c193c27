"""Runs one peer over the file and says what it found: `python -m peers.worker PEER ROWS WORK`.

Prints a line of JSON once the first result is there, and one with all of them.
"""

import json
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from peers.checks import read_work


def main() -> None:
    """Let the peer judge the rows."""
    tool = import_module(f"peers.tools.{sys.argv[1]}")
    rows, work = Path(sys.argv[2]), read_work(Path(sys.argv[3]))
    told: list[bool] = []

    def tell_first() -> None:
        if not told:
            told.append(True)
            _say({"first": True})

    breaches = tool.judge(rows, work, tell_first)
    tell_first()
    versions = {package: version(package) for package in tool.PACKAGES}
    _say({"breaches": {name: int(count) for name, count in breaches.items()}, "versions": versions})


def _say(message: dict) -> None:
    # At once, or what a tool prints meanwhile gets in between.
    sys.__stdout__.write(json.dumps(message) + "\n")
    sys.__stdout__.flush()


if __name__ == "__main__":
    main()
