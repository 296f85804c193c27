import subprocess
import sys


def test_the_definitions_load_without_what_only_runs_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, xypipeline.definitions; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert {"duckdb", "polars", "pandas", "pandera", "pyarrow"}.isdisjoint(done.stdout.split())
