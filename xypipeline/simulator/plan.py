"""What one simulated hospital uploads: its days, its tables, and how many rows of each on which day."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from random import Random

from xypipeline.periods import Quarter
from xypipeline.simulator.allocation import allocate_rows
from xypipeline.simulator.hospital_kinds import HospitalKind
from xypipeline.simulator.replay import Replay
from xypipeline.simulator.streams import Stream, build_streams, load_shapes, rows_by_day
from xypipeline.simulator.table_choice import choose_tables
from xypipeline.simulator.upload_days import choose_upload_days
from xypipeline.standard.model import Catalogue

_LONGEST_STAY_DAYS = 7


@dataclass(frozen=True)
class HospitalPlan:
    """One hospital's uploads of one quarter."""

    replay: Replay
    kind: HospitalKind
    seed: int
    quarter_first: date
    upload_days: tuple[date, ...]
    tables: tuple[str, ...]
    counts: dict[str, int]
    """Rows by table; discharges may be there without being among `tables`."""
    streams: tuple[Stream, ...]

    @property
    def rows(self) -> int:
        """Records in all tables."""
        return sum(self.counts[code] for code in self.tables)


def plan_hospital(
    replay: Replay, kind: HospitalKind, quarter: Quarter, catalogue: Catalogue, *, scale: float, seed: int
) -> HospitalPlan:
    """Decide days, tables and rows of one hospital; the same seed decides alike.

    Days and tables do not depend on the scale.
    """
    hospital_seed = _seed_of(seed, quarter, replay.org_code)
    random = Random(hospital_seed)
    upload_days = choose_upload_days(replay, quarter, random)
    tables = choose_tables(replay, catalogue, kind.scopes, random)
    stay_days = max(1, min(_LONGEST_STAY_DAYS, len(upload_days) // 3))
    shapes = {shape.table_code: shape for shape in load_shapes()}
    rows = max(replay.tables, _round_half_up(replay.rows, scale))
    counts = allocate_rows(rows, tables, shapes, catalogue, len(upload_days), stay_days)
    return HospitalPlan(
        replay=replay,
        kind=kind,
        seed=hospital_seed,
        quarter_first=quarter.first,
        upload_days=upload_days,
        tables=tables,
        counts=counts,
        streams=build_streams(counts, len(upload_days), stay_days),
    )


def days_of_resending(plan: HospitalPlan) -> dict[str, tuple[int, ...]]:
    """On which upload days (by number, from 0) each dictionary is sent again in full.

    All dictionaries on the first upload day of a month; the smallest one on every day that has no new record.
    """
    dictionaries = [stream for stream in plan.streams if stream.link == "static"]
    smallest = min(dictionaries, key=lambda stream: (stream.table_code != "department", stream.rows))
    per_day = [rows_by_day(stream) for stream in plan.streams if stream.table_code in plan.tables]
    quiet = {day for day, rows in enumerate(zip(*per_day, strict=True)) if not any(rows)}
    months = {
        day
        for day in range(1, len(plan.upload_days))
        if plan.upload_days[day].month != plan.upload_days[day - 1].month
    }
    return {
        stream.table_code: tuple(sorted(months | (quiet if stream is smallest else set())))
        for stream in dictionaries
    }


def _seed_of(seed: int, quarter: Quarter, org_code: str) -> int:
    return int.from_bytes(sha256(f"{seed}/{quarter}/{org_code}".encode()).digest()[:7])


def _round_half_up(rows: int, scale: float) -> int:
    return int((rows * Decimal(str(scale))).to_integral_value(rounding=ROUND_HALF_UP))
