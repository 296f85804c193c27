"""Writes a quarter's uploads of all hospitals, so that their published result is the replayed attachment.

Clean uploads break no rule of a single row. Of the rules across rows they break those alone that the
attachment itself breaks: it has too few rows for every table on every day (G18-G21, G26, R51-07), days
without any upload on which patients were in all the same (R19-03, R26-01, R46-04), and at small scales
registers too small for all that refers to them, or a single row where two belong together (R14-06, R25-01,
R28-02, R35-05). Such findings are true of the data. That every rule finds its fault, and nothing else, is
for the model hospitals to show: they keep all rules.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from xypipeline.errors import SimulationError
from xypipeline.periods import Quarter
from xypipeline.simulator.content import open_workshop
from xypipeline.simulator.delivery import ExpectedFinding
from xypipeline.simulator.hospital_kinds import load_kinds
from xypipeline.simulator.landing_folder import open_landing_folder
from xypipeline.simulator.plan import HospitalPlan, plan_hospital
from xypipeline.simulator.replay import load_replays
from xypipeline.simulator.uploads import UploadWriter
from xypipeline.standard.catalogue import current_catalogue

DEFAULT_SEED = 20230630

FINDING_TYPES = {
    "upload_date": pl.Date,
    "org_code": pl.String,
    "table_code": pl.String,
    "path": pl.String,
    "line": pl.Int64,
    "column_name": pl.String,
    "rule_id": pl.String,
    "severity": pl.String,
}


@dataclass(frozen=True)
class Progress:
    """How far a simulation is."""

    hospital: str
    rows: int
    rows_in_all: int


@dataclass(frozen=True)
class SimulationSummary:
    """What a simulation wrote."""

    landing_dir: Path
    expected_findings_path: Path
    hospitals: int
    files: int
    bytes: int
    records: int
    """Distinct primary keys; what the attachment calls rows uploaded."""
    rows: int
    """Rows in the files: records, those sent again, and faulty ones."""
    faults: int
    """Findings that the platform has to report."""


def simulate(  # noqa: PLR0913 - each is an option of the command line
    quarter: Quarter,
    *,
    landing_dir: Path,
    expected_findings_path: Path,
    scale: float = 1.0,
    seed: int = DEFAULT_SEED,
    fault_rate: float = 0.0,
    messy: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    hospitals: Collection[str] | None = None,
) -> SimulationSummary:
    """Write the uploads of a quarter that has a replay; what an earlier simulation wrote there is replaced.

    Args:
        quarter: the quarter to replay.
        landing_dir: where uploads go.
        expected_findings_path: parquet file for the ground truth, one row per finding; columns as
            `FINDING_TYPES`, meanings as in `validated.finding`. Empty without faults and mess.
        scale: of the rows, above 0 up to 1; days and tables stay.
        seed: same seed, same bytes.
        fault_rate: faulty rows per good row, 0 to 1; each fault that a table can have comes at least once.
        messy: vary encodings, delimiters, headers, kinds of file and names as hospitals do.
        on_progress: called after each written piece.
        hospitals: organisation codes, to write these only.

    Raises:
        SimulationError: there is no replay of the quarter, a parameter is out of bounds, or the landing
            folder holds uploads that were not simulated.
    """
    _check(scale, fault_rate)
    kinds, catalogue = load_kinds(), current_catalogue()
    plans = [
        plan_hospital(replay, kinds[replay.kind], quarter, catalogue, scale=scale, seed=seed)
        for replay in load_replays(quarter)
        if hospitals is None or replay.org_code in hospitals
    ]
    note = {"quarter": str(quarter), "scale": scale, "seed": seed, "faults": fault_rate, "messy": messy}
    with open_landing_folder(landing_dir, note) as folder, open_workshop() as connection:
        writer = UploadWriter(connection, folder, catalogue, fault_rate, messy)
        _write_all(writer, plans, on_progress)
    tally = writer.tally
    write_findings(tally.findings, expected_findings_path)
    return SimulationSummary(
        landing_dir=landing_dir,
        expected_findings_path=expected_findings_path,
        hospitals=len(plans),
        files=tally.files,
        bytes=tally.bytes,
        records=tally.records,
        rows=tally.rows,
        faults=len(tally.findings),
    )


def _check(scale: float, fault_rate: float) -> None:
    if not 0 < scale <= 1:
        raise SimulationError(f"The scale is a share of the rows, above 0 up to 1; it cannot be {scale}.")
    if not 0 <= fault_rate <= 1:
        raise SimulationError(f"Faults are a rate per row from 0 to 1; it cannot be {fault_rate}.")


def _write_all(
    writer: UploadWriter, plans: list[HospitalPlan], on_progress: Callable[[Progress], None] | None
) -> None:
    in_all = sum(plan.rows for plan in plans)
    for plan in plans:
        for _ in writer.write_hospital(plan):
            if on_progress:
                on_progress(Progress(plan.replay.name, writer.tally.records, in_all))


def write_findings(findings: Iterable[ExpectedFinding], path: Path) -> None:
    """Write the ground truth: one row per finding, columns as `FINDING_TYPES`."""
    frame = pl.DataFrame([asdict(finding) for finding in findings], schema=FINDING_TYPES)
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.sort("upload_date", "org_code", "path", "line", "rule_id", "column_name").write_parquet(path)
