"""How rows of a table follow from rows of its parent: which parent, and on which upload day.

A stream is the rows of one table that belong to one kind of encounter (outpatient, inpatient, or none: base).
Row and parent are linked by whole-number arithmetic on their ordinals, so that a parent is never uploaded
after its child, and nothing has to be stored to know it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

STREAMS_FILE = Path(__file__).parent / "streams.csv"

Encounter = Literal["base", "outpatient", "inpatient"]
Link = Literal["static", "own", "parent", "stay", "early", "pair", "discharge"]
"""static: all rows on the first day; own: spread evenly over the days; parent: on the parent's day;
stay: on the days on which the admitted patient is in; early: on the first two of them; pair: as stay, two
rows of one patient on one day for each event; discharge: some days after the admission."""
_EARLY_DAYS = 2


@dataclass(frozen=True)
class StreamShape:
    """One line of `streams.csv`: how a table's rows come about, whatever the hospital."""

    table_code: str
    encounter: Encounter
    link: Link
    parent: str | None
    share_pct: int | None
    """Of the table's rows, when it has outpatient and inpatient ones; None: as its parent's are shared."""
    of_each_parent: Literal["", "one", "at_most_one"]
    """How many such rows a parent has; one: as far as the hospital's rows allow."""
    floor: int
    cap: int
    """Bounds of a dictionary's size."""


@dataclass(frozen=True)
class Stream:
    """The rows of one stream at one hospital, and where they lie."""

    table_code: str
    encounter: Encounter
    link: Link
    parent: str | None
    rows: int
    parent_rows: int
    """Rows of the parent that can have such children; 0 without a parent."""
    starts: tuple[int, ...]
    """Ordinal of each upload day's first row, and at the end `rows`."""
    windows: tuple[tuple[int, int], ...]
    """For links of a stay: ordinals of the first admission and after the last one that are in on each day."""

    @property
    def rows_per_event(self) -> int:
        """How many rows in turn have the same parent for certain."""
        return 2 if self.link == "pair" else 1


def load_shapes() -> tuple[StreamShape, ...]:
    """All streams that there are, parents before children."""
    with STREAMS_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            StreamShape(
                table_code=row["table_code"],
                encounter=row["encounter"],
                link=row["link"],
                parent=row["parent"] or None,
                share_pct=int(row["share_pct"]) if row["share_pct"] else None,
                of_each_parent=row["of_each_parent"],
                floor=int(row["floor"] or 1),
                cap=int(row["cap"] or 0),
            )
            for row in csv.DictReader(file)
        )


def most_discharges(admissions: int, upload_days: int, stay_days: int) -> int:
    """How many of the admitted have left by the last upload day, when each stays `stay_days` upload days."""
    return max(1, admissions * (upload_days - stay_days) // upload_days)


def build_streams(counts: Mapping[str, int], upload_days: int, stay_days: int) -> tuple[Stream, ...]:
    """Lay the rows of each table on the upload days, parents before children.

    Args:
        counts: rows by table code.
        upload_days: how many days the hospital uploads on.
        stay_days: upload days between admission and discharge.
    """
    streams: dict[tuple[str, str], Stream] = {}
    shapes = load_shapes()
    for code in dict.fromkeys(shape.table_code for shape in shapes if shape.table_code in counts):
        own = [shape for shape in shapes if shape.table_code == code]
        for shape, rows in _split(counts[code], own, streams):
            streams[code, shape.encounter] = lay(shape, rows, streams, upload_days, stay_days)
    return tuple(stream for stream in streams.values() if stream.rows)


def parent_of(shape: StreamShape, streams: Mapping[tuple[str, str], Stream]) -> Stream | None:
    """The stream that a stream's rows hang on, of those laid so far (by table and kind of encounter)."""
    encounter = "base" if shape.parent == "patient_info" else shape.encounter
    return streams.get((shape.parent, encounter))


def _split(
    total: int, shapes: list[StreamShape], streams: Mapping[tuple[str, str], Stream]
) -> list[tuple[StreamShape, int]]:
    parents = [(shape, parent_of(shape, streams)) for shape in shapes]
    possible = [
        (shape, parent) for shape, parent in parents if shape.parent is None or (parent and parent.rows)
    ]
    if len(possible) == 1:
        return [(possible[0][0], total)]
    (first, first_parent), (second, second_parent) = possible
    weights = [shape.share_pct or parent.rows for shape, parent in possible]
    second_rows = total * weights[1] // sum(weights)
    return [(first, total - second_rows), (second, second_rows)]


def lay(
    shape: StreamShape,
    rows: int,
    streams: Mapping[tuple[str, str], Stream],
    upload_days: int,
    stay_days: int,
) -> Stream:
    """Lay the rows of one stream on the upload days; those it hangs on are among `streams`."""
    parent = parent_of(shape, streams)
    parent_rows = parent.rows if parent else 0
    windows: tuple[tuple[int, int], ...] = ()
    if shape.link == "static":
        starts = (0, *[rows] * upload_days)
    elif shape.link == "own":
        starts = tuple(_ceil(day * rows, upload_days) for day in range(upload_days + 1))
    elif shape.link == "parent":
        starts = tuple(_ceil(start * rows, parent.rows) for start in parent.starts)
    elif shape.link == "discharge":
        parent_rows = most_discharges(parent.rows, upload_days, stay_days)
        days_left = upload_days - stay_days
        starts = tuple(_ceil(max(0, day - stay_days) * rows, days_left) for day in range(upload_days + 1))
    else:
        windows = _patients_in(parent, shape, upload_days, stay_days)
        before = tuple(accumulate((last - first for first, last in windows), initial=0))
        per_event = 2 if shape.link == "pair" else 1
        events = _ceil(rows, per_event)
        starts = tuple(min(rows, per_event * _ceil(days * events, before[-1])) for days in before)
    return Stream(
        shape.table_code, shape.encounter, shape.link, shape.parent, rows, parent_rows, starts, windows
    )


def _patients_in(
    parent: Stream, shape: StreamShape, upload_days: int, stay_days: int
) -> tuple[tuple[int, int], ...]:
    days_in = min(stay_days, _EARLY_DAYS) if shape.link == "early" else stay_days
    return tuple(
        (parent.starts[max(0, day - days_in + 1)], parent.starts[day + 1]) for day in range(upload_days)
    )


def rows_by_day(stream: Stream) -> list[int]:
    """How many rows each upload day has, in order."""
    return [after - first for first, after in pairwise(stream.starts)]


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
