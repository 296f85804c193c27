"""One hospital delivers millions of rows of one table in one day: its largest delivery, many times over."""

from pathlib import Path

import polars as pl

from quarter.installation import Installation

ROWS = 8_000_000
TABLE = "inpatient_fee_detail.csv"
_KEY = "fee_detail_id"


def installation_with_large_delivery(source: Installation) -> Installation:
    """One with this one file, of `ROWS` rows at full scale; it is made from uploads of `source` and kept."""
    place = source.folder.with_name(f"large-delivery-{source.scale:g}")
    installation = Installation(source.scale, place)
    largest = max(source.landing.rglob(TABLE), key=lambda path: (path.stat().st_size, path))
    path = installation.landing / largest.relative_to(source.landing)
    if not path.is_file():
        path.parent.mkdir(parents=True)
        _repeat(largest, path, round(ROWS * source.scale))
    installation.clear()
    return installation


def day_of(installation: Installation) -> str:
    """The day of the delivery."""
    return next(path.name for path in installation.landing.iterdir())


def _repeat(source: Path, path: Path, rows: int) -> None:
    frame = pl.read_csv(source, infer_schema=False)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        for number in range(-(-rows // frame.height)):
            part = frame.head(rows - number * frame.height)
            # Each row is a record of its own, so that every rule has as much to look at.
            part.with_columns(pl.col(_KEY) + f"-{number}").write_csv(file, include_header=number == 0)
    unfinished.rename(path)
