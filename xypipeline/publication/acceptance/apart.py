"""Great Expectations in a process of its own, which loads it while the figures are still being computed.

As a program it answers: material in, its acceptance out, until nobody is left to ask.
"""

import os
import pickle
import subprocess
import sys
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # they take half of the time that is to be saved
    from xypipeline.publication.acceptance.material import Material
    from xypipeline.publication.acceptance.verdict import Acceptance


@cache
def begin_apart() -> subprocess.Popen[bytes]:
    """Start the process, unless it was; it ends with the one that began it."""
    command = [sys.executable, "-P", "-m", __name__]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


# A run asks when the quarter is scored, and again before it is published: same figures, same answer.
@lru_cache(maxsize=8)
def accept_apart(material: "Material") -> "Acceptance":
    """Run every suite, as `accept` does.

    Raises:
        RuntimeError: the process failed; what it has to say of it stands in the error output.
    """
    process = begin_apart()
    try:
        pickle.dump(material, process.stdin)
        process.stdin.flush()
        return pickle.load(process.stdout)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        begin_apart.cache_clear()
        process.communicate()
        raise RuntimeError(
            f"acceptance could not be run: its process ended with {process.returncode}"
        ) from error


def _answer() -> None:
    # Whatever is printed meanwhile is no answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from xypipeline.publication.acceptance.accept import accept

    while sys.stdin.buffer.peek(1):
        pickle.dump(accept(pickle.load(sys.stdin.buffer)), answers)
        answers.flush()
    # Nothing is left to be done; DuckDB would tell of objects that outlive it.
    os._exit(0)


if __name__ == "__main__":
    _answer()
