"""Writes the uploads of the model hospitals, and what must be found in them."""

from collections.abc import Collection
from pathlib import Path

from xypipeline.simulator.content import open_workshop
from xypipeline.simulator.delivery import ExpectedFinding
from xypipeline.simulator.landing_folder import open_landing_folder
from xypipeline.simulator.model_hospital.faults import load_model_hospitals
from xypipeline.simulator.model_hospital.plan import plan_model_hospital
from xypipeline.simulator.model_hospital.uploads import lay_out, make_faults, write_uploads
from xypipeline.simulator.simulate import DEFAULT_SEED, SimulationSummary, write_findings
from xypipeline.standard.catalogue import current_catalogue


def simulate_model_hospitals(
    *,
    landing_dir: Path,
    expected_findings_path: Path,
    seed: int = DEFAULT_SEED,
    hospitals: Collection[str] | None = None,
) -> SimulationSummary:
    """Write the model hospitals' uploads; what an earlier simulation wrote there is replaced.

    Args:
        landing_dir: where uploads go.
        expected_findings_path: parquet file for the ground truth, as of `simulate`.
        seed: same seed, same bytes.
        hospitals: organisation codes, to write these only.

    Raises:
        SimulationError: the landing folder holds uploads that were not simulated.
    """
    catalogue = current_catalogue()
    chosen = [
        hospital
        for hospital in load_model_hospitals(catalogue)
        if hospitals is None or hospital.org_code in hospitals
    ]
    findings: list[ExpectedFinding] = []
    written: list[tuple[int, int]] = []
    records = 0
    with open_landing_folder(landing_dir, {"model": True, "seed": seed}) as folder, open_workshop() as shop:
        for hospital in chosen:
            plan = plan_model_hospital(hospital.org_code, hospital.name, seed)
            lay_out(shop, plan, catalogue)
            findings += make_faults(shop, hospital, catalogue)
            written += write_uploads(shop, hospital, catalogue, folder)
            records += plan.rows
    write_findings(findings, expected_findings_path)
    return SimulationSummary(
        landing_dir=landing_dir,
        expected_findings_path=expected_findings_path,
        hospitals=len(chosen),
        files=len(written),
        bytes=sum(size for size, _ in written),
        records=records,
        rows=sum(rows for _, rows in written),
        faults=len(findings),
    )
