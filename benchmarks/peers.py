"""Times other validators at our work beside ours: the same checks of the same rows, whole processes.

Makes the rows and each peer's environment once and keeps them; prints a table and writes `peers.json`. A peer
that finds other breaches than we do is void, and the exit status is 1.
"""

import argparse
import json
import sys
from pathlib import Path

from peers.checks import read_work
from peers.environments import OURS, compile_lock, python_of
from peers.report import as_data, as_table
from peers.rounds import make_rows, measure

PEERS = (
    "great_expectations",
    "pandera_pandas",
    "pandera_polars",
    "dataframely",
    "pointblank",
    "dbt",
    "soda",
    "pydantic",
    "cerberus",
)


def main() -> None:
    """Prepare, measure, print and write."""
    arguments = _arguments()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    path = make_rows(folder, arguments.rows)
    for peer in arguments.only:
        if arguments.lock:
            compile_lock(peer)
        python_of(peer, folder)
    measured = measure([OURS, *arguments.only], path, arguments.rows, arguments.runs, folder)
    work = read_work(path.with_suffix(".json"))
    about = {
        "table_code": work.table_code,
        "rows": arguments.rows,
        "megabytes": round(path.stat().st_size / 2**20),
        "checks": len(work.checks),
        "runs": arguments.runs,
    }
    data = as_data(measured, about)
    (folder / "peers.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    print(as_table(data))
    sys.exit(any(entry["mismatches"] for entry in data["peers"]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=PEERS, default=PEERS, metavar="PEER", help="beside ours")
    parser.add_argument("--folder", type=Path, default=Path("data/bench/peers"))
    parser.add_argument("--lock", action="store_true", help="compile the peers' locks anew before")
    return parser.parse_args()


if __name__ == "__main__":
    main()
