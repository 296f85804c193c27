"""Tables in Markdown that can be read as they are: columns aligned, Chinese characters counted as two."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from xypipeline.harmless import escape_markdown


def markdown_table(rows: Sequence[tuple[str, ...]], is_number: Sequence[bool]) -> str:
    """Lay out a header and the rows below it; columns of numbers are aligned to the right."""
    cells = [tuple(map(escape_markdown, row)) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    rule = tuple(
        "-" * (width - 1) + (":" if right else "-") for width, right in zip(widths, is_number, strict=True)
    )
    return "\n".join(_line(row, widths, is_number) for row in (cells[0], rule, *cells[1:]))


def _line(row: tuple[str, ...], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    cells = (
        " " * (width - _width(text)) + text if right else text + " " * (width - _width(text))
        for text, width, right in zip(row, widths, is_number, strict=True)
    )
    return f"| {' | '.join(cells)} |"


def _width(text: str) -> int:
    """Columns in a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
