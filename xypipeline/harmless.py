"""Texts that hospitals or the register chose, made fit for where they are shown: they stay texts there.

Escaping for HTML and XML is the templates' own.
"""

import re
import unicodedata

# The wide ones too: where Chinese is typed, spreadsheets take them for the narrow.
_FORMULA_BEGINS = tuple("=+-@＝＋－＠\t\r\n")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&!])")
# Chats know some Markdown and no escape; the wide forms look the same and mean nothing.
_WIDE = str.maketrans("\\`*[]<>", "＼｀＊［］＜＞")
# Control and format characters (the ones that turn the direction of writing among them), halves of pairs, and
# the separators of lines and paragraphs.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_STAND_IN = "\ufffd"
# A number so long in a place that is not meant for one may be an id or telephone number.
LONG_NUMBER = r"(\d{3})\d{2,}(\d{2})"


def harmless_cell(cell: object) -> object:
    """A cell of a CSV file; a text that a spreadsheet would compute gets an apostrophe before it."""
    return f"'{cell}" if begins_formula(cell) else cell


def begins_formula(cell: object) -> bool:
    """Whether a spreadsheet that opens a CSV file would compute this cell."""
    return isinstance(cell, str) and cell.startswith(_FORMULA_BEGINS)


def escape_markdown(text: str) -> str:
    """A text on one line as Markdown that says the same."""
    return _MARKDOWN.sub(r"\\\1", text)


def without_markup(text: str) -> str:
    """A text for work chats and others that know Markdown without its escapes."""
    return text.translate(_WIDE)


def is_visible(text: str) -> bool:
    """Whether every character can be seen, so that what is read is what is there."""
    return not any(unicodedata.category(character) in _INVISIBLE for character in text)


def visible(text: str) -> str:
    """The text with a stand-in (�) for each character that cannot be seen, such as line breaks."""
    return "".join(
        _STAND_IN if unicodedata.category(character) in _INVISIBLE else character for character in text
    )
