"""How a run tells people where it is; the terminal and the silence are two listeners of the same calls."""

from typing import Protocol


class Progress(Protocol):
    """Hears of each stage, table and batch of rows, in the order of the work."""

    def start_stage(self, stage: str, tables: int) -> None:
        """A stage begins, with so many tables to go through."""

    def start_table(self, title: str) -> None:
        """A table of the stage begins."""

    def add_rows(self, rows: int) -> None:
        """So many more rows of the table are done."""

    def finish_table(self) -> None:
        """The table is done, whether or not it succeeded."""


class SilentProgress:
    """Tells nobody; runs that the UI starts are watched in the UI."""

    def start_stage(self, stage: str, tables: int) -> None:
        """Say nothing."""

    def start_table(self, title: str) -> None:
        """Say nothing."""

    def add_rows(self, rows: int) -> None:
        """Say nothing."""

    def finish_table(self) -> None:
        """Say nothing."""
