"""What a process has loaded stays: it need not be searched for garbage, nor taken apart in the end."""

import atexit
import gc
import os
import sys
from typing import NoReturn


def spare_loaded() -> None:
    """Leave out of every later search for garbage whatever there is by now; call it once all is imported."""
    gc.freeze()
    if "duckdb" in sys.modules:
        # When the process ends, DuckDB takes what is left of its own for a fault and says so.
        atexit.register(gc.unfreeze)


def leave() -> NoReturn:
    """End the process as one that succeeded: what was to be written is, but no object is taken apart."""
    # What is asked for at the end may write, too.
    atexit._run_exitfuncs()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(os.EX_OK)
