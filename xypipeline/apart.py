"""A function in a process of its own: what it needs is loaded and done there while this process goes on.

As a program it answers: `python -m xypipeline.apart MODULE:FUNCTION`.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from xypipeline.errors import XyPipelineError


class Apart:
    """Asks a function that waits in a process of its own, which is kept, and ends with whoever began it.

    For what takes long to load or to do, and gets and gives little: it all goes through a pipe. Not for
    several threads at a time.
    """

    def __init__(self, function: str) -> None:
        """`function` is `package.module:name`."""
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Have the function loaded, if that was not begun yet."""
        if self._process is None:
            command = [sys.executable, "-P", "-m", __name__, self._function]
            # Whoever is stopped by Ctrl-C has it said once, and the other ends with its input.
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )

    def __call__(self, *arguments: object) -> Any:
        """What the function returns.

        Raises:
            XyPipelineError: what it raises of these.
            RuntimeError: the process has ended; what it had to say of that stands in the error output.
        """
        question = pickle.dumps(arguments)
        self.begin()
        try:
            self._process.stdin.write(question)
            self._process.stdin.flush()
            is_answered, answer = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise RuntimeError(f"{self._function} ended with exit status {self.end()}") from error
        if not is_answered:
            raise answer
        return answer

    @contextmanager
    def meanwhile(self, *arguments: object) -> Iterator[Callable[[], Any]]:
        """Begin to ask; what is given waits for the answer."""
        with ThreadPoolExecutor(max_workers=1) as thread:
            yield thread.submit(self, *arguments).result

    def end(self) -> int | None:
        """End the process, if it was begun, and tell its exit status."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.communicate()
        return process.returncode


def _answer(function: str) -> None:
    # Whatever is printed meanwhile is no answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    module, name = function.split(":")
    call = getattr(import_module(module), name)
    while sys.stdin.buffer.peek(1):
        arguments = pickle.load(sys.stdin.buffer)
        try:
            answer = (True, call(*arguments))
        except XyPipelineError as error:
            answer = (False, error)
        answers.write(pickle.dumps(answer))
        answers.flush()
    # Nothing is left to be done; DuckDB would tell of objects that outlive it.
    os._exit(0)


if __name__ == "__main__":
    _answer(sys.argv[1])
