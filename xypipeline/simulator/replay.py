"""What a published attachment says of each hospital: the figures that simulated uploads must lead to."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xypipeline.errors import SimulationError
from xypipeline.periods import Quarter

REPLAYS_DIR = Path(__file__).parent / "replays"


@dataclass(frozen=True)
class Replay:
    """One hospital's line: what it had uploaded by the end of the quarter."""

    org_code: str
    name: str
    kind: str
    tables: int
    """Tables with at least one record."""
    rows: int
    """Records in all of them."""
    last_upload_date: date
    is_continuous: bool
    """Whether the bulletin calls its uploads good: at most 10 days of the quarter without one."""


def load_replays(quarter: Quarter) -> tuple[Replay, ...]:
    """The hospitals that uploaded something in the quarter, in the attachment's order.

    Raises:
        SimulationError: there is no replay of that quarter.
    """
    path = REPLAYS_DIR / f"{quarter}.csv"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in REPLAYS_DIR.glob("*.csv")))
        raise SimulationError(f"There is no replay of {quarter}; there is one of {known}.")
    return tuple(_read(path))


def _read(path: Path) -> Iterator[Replay]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["tables_uploaded"]:
                yield Replay(
                    org_code=row["org_code"],
                    name=row["name"],
                    kind=row["kind"],
                    tables=int(row["tables_uploaded"]),
                    rows=int(row["rows_uploaded"]),
                    last_upload_date=date.fromisoformat(row["last_upload_date"]),
                    is_continuous=row["continuity"] == "good",
                )
