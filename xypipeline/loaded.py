"""What a process has loaded stays; Python need not search it for garbage again and again."""

import atexit
import gc


def spare_loaded() -> None:
    """Leave out of every later search for garbage whatever there is by now; call it once all is imported.

    Let go when the process ends, since DuckDB takes what is left of its own for a fault and says so.
    """
    gc.freeze()
    atexit.register(gc.unfreeze)
