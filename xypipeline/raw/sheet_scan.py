"""Looks through one XML part of a workbook: where its cells stand, and how long the shared texts are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

MAX_DEPTH = 100
MAX_DIGITS = 10
MAX_LETTERS = 8
_HOLDING_A_VALUE = ("v", "is", "f")


@dataclass
class PartScan:
    """What was found in a part: only a sheet has cells, only the list of texts has lengths."""

    last_row: int = 0
    """Of the cells that hold a value, from 1."""
    last_column: int = 0
    shared_cells: int = 0
    """Cells whose value is one of the workbook's texts, by number."""
    shared_characters: int = 0
    """What these cells take in all, as far as the lengths of the texts were given."""
    text_lengths: list[int] = field(default_factory=list)
    """Characters of each of the workbook's texts."""


def scan_part(part: bytes, lengths: Sequence[int] = ()) -> PartScan | None:
    """Look through a part; None if it is no sound XML (such as a picture) or declares a type or entities.

    Args:
        part: the bytes of it.
        lengths: characters of each of the workbook's texts, once they are known.
    """
    # As every program writes them; a name that no codec has would else be an error of its own.
    parser = expat.ParserCreate("utf-8")
    scanner = _Scanner(parser, lengths)
    parser.StartElementHandler, parser.EndElementHandler = scanner.start, scanner.end
    parser.StartDoctypeDeclHandler = scanner.refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, _UnsoundError):
        return None
    return scanner.found


class _UnsoundError(Exception):
    """The part has what no workbook has."""


class _Scanner:
    """Called some four times for each cell, so it does little each time."""

    def __init__(self, parser: expat.XMLParserType, lengths: Sequence[int]) -> None:
        self.found = PartScan()
        self._parser, self._lengths = parser, lengths
        self._depth = self._row = self._column = 0
        self._is_shared = False
        self._number: list[str] = []
        self._begin: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._begin_cell,
            "row": self._begin_row,
            "si": self._begin_text,
            **dict.fromkeys(_HOLDING_A_VALUE, self._begin_value),
        }

    def refuse(self, *_: object) -> None:
        raise _UnsoundError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _UnsoundError
        begin = self._begin.get(_local(name))
        if begin:
            begin(attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._number and _local(name) == "v":
            number = _whole("".join(self._number).strip())
            self._number.clear()
            self._parser.CharacterDataHandler = None
            if number < len(self._lengths):
                self.found.shared_characters += self._lengths[number]

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._is_shared = attributes.get("t") == "s"
        self.found.shared_cells += self._is_shared
        place = attributes.get("r")
        if place is None:
            self._column += 1
            return
        letters = place.rstrip("0123456789")
        self._column, self._row = _column_number(letters), _whole(place[len(letters) :])

    def _begin_value(self, _: dict[str, str]) -> None:
        found = self.found
        if self._row > found.last_row:
            found.last_row = self._row
        if self._column > found.last_column:
            found.last_column = self._column
        if self._is_shared and self._lengths:
            self._number.clear()
            self._parser.CharacterDataHandler = self._number.append

    def _begin_text(self, _: dict[str, str]) -> None:
        self.found.text_lengths.append(0)
        self._parser.CharacterDataHandler = self._add_to_text

    def _add_to_text(self, text: str) -> None:
        self.found.text_lengths[-1] += len(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _whole(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS):
        raise _UnsoundError
    return int(text)


@lru_cache(maxsize=16_384)
def _column_number(letters: str) -> int:
    if not (letters.isalpha() and letters.isascii() and len(letters) <= MAX_LETTERS):
        raise _UnsoundError
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
