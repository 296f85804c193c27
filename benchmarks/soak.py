"""Lives through simulated days of the installed product, with its real daemon; `make soak` runs it.

Notes each day's figures as it goes. SIGTERM stops it after the day at hand. What was stopped goes on where it
stopped; given more days, it goes on from the last one. At the end, or with `--report` at once, draws
docs/soak.svg and writes the section between the marks of docs/reliability.md. The exit status is 1 if
something grows that should not.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from threading import Event

from filelock import FileLock
from soak.clock import find_library
from soak.criteria import judge
from soak.figures import Figures, append_figures, figures_of, read_figures
from soak.installation import Place, started
from soak.page import table, write_page
from soak.uploads import UploadStore
from soak.year import Year, first_moment

FIRST_DAY = date(2023, 1, 1)
RECORD = "days.csv"


def main() -> None:
    """Live, draw, judge."""
    arguments = _arguments()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / RECORD
    if not arguments.report:
        _live(Place(folder, find_library()), record, arguments)
    days = read_figures(record)
    if not days:
        sys.exit(f"{record} holds no day yet")
    verdicts = judge(days)
    if not arguments.no_page:
        write_page(days, verdicts, arguments.scale)
    print(table(days, verdicts))
    sys.exit(any(verdict.is_bounded is False for verdict in verdicts))


def _live(place: Place, record: Path, arguments: argparse.Namespace) -> None:
    lived = len(read_figures(record))
    ahead = [arguments.first + timedelta(days=offset) for offset in range(lived, arguments.days)]
    if not ahead:
        return
    uploads = UploadStore(place.folder / "uploads", place.landing, arguments.scale)
    with FileLock(place.folder / "lock", timeout=0):
        _live_days(place, record, uploads, ahead)


def _live_days(place: Place, record: Path, uploads: UploadStore, ahead: Sequence[date]) -> None:
    asked_to_stop = Event()
    # A run that is cut off would stand among those that failed.
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())
    place.clock.resume(first_moment(ahead[0]))
    with started(place) as services:
        year = Year(place, services, uploads)
        year.begin()
        for day in ahead:
            if asked_to_stop.is_set():
                sys.exit(f"stopped before {day}")
            figures = figures_of(day, year.live_through(day), place, services)
            append_figures(record, figures)
            print(_line(figures), flush=True)


def _line(figures: Figures) -> str:
    return (
        f"{figures.day}  {figures.seconds:5.1f} s  intake {figures.intake_seconds:5.1f} s  "
        f"score {figures.score_seconds:5.1f} s  {figures.cpu_seconds:5.1f} CPU s  "
        f"{figures.run_peak_mb:,.0f} MB  warehouse {figures.warehouse_mb:,.0f} MB  "
        f"state {figures.state_mb:,.0f} MB"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--first", type=date.fromisoformat, default=FIRST_DAY)
    parser.add_argument("--scale", type=float, default=0.0002)
    parser.add_argument("--folder", type=Path, default=Path("data/bench/soak"))
    parser.add_argument("--report", action="store_true", help="only judge and draw the days noted so far")
    parser.add_argument("--no-page", action="store_true", help="only print")
    return parser.parse_args()


if __name__ == "__main__":
    main()
