"""What became of a hospital's figures since the quarter before."""

from dataclasses import dataclass
from decimal import Decimal

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.pages.figure_text import NUMERIC, TILE_TITLES, figure_text


@dataclass(frozen=True)
class Change:
    """One figure then and now, as published; empty where the bulletin leaves a blank."""

    title: str
    before: str
    now: str
    difference: str
    """Empty where one of the two is blank, or they are no numbers."""


def changes_since(before: QuarterFigures | None, row: AttachmentRow) -> tuple[Change, ...]:
    """A row's figures beside those of the quarter before; nothing if it was not published or registered."""
    rows = before.attachment.rows if before else ()
    earlier = next((one for one in rows if one.org_code == row.org_code), None)
    if earlier is None:
        return ()
    return tuple(
        Change(
            title,
            figure_text(earlier, column),
            figure_text(row, column),
            _difference(column, getattr(earlier, column), getattr(row, column)),
        )
        for column, title in TILE_TITLES.items()
    )


def _difference(column: str, before: object, now: object) -> str:
    if column not in NUMERIC or before is None or now is None:
        return ""
    return _rise(before, now) if column in ("rank", "tier") else _signed(now - before)


def _rise(before: int, now: int) -> str:
    if before == now:
        return "不变"
    return f"上升 {before - now}" if now < before else f"下降 {now - before}"


def _signed(difference: int | Decimal) -> str:
    return f"{difference:+,}" if difference else "不变"
