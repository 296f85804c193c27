"""Holds the findings of runs against the simulator's ground truth, rule by rule.

`python -m xypipeline_tests.end_to_end.fault_report [DATA_DIR ...]` prints one table for these installations
together; without any it simulates and runs two: the quarter with mess and faults, and the model hospitals.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from xypipeline.simulator.model_hospital.plan import FIRST_DAY, LAST_DAY
from xypipeline.simulator.model_hospital.simulate import simulate_model_hospitals
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.queries import KEPT_ELSEWHERE, KINDS
from xypipeline_tests.end_to_end.installation import Installation

IDENTITY = ["upload_date", "org_code", "table_code", "path", "line", "column_name", "rule_id", "severity"]


def compare_findings(expected: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """One row per rule: rule_id, expected, found, both, precision and recall (NaN: nothing to divide by)."""
    both = expected.select(IDENTITY).join(found.select(IDENTITY), on=IDENTITY, how="inner", nulls_equal=True)
    counts = [
        frame.group_by("rule_id").agg(pl.len().alias(name))
        for name, frame in (("expected", expected), ("found", found), ("both", both))
    ]
    table = counts[0]
    for other in counts[1:]:
        table = table.join(other, on="rule_id", how="full", coalesce=True)
    return (
        table.with_columns(pl.col("expected", "found", "both").fill_null(0))
        .with_columns(precision=pl.col("both") / pl.col("found"), recall=pl.col("both") / pl.col("expected"))
        .sort("rule_id")
    )


def inexact(report: pl.DataFrame) -> pl.DataFrame:
    """The rules of a comparison that missed a fault, or found what is none."""
    return report.filter((pl.col("both") < pl.col("expected")) | (pl.col("both") < pl.col("found")))


def rules_without_fault(report: pl.DataFrame) -> list[str]:
    """Rules that no fault was made for, but for those that count rows and find nothing."""
    shown = set(report.filter(pl.col("expected") > 0)["rule_id"])
    return [rule_id for rule_id in current_catalogue().rules if rule_id not in shown | set(KEPT_ELSEWHERE)]


def read_findings(installation: Installation) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The simulator's ground truth, and the findings in the warehouse that it speaks of.

    That of a replayed quarter speaks of single rows alone: what its rows lack of each other is true of them.
    """
    expected = pl.read_parquet(installation.data_dir / "expected-findings.parquet")
    found = installation.query("select * from validated.finding")
    rules = current_catalogue().rules.values()
    across = [rule.id for rule in rules if rule.kind in KINDS and rule.id not in KEPT_ELSEWHERE]
    if expected["rule_id"].is_in(across).any():
        return expected, found
    return expected, found.filter(~pl.col("rule_id").is_in(across))


def install_messy_quarter(data_dir: Path, scale: str) -> Installation:
    """The quarter as hospitals do send it: every kind of file, and one row in a hundred faulty."""
    installation = Installation(data_dir)
    installation.must("simulate", "2023Q2", "--scale", scale, "--faults", "0.01", "--messy")
    installation.must("run", "2023Q2")
    return installation


def install_model_hospitals(data_dir: Path) -> Installation:
    """Hospitals that keep every rule across rows, but for one fault of each."""
    installation = Installation(data_dir)
    simulate_model_hospitals(
        landing_dir=installation.landing_dir, expected_findings_path=data_dir / "expected-findings.parquet"
    )
    installation.must("run", f"{FIRST_DAY}..{LAST_DAY}")
    return installation


def report_of(installations: Iterable[Installation]) -> pl.DataFrame:
    """The comparison of several installations together; columns as of `compare_findings`."""
    pairs = [read_findings(installation) for installation in installations]
    expected, found = (
        pl.concat([frame.select(IDENTITY) for frame in side]) for side in zip(*pairs, strict=True)
    )
    return compare_findings(expected, found)


def _print_report(installations: Iterable[Installation]) -> bool:
    report = report_of(installations)
    with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(report)
    wrong, without = inexact(report), rules_without_fault(report)
    print(f"{report.height} rules, {report['expected'].sum()} faults, {wrong.height} rules not exact")
    print("rules without an injected fault:", ", ".join(without) or "none")
    for rule_id, where in KEPT_ELSEWHERE.items():
        print(f"{rule_id} is kept by counting: {where}")
    return wrong.is_empty() and not without


def main() -> None:
    if len(sys.argv) > 1:
        sys.exit(not _print_report([Installation(Path(name).resolve()) for name in sys.argv[1:]]))
    with tempfile.TemporaryDirectory() as folder:
        messy = install_messy_quarter(Path(folder) / "quarter", "0.001")
        model = install_model_hospitals(Path(folder) / "model")
        is_exact = _print_report([messy, model])
    sys.exit(not is_exact)


if __name__ == "__main__":
    main()
