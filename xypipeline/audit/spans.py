"""Which digits of a text have been understood; what is left over is reported, never passed over."""

import re
from collections.abc import Iterable, Iterator

_DIGITS = re.compile(r"\d[\d,.]*\d|\d")


# Numbers written out count too: 等七所医院 is no second count of seven.
_NUMERALS = frozenset("一二两三四五六七八九十百")


class Spans:
    """The digits and numerals of one text, each taken at most once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._taken: set[int] = set()

    def take(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Take the numbers in some spans; False, and nothing taken, if a part of them is taken already."""
        places = {place for span in spans for place in range(*span) if self._is_number(place)}
        if places & self._taken:
            return False
        self._taken |= places
        return True

    def left_over(self) -> Iterator[re.Match[str]]:
        """The numbers in digits of which a part has not been taken."""
        for found in _DIGITS.finditer(self._text):
            if any(
                self._text[place].isdecimal() and place not in self._taken for place in range(*found.span())
            ):
                yield found

    def _is_number(self, place: int) -> bool:
        return self._text[place].isdecimal() or self._text[place] in _NUMERALS
