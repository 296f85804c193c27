"""Paragraphs and table rows of a PDF, in their order."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from xypipeline.audit.document import Line
from xypipeline.errors import AuditError

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

MAX_PAGES = 100
# Glyphs, lines and rectangles; a full page of text with a table has some three thousand.
MAX_OBJECTS = 60_000


@dataclass(frozen=True)
class _TextLine:
    page: int
    left: float
    right: float
    top: float
    size: float
    text: str


def read_pdf(content: bytes) -> tuple[Line, ...]:
    """Paragraphs (第N页) and table rows (第N页表格第M行); a paragraph broken over lines or pages is one.

    Raises:
        AuditError: it is no PDF, a damaged or locked one, or has too many pages.
    """
    import struct
    import zlib

    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        return tuple(_read(content))
    except (MalformedPDFException, PdfminerException, PSException) as error:
        raise AuditError("it is no PDF, a damaged one, or locked with a password.") from error
    # What a damaged file lacks, pdfminer finds out by using it.
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise AuditError("it is a damaged PDF; make it anew.") from error
    except (ArithmeticError, AssertionError, zlib.error, struct.error) as error:
        raise AuditError("it is a damaged PDF; make it anew.") from error


def _read(content: bytes) -> Iterator[Line]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as file:
        if len(file.pages) > MAX_PAGES:
            raise AuditError(f"it has more than {MAX_PAGES} pages: no bulletin does.")
        blocks = _join_pages([_blocks(page) for page in file.pages])
    text = [block for block in blocks if isinstance(block, _TextLine)]
    waiting: list[_TextLine] = []
    for block in blocks:
        if waiting and not (isinstance(block, _TextLine) and _goes_on(waiting[-1], block, text)):
            yield _paragraph(waiting)
            waiting = []
        if isinstance(block, _TextLine):
            waiting.append(block)
        else:
            yield block
    if waiting:
        yield _paragraph(waiting)


def _join_pages(pages: list[list[_TextLine | Line]]) -> list[_TextLine | Line]:
    """All blocks in order; a row that a page's end breaks in two is one."""
    joined: list[_TextLine | Line] = []
    for blocks in pages:
        if joined and blocks and _is_rest_of_row(joined[-1], blocks[0]):
            row, rest = joined.pop(), blocks.pop(0)
            cells = tuple(map("".join, zip(row.cells, rest.cells, strict=True)))
            joined.append(Line(row.where, "\t".join(cells), cells))
        joined += blocks
    return joined


def _is_rest_of_row(row: _TextLine | Line, rest: _TextLine | Line) -> bool:
    if not (isinstance(row, Line) and isinstance(rest, Line) and row.cells and rest.cells):
        return False
    # A row of its own has a number in front.
    return len(row.cells) == len(rest.cells) and not rest.cells[0].strip()


def _blocks(page: "Page") -> list[_TextLine | Line]:
    if sum(map(len, page.objects.values())) > MAX_OBJECTS:
        raise AuditError(f"page {page.page_number} has more than {MAX_OBJECTS:,} objects: no bulletin's has.")
    tables = page.find_tables()
    outside = page.filter(lambda item: not any(_lies_in(item, table.bbox) for table in tables))
    placed = [(line.top, [line]) for line in _text_lines(outside)]
    rows = count(1)
    placed += [(table.bbox[1], list(_rows(page.page_number, table, rows))) for table in tables]
    page.close()
    return [block for _, blocks in sorted(placed, key=lambda item: item[0]) for block in blocks]


def _text_lines(page: "Page") -> Iterator[_TextLine]:
    for line in page.extract_text_lines():
        size = max(char["size"] for char in line["chars"])
        text = line["text"]
        # The page's number, in dashes or alone at the foot.
        if not text.strip("-—–－ ·").isdecimal():
            yield _TextLine(page.page_number, line["x0"], line["x1"], line["top"], size, text)


def _rows(page: int, table: "Table", numbers: "count[int]") -> Iterator[Line]:
    for row in table.extract():
        cells = tuple((cell or "").replace("\n", "") for cell in row)
        yield Line(f"第{page}页表格第{next(numbers)}行", "\t".join(cells), cells)


def _goes_on(line: _TextLine, following: _TextLine, page_text: list[_TextLine]) -> bool:
    """Whether a line is full and the next one begins at the margin: the same paragraph."""
    same = [other for other in page_text if other.page in (line.page, following.page)]
    left, right = min(other.left for other in same), max(other.right for other in same)
    return line.right > right - 2 * line.size and following.left < left + following.size


def _paragraph(lines: list[_TextLine]) -> Line:
    first, last = lines[0].page, lines[-1].page
    where = f"第{first}页" if first == last else f"第{first}至{last}页"
    return Line(where, "".join(line.text for line in lines))


def _lies_in(item: dict, box: tuple[float, float, float, float]) -> bool:
    middle_x, middle_y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return box[0] <= middle_x <= box[2] and box[1] <= middle_y <= box[3]
