"""What a model hospital uploads: every table of the standard, in numbers of which each relation can hold."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from xypipeline.simulator.hospital_kinds import load_kinds
from xypipeline.simulator.plan import HospitalPlan
from xypipeline.simulator.replay import Replay
from xypipeline.simulator.streams import Stream, StreamShape, lay, load_shapes, most_discharges, parent_of

PROPORTIONS_FILE = Path(__file__).parent / "proportions.csv"
# A whole calendar month, a few days of the one before, and more than four weeks: so far back rules look.
FIRST_DAY, LAST_DAY = date(2023, 4, 26), date(2023, 5, 31)
STAY_DAYS = 3
_DAYS = (LAST_DAY - FIRST_DAY).days + 1
# A general hospital has all scopes of business, so that no table is out of place.
_KIND = "general"


def plan_model_hospital(org_code: str, name: str, seed: int) -> HospitalPlan:
    """The uploads of one model hospital, a delivery on each day from `FIRST_DAY` to `LAST_DAY`."""
    streams = _build_streams()
    counts: dict[str, int] = {}
    for stream in streams:
        counts[stream.table_code] = counts.get(stream.table_code, 0) + stream.rows
    replay = Replay(org_code, name, _KIND, len(counts), sum(counts.values()), LAST_DAY, is_continuous=True)
    return HospitalPlan(
        replay=replay,
        kind=load_kinds()[_KIND],
        seed=int.from_bytes(sha256(f"{seed}/{org_code}".encode()).digest()[:7]),
        quarter_first=FIRST_DAY,
        upload_days=tuple(FIRST_DAY + timedelta(days=day) for day in range(_DAYS)),
        tables=tuple(counts),
        counts=counts,
        streams=streams,
    )


def _build_streams() -> tuple[Stream, ...]:
    with PROPORTIONS_FILE.open(encoding="utf-8", newline="") as file:
        rows = {(row["table_code"], row["encounter"]): Fraction(row["rows"]) for row in csv.DictReader(file)}
    streams: dict[tuple[str, str], Stream] = {}
    for shape in load_shapes():
        key = (shape.table_code, shape.encounter)
        many = int(rows[key] * _parents(shape, streams))
        streams[key] = lay(shape, many, streams, _DAYS, STAY_DAYS)
    return tuple(streams.values())


def _parents(shape: StreamShape, streams: Mapping[tuple[str, str], Stream]) -> int:
    """What the file's rows are per: nothing, a day, a row of the parent, or a patient's day in the ward."""
    parent = parent_of(shape, streams)
    if shape.link == "static":
        return 1
    if shape.link == "own":
        return _DAYS
    if shape.link == "parent":
        return parent.rows
    if shape.link == "discharge":
        return most_discharges(parent.rows, _DAYS, STAY_DAYS)
    return sum(last - first for first, last in lay(shape, 1, streams, _DAYS, STAY_DAYS).windows)
