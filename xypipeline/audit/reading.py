"""Reads a bulletin of any kind into one `Document`, and refuses what is none with a plain reason."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from xypipeline.audit.canonical import canonical
from xypipeline.audit.document import Document, Line
from xypipeline.audit.pdf_lines import read_pdf
from xypipeline.audit.text_lines import read_markdown, read_text
from xypipeline.audit.word_lines import read_word
from xypipeline.errors import AuditError

# A bulletin has some ten thousand characters, and with its fonts some hundred kilobytes.
MAX_BYTES = 20_000_000
MAX_CHARACTERS = 200_000
# Account numbers have some twenty.
_LONG_NUMBER = re.compile(r"\d{31}")

_READERS: Mapping[str, Callable[[bytes], tuple[Line, ...]]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".docx": read_word,
    ".pdf": read_pdf,
}


def read_document(path: Path) -> Document:
    """Read a bulletin: .txt (UTF-8, UTF-16, GB18030), .md, .docx or .pdf.

    Raises:
        AuditError: there is no such file, or it cannot be read as its name says.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AuditError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB: no bulletin is.")
        return read_document_bytes(str(path), path.read_bytes())
    except OSError as error:
        raise AuditError(f"{path} cannot be read: {error.strerror or error}.") from error


def read_document_bytes(name: str, content: bytes) -> Document:
    """Read a bulletin from memory; the ending of its name says what it is.

    Raises:
        AuditError: it cannot be read as its name says; the message begins with the name.
    """
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise AuditError(f"{name}: give a bulletin as {', '.join(_READERS)}; save it as one of these.")
    try:
        if len(content) > MAX_BYTES:
            raise AuditError(f"it is larger than {MAX_BYTES // 1_000_000} MB.")
        lines = tuple(line for line in reader(content) if line.text.strip())
        _check_extent(lines)
    except AuditError as error:
        raise AuditError(f"{name}: {error}") from error
    return Document(name, lines)


def _check_extent(lines: tuple[Line, ...]) -> None:
    if not lines:
        raise AuditError("there is no text in it; of a scan, first make text by OCR.")
    if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise AuditError(f"it has more than {MAX_CHARACTERS:,} characters: no bulletin does.")
    long_number = next((line for line in lines if _LONG_NUMBER.search(canonical(line.text))), None)
    if long_number:
        raise AuditError(f"{long_number.where}: a number of more than 30 digits; no bulletin has one.")
