import os
import subprocess
import sys

ENDING = """
import atexit, sys
from xypipeline.loaded import leave, spare_loaded
class Kept:
    def __del__(self): print("taken apart")
kept = Kept()
spare_loaded()
atexit.register(print, "asked for at the end")
sys.stdout.write("written ")
leave()
"""
SPARED = """
import gc
from xypipeline.loaded import spare_loaded
{before}
spare_loaded()
import duckdb
with duckdb.connect() as connection:
    print(connection.execute("select 42").fetchall(), gc.get_freeze_count() > 1000)
"""


def _output_of(program: str) -> tuple[str, str, int]:
    # What is written must be kept back, or nothing could be lost.
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=buffered)
    return ended.stdout, ended.stderr, ended.returncode


def test_who_leaves_has_written_all_and_takes_nothing_apart():
    assert _output_of(ENDING) == ("written asked for at the end\n", "", 0)


def test_duckdb_has_nothing_to_tell_at_the_end_whenever_it_was_loaded():
    for before in ("", "import duckdb"):
        assert _output_of(SPARED.format(before=before)) == ("[(42,)] True\n", "", 0)
