"""Holds the findings of a run against the simulator's ground truth, rule by rule.

`python -m xypipeline_tests.end_to_end.fault_report DATA_DIR` prints the table for an installation.
"""

import sys
from pathlib import Path

import polars as pl

from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.end_to_end.installation import Installation

ROW_KINDS = ("intake", "row", "cross_field")
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


def read_findings(installation: Installation) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The simulator's ground truth, and the findings in the warehouse of rules that it has faults for."""
    expected = pl.read_parquet(installation.data_dir / "expected-findings.parquet")
    judged = [rule.id for rule in current_catalogue().rules.values() if rule.kind in ROW_KINDS]
    found = installation.query("select * from validated.finding")
    return expected, found.filter(pl.col("rule_id").is_in(judged))


def main() -> None:
    report = compare_findings(*read_findings(Installation(Path(sys.argv[1]).resolve())))
    with pl.Config(tbl_rows=-1, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(report)
    missed = report.filter((pl.col("both") < pl.col("expected")) | (pl.col("both") < pl.col("found")))
    print(f"{report.height} rules, {report['expected'].sum()} faults, {missed.height} rules not exact")
    sys.exit(bool(missed.height))


if __name__ == "__main__":
    main()
