"""What was read of a bulletin: lines of prose and rows of tables, each with its place in the document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A paragraph, or one row of a table."""

    where: str
    """Its place as people say it: 第22行, 第3页, 表格第6行."""
    text: str
    cells: tuple[str, ...] | None = None
    """The row's cells, a blank for an empty one; None for prose."""


@dataclass(frozen=True)
class Document:
    """A bulletin, whatever kind of file it came from."""

    name: str
    lines: tuple[Line, ...]
