"""What the commission's office adds to a bulletin: number, date, wording and fonts; all of it optional."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter

WORDING = "bulletin.md.j2"
_PACKAGED = Path(__file__).with_name(WORDING)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,20}〔\d{4}〕[1-9]\d*号")
_KEYS = {"number", "issued_on", "red_head"}
_FONT_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}


@dataclass(frozen=True)
class OfficeSettings:
    """The office's part of one quarter's bulletin."""

    wording: str
    """The template's text; `wording_path` is where it was read from."""
    wording_path: Path
    number: str | None = None
    """发文字号; None prints the official blank."""
    issued_on: date | None = None
    """成文日期; None prints the official blank."""
    has_red_head: bool = False
    """Whether the issuing body and the rule stand in red on the first page; off for pre-printed paper."""
    fonts_dir: Path | None = None
    """The office's own fonts for the PDF; None when it has none."""


def load_office(office_dir: Path, quarter: Quarter) -> OfficeSettings:
    """Read the office's folder for a quarter; what is not there takes the product's own.

    Read are `bulletin.md.j2` (wording), `<quarter>.toml` (`number`, `issued_on`, `red_head`) and `fonts/`.

    Raises:
        PublicationError: one of the files cannot be read, or a value in it cannot stand in a bulletin; the
            message names file and key.
    """
    path = office_dir / f"{quarter}.toml"
    values = _read_values(path, quarter)
    wording_path = office_dir / WORDING if (office_dir / WORDING).exists() else _PACKAGED
    fonts_dir = office_dir / "fonts"
    return OfficeSettings(
        wording=_read_text(wording_path),
        wording_path=wording_path,
        number=values.get("number"),
        issued_on=values.get("issued_on"),
        has_red_head=values.get("red_head", False),
        fonts_dir=fonts_dir if _has_fonts(fonts_dir) else None,
    )


def _has_fonts(folder: Path) -> bool:
    return any(path.suffix.lower() in _FONT_SUFFIXES for path in folder.rglob("*"))


def _read_text(path: Path) -> str:
    try:
        # The editors of the office's machines put a mark at the beginning.
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PublicationError(f"{path} cannot be read: {error}. Save it as UTF-8.") from error


def _read_values(path: Path, quarter: Quarter) -> Mapping[str, object]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(_read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise PublicationError(f"{path}: {error}") from error
    breaches = [f"{path}: {breach}" for breach in _breaches(values, quarter)]
    if breaches:
        raise PublicationError("\n".join(breaches))
    return values


def _breaches(values: Mapping[str, object], quarter: Quarter) -> list[str]:
    breaches = [f"{key} is unknown; known are {', '.join(sorted(_KEYS))}." for key in values.keys() - _KEYS]
    number, issued_on = values.get("number", ""), values.get("issued_on", quarter.last)
    if number != "" and not (isinstance(number, str) and _NUMBER.fullmatch(number)):
        breaches.append(f'number is {number!r}; write it like "信卫信息函〔2023〕4号", or leave it out.')
    if not isinstance(issued_on, date) or isinstance(issued_on, datetime):
        breaches.append(f"issued_on is {issued_on!r}; write a day like {quarter.following.first}.")
    elif issued_on <= quarter.first:
        breaches.append(f"issued_on is {issued_on}, but {quarter} begins on {quarter.first} only.")
    if not isinstance(values.get("red_head", False), bool):
        breaches.append("red_head must be true or false.")
    return sorted(breaches)
