"""Measures the product at a scale beside a bare load of the same files; `make bench` runs it.

Prints the tables, and puts them between the marks of docs/benchmarks.md. Uploads are made once for each scale
and kept; everything else is made anew.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from quarter.installation import Installation
from quarter.report import (
    HEAD_OF_GOALS,
    line_of,
    machine,
    table_of_cores,
    table_of_peers,
    table_of_rules,
    write_between,
)
from quarter.work import figures_of, load_both, rules_of_a_day

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
# One core against two is measured at this share of the scale.
CORES_SHARE = 0.1


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    large, small, middle = (
        _installation(arguments.folder, arguments.scale * share) for share in (1, 0.01, CORES_SHARE)
    )
    lines: list[str] = []
    for line in _measure(large, small, middle, arguments.runs):
        # Told at once: full scale takes long, and what is measured is not to be lost with what comes after.
        print(line, flush=True)
        lines.append(line)
    if not arguments.no_page:
        write_between(PAGE, BEGIN, END, "\n".join(lines))


def _measure(large: Installation, small: Installation, middle: Installation, runs: int) -> Iterator[str]:
    yield from (f"Measured at scale {large.scale:g} on {machine()}.", "", HEAD_OF_GOALS)
    yield from map(line_of, figures_of(large, small, runs))
    yield from ("", table_of_rules(rules_of_a_day(large)))
    by_cores = {cores: load_both(middle, cores) for cores in (1, 2)}
    yield from ("", f"At scale {middle.scale:g}:", "", table_of_cores(by_cores))
    peers = large.folder.parent / "peers" / "peers.json"
    if peers.is_file():
        data = json.loads(peers.read_text(encoding="utf-8"))
        yield from ("", f"{data['checks']} checks of {data['rows']:,} rows:", "", table_of_peers(data))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    parser.add_argument("--no-page", action="store_true", help="only print")
    return parser.parse_args()


def _installation(folder: Path, scale: float) -> Installation:
    place = (folder / f"scale-{scale:g}").resolve()
    place.mkdir(parents=True, exist_ok=True)
    return Installation(scale, place)


if __name__ == "__main__":
    main()
