"""Makes the rows that all peers judge: those of all simulated hospitals, with faults, as one CSV file.

Run as `python -m peers.simulated_rows ROWS FILE`, so that the measuring process stays small.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from duckdb import DuckDBPyConnection

from peers.catalogue_checks import largest_fee_table, work_of
from peers.checks import LINEAGE, write_work
from xypipeline.periods import Quarter
from xypipeline.simulator.content import make_rows, open_workshop, prepare_hospital
from xypipeline.simulator.fault_rows import FaultSower
from xypipeline.simulator.faults import faults_of
from xypipeline.simulator.file_content import as_text
from xypipeline.simulator.hospital_kinds import load_kinds
from xypipeline.simulator.plan import HospitalPlan, plan_hospital
from xypipeline.simulator.replay import load_replays
from xypipeline.simulator.simulate import DEFAULT_SEED
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE, content_fields

PERIOD = "2023Q2"
FAULT_RATE = 0.01
# Scaled counts are rounded, hospital by hospital.
_RESERVE = 1.02
_PADDED_EVERY = 100


def write_rows(rows: int, path: Path) -> None:
    """Write the file: lineage and fields, `rows` rows by delivery; beside it, as .json, the work."""
    catalogue = current_catalogue()
    table = largest_fee_table(catalogue)
    write_work(work_of(table, catalogue), path.with_suffix(".json"))
    columns = [*LINEAGE, DECLARED_ORG_CODE, *(field.code for field in content_fields(table))]
    with TemporaryDirectory(dir=path.parent) as folder, open_workshop() as connection:
        for number, frame in enumerate(_frames(connection, table, rows)):
            frame.select(columns).write_parquet(Path(folder) / f"{number:05}.parquet")
        in_order = pl.scan_parquet(f"{folder}/*.parquet").sort(LINEAGE).head(rows)
        unfinished = path.with_suffix(".part")
        in_order.sink_csv(unfinished)
    unfinished.rename(path)


def _frames(connection: DuckDBPyConnection, table: Table, rows: int) -> Iterator[pl.DataFrame]:
    in_all = sum(plan.counts[table.code] for plan in _plans(table, 1.0))
    for plan in _plans(table, min(1.0, rows / in_all * _RESERVE)):
        prepare_hospital(connection, plan)
        yield from _hospital_frames(connection, plan, table)


def _plans(table: Table, scale: float) -> Iterator[HospitalPlan]:
    kinds, catalogue, quarter = load_kinds(), current_catalogue(), Quarter.parse(PERIOD)
    for replay in load_replays(quarter):
        plan = plan_hospital(replay, kinds[replay.kind], quarter, catalogue, scale=scale, seed=DEFAULT_SEED)
        if table.code in plan.tables:
            yield plan


def _hospital_frames(
    connection: DuckDBPyConnection, plan: HospitalPlan, table: Table
) -> Iterator[pl.DataFrame]:
    # Lines that cannot be parsed are the reader's to report, not the validator's.
    faults = [fault for fault in faults_of(table, current_catalogue()) if fault.outcome != "ragged"]
    sower = FaultSower(connection, table, faults, rows=plan.counts[table.code], rate=FAULT_RATE)
    for frame in make_rows(connection, plan, table):
        mixed = [(part.day_no, part.rows) for part in sower.sow(frame)]
        good = frame.filter(~pl.col("day_no").is_in([day for day, _ in mixed]))
        whole = good.partition_by("day_no", as_dict=True, include_key=False).items()
        for day_no, rows in [*mixed, *((day, as_text(part)) for (day,), part in whole)]:
            yield _with_lineage(rows, plan, day_no, table)


def _with_lineage(rows: pl.DataFrame, plan: HospitalPlan, day_no: int, table: Table) -> pl.DataFrame:
    day, hospital = plan.upload_days[day_no], plan.replay.org_code
    return _untidied(rows.rename({"org_code": DECLARED_ORG_CODE})).select(
        pl.lit(day).alias("upload_date"),
        pl.lit(hospital).alias("org_code"),
        pl.lit(f"{day}/{hospital}/{table.code}.csv").alias("path"),
        pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("line"),
        pl.all(),
    )


def _untidied(rows: pl.DataFrame) -> pl.DataFrame:
    """Spaces as hospitals leave them: cells of nothing else, and some around a value; neither is a fault."""
    is_padded = pl.int_range(pl.len()) % _PADDED_EVERY == 0
    padded = pl.when(is_padded).then(pl.col("item_unit") + "  ").otherwise("item_unit")
    return rows.with_columns(padded.alias("item_unit")).with_columns(pl.all().replace("-", "  "))


if __name__ == "__main__":
    write_rows(int(sys.argv[1]), Path(sys.argv[2]))
