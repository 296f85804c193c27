"""Bytes of a text file to UTF-8, and the lines whose characters cannot be read."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

CHUNK_BYTES = 1 << 20
# So many lines with other than ASCII characters are enough to tell UTF-8 with a flaw from GB18030.
SAMPLE_LINES = 2_000
# First bytes of Latin letters with marks, Cyrillic, Hebrew and Arabic in UTF-8: such letters hardly occur in
# files of Chinese hospitals, while a short GB18030 word like 偏头痛 can happen to be made of just these.
_UNUSUAL_IN_UTF8 = bytes([*range(0xC4, 0xCE), *range(0xD0, 0xE0)])
BYTE_ORDER_MARK = codecs.BOM_UTF8
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class DecodedText:
    """A text file's content as UTF-8 without a byte order mark."""

    utf8: bytes
    broken_lines: frozenset[int]
    """Physical lines, from 1, that hold bytes which are no characters (now U+FFFD)."""


def decode(content: bytes) -> DecodedText:
    """Decode UTF-8, UTF-16 (with a mark) or GB18030; where bytes are broken, in what fits most lines.

    UTF-8 with a flaw is often, by chance, flawless GB18030 of other characters, and a short text in GB18030
    may be flawless UTF-8; hence lines decide.
    """
    if is_utf16(content):
        return _decode_utf16(content)
    is_marked = content.startswith(BYTE_ORDER_MARK)
    content = content.removeprefix(BYTE_ORDER_MARK)
    is_utf8 = _is_utf8(content)
    if is_utf8 and (is_marked or is_usual_utf8(content)):
        return DecodedText(content, frozenset())
    if is_marked or _is_rather_utf8(content):
        return DecodedText(content, frozenset()) if is_utf8 else _decode_by_line(content, "utf-8")
    transcoded = _transcode(content, "gb18030")
    if transcoded is None:
        return _decode_by_line(content, "gb18030")
    return DecodedText(transcoded, frozenset())


def count_lines(content: bytes) -> int:
    """How many lines a text has, told before it is decoded."""
    if not is_utf16(content):
        return content.count(b"\n") or content.count(b"\r")
    encoding = "utf-16-le" if content.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    return content.count("\n".encode(encoding)) or content.count("\r".encode(encoding))


def is_utf16(content: bytes) -> bool:
    """Whether a text begins with a mark of UTF-16."""
    return content.startswith(_UTF16_MARKS)


def is_usual_utf8(content: bytes) -> bool:
    """Whether bytes that are flawless UTF-8 can be taken for it: none of them hints at GB18030."""
    return content.isascii() or len(content.translate(None, _UNUSUAL_IN_UTF8)) == len(content)


def _is_utf8(content: bytes) -> bool:
    try:
        return content.isascii() or all(_decoded_chunks(content, "utf-8"))
    except UnicodeDecodeError:
        return False


def _transcode(content: bytes, encoding: str) -> bytes | None:
    try:
        return b"".join(text.encode() for text in _decoded_chunks(content, encoding))
    except UnicodeDecodeError:
        return None


def _decoded_chunks(content: bytes, encoding: str) -> Iterator[str]:
    # In chunks, because a str of Chinese text takes up to four times its bytes.
    chunks = (content[start : start + CHUNK_BYTES] for start in range(0, len(content), CHUNK_BYTES))
    return codecs.iterdecode(chunks, encoding)


def _is_rather_utf8(content: bytes) -> bool:
    foreign = (line for line in content.split(b"\n") if not line.isascii())
    sample = list(islice(foreign, SAMPLE_LINES))
    unlike_utf8 = sum(not _is_decodable(line, "utf-8") or not is_usual_utf8(line) for line in sample)
    broken_as_gb18030 = sum(not _is_decodable(line, "gb18030") for line in sample)
    return 2 * unlike_utf8 < len(sample) or unlike_utf8 <= broken_as_gb18030


def _is_decodable(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decode_by_line(content: bytes, encoding: str) -> DecodedText:
    # A line feed is never part of a longer character, neither in UTF-8 nor in GB18030.
    lines = content.split(b"\n")
    broken = frozenset(
        number for number, line in enumerate(lines, start=1) if not _is_decodable(line, encoding)
    )
    utf8 = b"\n".join(line.decode(encoding, errors="replace").encode() for line in lines)
    return DecodedText(utf8, broken)


def _decode_utf16(content: bytes) -> DecodedText:
    utf8 = _transcode(content, "utf-16")
    if utf8 is not None:
        return DecodedText(utf8, frozenset())
    lines = content.decode("utf-16", errors="replace").split("\n")
    broken = frozenset(number for number, line in enumerate(lines, start=1) if "\ufffd" in line)
    return DecodedText("\n".join(lines).encode(), broken)
