"""Paragraphs and table rows of a Word file (.docx), in their order."""

import io
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from xypipeline.audit.document import Line
from xypipeline.errors import AuditError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

# Unpacked; a bulletin's parts have some hundred kilobytes.
MAX_UNPACKED_BYTES = 100_000_000
MAX_CELLS = 20_000


def read_word(content: bytes) -> tuple[Line, ...]:
    """Paragraphs (第N段) and table rows (表格第N行, counted through the whole file); no headers and footers.

    Raises:
        AuditError: it is no Word file, a damaged one, or one that unpacks to too much.
    """
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _check_archive(content)
    try:
        return tuple(_lines(docx.Document(io.BytesIO(content))))
    except (PythonDocxError, OpcError, LxmlError, zipfile.BadZipFile) as error:
        raise AuditError(f"it is a damaged Word file: {error}") from error
    # What a part lacks, python-docx finds out by using it.
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError) as error:
        raise AuditError("it is a damaged Word file; save it anew as .docx.") from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise AuditError("it is no Word file (.docx); save it anew as .docx.") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise AuditError(f"it unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB: no bulletin does.")


def _lines(document: "WordDocument") -> Iterator[Line]:
    from docx.text.paragraph import Paragraph

    paragraphs, rows = count(1), count(1)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield Line(f"第{next(paragraphs)}段", _text(block))
        else:
            yield from _rows(block, rows)


def _rows(table: "Table", numbers: "count[int]") -> Iterator[Line]:
    if len(table.rows) * len(table.columns) > MAX_CELLS:
        raise AuditError(f"a table in it has more than {MAX_CELLS:,} cells: no bulletin's does.")
    for row in table.rows:
        cells = tuple("".join(_text(paragraph) for paragraph in cell.paragraphs) for cell in row.cells)
        yield Line(f"表格第{next(numbers)}行", "\t".join(cells), cells)


def _text(paragraph: "Paragraph") -> str:
    # Not paragraph.text: it leaves out what was inserted while changes were tracked.
    return "".join(_pieces(paragraph._element))


def _pieces(element: "_Element") -> Iterator[str]:
    for child in element:
        kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else None
        if kind == "t":
            yield child.text or ""
        elif kind in ("br", "cr", "tab"):
            yield " "
        # A text box stands twice in the file: once more for older programs, as its fallback.
        elif kind not in (None, "Fallback", "pPr", "rPr"):
            yield from _pieces(child)
