"""One way of writing a text: widths, dashes, brackets and spaces; and what numbers and dates in it mean."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

_WIDE = {chr(0xFF10 + offset): chr(0x30 + offset) for offset in range(10)}
_WIDE |= {
    chr(first + offset): chr(plain + offset)
    for first, plain in ((0xFF21, 65), (0xFF41, 97))
    for offset in range(26)
}
_SIGNS = {
    "％": "%",
    "．": ".",
    "＠": "@",
    "(": "（",
    ")": "）",
    ":": "：",
    ";": "；",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "【": "〔",
    "】": "〕",
    **dict.fromkeys("－–—―−‐‑~～〜", "-"),
}
_TRANSLATION = str.maketrans(_WIDE | _SIGNS)
_PROSE_COMMA = re.compile(r"(?<!\d)[,，]|[,，](?!\d{3}(?!\d))")
_SPACE = re.compile(r"(?P<between>(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z]))|\s+")
_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}

# A number in digits, or a small one in characters; for use in larger patterns.
NUMBER = r"\d+(?:,\d{3}){0,8}(?:\.\d+)?"
COUNT = rf"(?:{NUMBER}|(?<!第)[一二两三四五六七八九十百]{{1,5}})"
# Any number of digits: 6月130日 is a day that there is not, rather than none.
DAY = r"(?:(?:(?P<year>\d+)年)?(?P<month>\d+)月(?P<day>\d+)日|(?P<iso>\d{4,}[-/.]\d+[-/.]\d+))"


def canonical(text: str) -> str:
    """The text without spaces and invisible characters, with Chinese punctuation and plain digits."""
    # Two numbers stay two; anywhere else a space only spreads the text.
    spaced = _SPACE.sub(lambda found: " " if found["between"] else "", text)
    visible = "".join(char for char in spaced if unicodedata.category(char) not in ("Cf", "Cc"))
    # A comma between digits that groups thousands stays; any other separates clauses.
    return _PROSE_COMMA.sub("，", visible.translate(_TRANSLATION))


def parse_count(text: str) -> Decimal:
    """The value of what `COUNT` matches: 41, 7,131,933, 十一, 三."""
    plain = text.replace(",", "")
    return Decimal(_parse_characters(plain)) if plain[0] not in "0123456789" else Decimal(plain)


def _parse_characters(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = 10 * digit + _DIGITS[char]
    return total + digit


def parse_day(match: re.Match[str], year: int | None) -> date | None:
    """The day that `DAY` matched; without a year of its own it is of `year`. None: there is no such day."""
    if match["iso"]:
        parts = [int(part) for part in re.split("[-/.]", match["iso"])]
    elif match["year"] or year:
        parts = [int(match["year"] or year or 0), int(match["month"]), int(match["day"])]
    else:
        return None
    try:
        return date(*parts)
    except (ValueError, OverflowError):
        return None


def day_text(day: date) -> str:
    """A day as bulletins write it: 2023年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
