"""One table of a scorecard as people see it, in the workbook and on the page alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """One column: its title, and its width in characters of a workbook."""

    title: str
    width: int = 9
    is_number: bool = True


@dataclass(frozen=True)
class Sheet:
    """Title, columns, rows; percentages are rounded already."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    links: tuple[str | None, ...] = ()
    """For each row, what its first cell leads to on a page; empty if to nothing."""

    def without(self, *titles: str) -> "Sheet":
        """The sheet without these columns."""
        kept = [place for place, column in enumerate(self.columns) if column.title not in titles]
        columns, *rows = (tuple(cells[place] for place in kept) for cells in (self.columns, *self.rows))
        return replace(self, columns=columns, rows=tuple(rows))

    def of(self, rows: Sequence[tuple[Cell, ...]], note: str) -> "Sheet":
        """The sheet with some of its rows only, and what is to be said of that."""
        return replace(self, rows=tuple(rows), note=note)


def text(title: str, width: int) -> Column:
    """A column of words."""
    return Column(title, width, is_number=False)
