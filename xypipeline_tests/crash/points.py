"""The points at which a program changes the disk, counted and named; it can be killed there.

Before and after each commit of the warehouse and of Dagster's databases, each rename, removal and flush, and
before each file that is opened for writing. The program's own code is not touched: what it calls is wrapped.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STEPS = ("replace", "rename", "unlink", "remove", "rmdir", "mkdir", "chmod", "truncate", "fsync", "sendfile")
_BEFORE, _AFTER = "before", "after"


class Points:
    """Counts points; kills this process at one of them, or writes the names of all down."""

    def __init__(self, folder: Path, *, kill_at: int | None, names_to: Path | None):
        self._folder = folder
        self._kill_at = kill_at
        self._names = names_to.open("a", encoding="utf-8", buffering=1) if names_to else None
        self._passed = 0

    def watch(self) -> None:
        """Wrap what changes the disk, for the rest of this process."""
        for name in STEPS:
            setattr(os, name, self._around_step(name, getattr(os, name)))
        sys.addaudithook(self._at_open)
        self._watch_warehouse()
        self._watch_dagster()

    def passed(self, name: str) -> None:
        """One more point."""
        self._passed += 1
        if self._names:
            print(name, file=self._names)
        if self._passed == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _around_step(self, name: str, step: Callable) -> Callable:
        def run(*arguments: object, **options: object) -> object:
            place = self._place(arguments[0]) if arguments else None
            if place is None:
                return step(*arguments, **options)
            self.passed(f"{_BEFORE} {name} {place}")
            result = step(*arguments, **options)
            self.passed(f"{_AFTER} {name} {place}")
            return result

        return run

    def _at_open(self, event: str, arguments: tuple) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            place = self._place(arguments[0])
            if place is not None:
                self.passed(f"{_BEFORE} open {place}")

    def _watch_warehouse(self) -> None:
        from xypipeline.warehouse import transaction

        original = contextmanager(transaction.__wrapped__)

        def watched(connection: object) -> Iterator[None]:
            caller = _caller("xypipeline.", besides=("xypipeline.warehouse",))
            with original(connection):
                yield
                self.passed(f"{_BEFORE} commit {caller}")
            self.passed(f"{_AFTER} commit {caller}")

        # Whoever imported the function has the same one; what it wraps is in its closure.
        (cell,) = (cell for cell in transaction.__closure__ if cell.cell_contents is transaction.__wrapped__)
        cell.cell_contents = watched

    def _watch_dagster(self) -> None:
        from sqlalchemy.engine.default import DefaultDialect

        commit = DefaultDialect.do_commit

        def watched(dialect: DefaultDialect, connection: object) -> None:
            caller = _caller("dagster.", besides=("dagster._core.storage.sql",))
            self.passed(f"{_BEFORE} commit {caller}")
            commit(dialect, connection)
            self.passed(f"{_AFTER} commit {caller}")

        DefaultDialect.do_commit = watched

    def _place(self, target: object) -> str | None:
        """The folder of a file, as far as points are told apart by it; None outside the case's folder."""
        if isinstance(target, int):
            target = Path(f"/proc/self/fd/{target}").readlink() if target > 2 else ""
        try:
            path = Path(os.fsdecode(target)).resolve().relative_to(self._folder)
        except (TypeError, ValueError):
            return None
        return "/".join((*path.parts[:3][:-1], path.suffix)) if path.parts else None


def _caller(prefix: str, besides: tuple[str, ...]) -> str:
    frame = sys._getframe(2)
    while frame:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(prefix) and module not in besides:
            return f"{module}.{frame.f_code.co_name}"
        frame = frame.f_back
    return prefix
