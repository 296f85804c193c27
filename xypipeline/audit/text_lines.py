"""Lines of a plain text or Markdown file."""

import codecs
import re
from collections.abc import Iterator

from xypipeline.audit.document import Line
from xypipeline.errors import AuditError

_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKUP = re.compile(r"^(?:#{1,6}\s|>\s|[-*+]\s)|\*\*|\\(?=[\\`*_{}\[\]()#+.!|<>-])|<br\s*/?>")
_RULE_SIGNS = frozenset("|:-\t ")
_BAR = re.compile(r"(?<!\\)\|")
# A line that ends thus goes on in the next one: some programs break long paragraphs.
_CONTINUED = ("、", "，")


def read_text(content: bytes) -> tuple[Line, ...]:
    """Lines of a text file; a line with tabs is a row of a table.

    Raises:
        AuditError: the bytes are no text.
    """
    return tuple(_join_continued(_text_line(number, text) for number, text in _numbered(_decode(content))))


def read_markdown(content: bytes) -> tuple[Line, ...]:
    """Lines of a Markdown file without their markup; a line of cells between bars is a row of a table.

    Raises:
        AuditError: the bytes are no text.
    """
    numbered = ((number, line) for number, line in _numbered(_decode(content)) if not _is_rule(line))
    return tuple(_join_continued(_markdown_line(number, line) for number, line in numbered))


def _decode(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise AuditError("it is no text in UTF-8, UTF-16 or GB18030.")


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    # Not splitlines(): a form feed or a vertical tab is no line for an editor that counts them.
    return enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)


def _text_line(number: int, text: str) -> Line:
    cells = tuple(cell.strip() for cell in text.split("\t")) if "\t" in text.strip() else None
    return Line(f"第{number}行", text, cells)


def _markdown_line(number: int, text: str) -> Line:
    if text.strip().startswith("|"):
        cells = _BAR.split(text.strip().removeprefix("|").removesuffix("|"))
        return Line(f"第{number}行", text, tuple(_MARKUP.sub("", cell).strip() for cell in cells))
    return Line(f"第{number}行", _MARKUP.sub("", text.strip()))


def _is_rule(line: str) -> bool:
    """Whether it is only the line below a table's header, or one across the page."""
    return "-" in line and _RULE_SIGNS.issuperset(line)


def _join_continued(lines: Iterator[Line]) -> Iterator[Line]:
    waiting: list[Line] = []
    for line in lines:
        waiting.append(line)
        if line.cells is not None or not line.text.rstrip().endswith(_CONTINUED):
            yield from _joined(waiting)
            waiting = []
    yield from _joined(waiting)


def _joined(lines: list[Line]) -> Iterator[Line]:
    prose = [line for line in lines if line.cells is None]
    if prose:
        yield Line(prose[0].where, "".join(line.text.strip() for line in prose))
    yield from (line for line in lines if line.cells is not None)
