"""Progress in the terminal: a bar with table, rows and rate for people, a line a stage for logs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from xypipeline.orchestration.progress import Progress


class BarProgress:
    """A bar a stage: tables done, the table at work, rows so far and rows a second."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars

    def start_stage(self, stage: str, tables: int) -> None:
        """Begin the stage's bar."""
        self._rows, self._started = 0, time.monotonic()
        self._task = self._bars.add_task(stage, total=tables, table="", rows="", rate="")

    def start_table(self, title: str) -> None:
        """Show the table's title."""
        self._bars.update(self._task, table=title)

    def add_rows(self, rows: int) -> None:
        """Count rows and show their rate."""
        self._rows += rows
        seconds = max(time.monotonic() - self._started, 0.001)
        self._bars.update(self._task, rows=f"{self._rows:,} rows", rate=f"{self._rows / seconds:,.0f}/s")

    def finish_table(self) -> None:
        """Move the bar on by one table."""
        self._bars.advance(self._task)
        if self._bars.tasks[self._task].finished:
            self._bars.update(self._task, table="")


class LineProgress:
    """One line a stage, when it ends: for logs and pipes."""

    def start_stage(self, stage: str, tables: int) -> None:
        """Begin counting."""
        self._stage, self._left, self._tables = stage, tables, tables
        self._rows, self._started = 0, time.monotonic()

    def start_table(self, title: str) -> None:
        """Say nothing."""

    def add_rows(self, rows: int) -> None:
        """Count rows."""
        self._rows += rows

    def finish_table(self) -> None:
        """After the last table, tell what the stage did."""
        self._left -= 1
        if not self._left:
            seconds = time.monotonic() - self._started
            line = f"{self._stage}: {self._tables} tables, {self._rows:,} rows, {seconds:.0f} s"
            typer.echo(line, err=True)


@contextmanager
def terminal_progress() -> Iterator[Progress]:
    """A bar on a terminal, quiet lines elsewhere; both on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield LineProgress()
        return
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rows]}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[table]}"),
    )
    with RichProgress(*columns, console=console) as bars:
        yield BarProgress(bars)
