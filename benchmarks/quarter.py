"""Times a simulated quarter beside a bare DuckDB load of the same files; `make bench` runs it.

Whole processes, so that start-up counts. The uploads are made once for each scale and kept.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import dagster
import duckdb
import polars

PERIOD = "2023Q2"
BARE_LOAD = """
import sys, duckdb
from pathlib import Path
landing, warehouse = Path(sys.argv[1]), sys.argv[2]
connection = duckdb.connect(warehouse)
for table in sorted({path.stem for path in landing.glob("*/*/*.csv")}):
    files = sorted(str(path) for path in landing.glob(f"*/*/{table}.csv"))
    load = f"create table {table} as select * from read_csv($files, all_varchar = true)"
    connection.execute(load, {"files": files})
"""


def measure(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; its seconds and its peak memory in MB."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command[:3])} failed")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Simulate when needed, measure, print one line for each piece of work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01)
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    arguments = parser.parse_args()
    folder = (arguments.folder / f"scale-{arguments.scale:g}").resolve()
    environment = {**os.environ, "XY_DATA_DIR": str(folder), "XY_LANDING_DIR": str(folder / "landing")}
    program = str(Path(sys.executable).with_name("xypipeline"))
    measured = {}
    if not (folder / "landing").is_dir():
        simulate = [program, "simulate", PERIOD, "--scale", str(arguments.scale)]
        measured["simulate"] = measure(simulate, environment)
    for stale in [*folder.glob("warehouse.duckdb*"), *folder.glob("bare.duckdb*")]:
        stale.unlink()
    bare = [sys.executable, "-c", BARE_LOAD, str(folder / "landing"), str(folder / "bare.duckdb")]
    measured["bare DuckDB load"] = measure(bare, environment)
    measured[f"run {PERIOD}"] = measure([program, "run", PERIOD], environment)
    measured[f"run {PERIOD} again"] = measure([program, "run", PERIOD], environment)
    measured["run one day again"] = measure([program, "run", "2023-04-05"], environment)
    report(arguments.scale, folder, measured)


def report(scale: float, folder: Path, measured: dict[str, tuple[float, float]]) -> None:
    """Print machine, versions and the table."""
    print(
        f"scale {scale:g}; {platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}"
    )
    print(f"dagster {dagster.__version__}, duckdb {duckdb.__version__}, polars {polars.__version__}")
    bare_seconds = measured["bare DuckDB load"][0]
    print(f"{'work':<22}{'seconds':>9}{'x bare load':>13}{'peak MB':>9}")
    for name, (seconds, megabytes) in measured.items():
        print(f"{name:<22}{seconds:>9.1f}{seconds / bare_seconds:>13.1f}{megabytes:>9.0f}")
    size = (folder / "warehouse.duckdb").stat().st_size / 2**20
    print(f"warehouse {size:,.0f} MB")


if __name__ == "__main__":
    main()
