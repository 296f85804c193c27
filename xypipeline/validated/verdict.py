"""What is told of a table once its rows are judged: counts per file, per rule and per day, and a sample."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from xypipeline.standard.model import Table
from xypipeline.validated.findings import FINDING_ORDER

SAMPLE_ROWS = 5
_TALLY_TYPES = {
    "path": pl.String(),
    "upload_date": pl.Date(),
    "org_code": pl.String(),
    "rows_accepted": pl.Int64(),
    "rows_qualified": pl.Int64(),
    "rows_fatal": pl.Int64(),
}
_FILE = ("path", "upload_date", "org_code")
_RULE = ("rule_id", "column_name", "severity")
_HOSPITAL = ("org_code", "rule_id", "severity")
_BY_SEVERITY = pl.col("severity").cast(pl.Enum(["fatal", "error", "warn"]))


@dataclass(frozen=True)
class TableVerdict:
    """How one table did in some days."""

    rows_accepted: int
    rows_qualified: int
    rows_fatal: int
    findings: pl.DataFrame
    """One row per rule, column and severity: rule_id, column_name, severity, rows (breaches)."""
    by_hospital: pl.DataFrame
    """One row per hospital, rule and severity: org_code, rule_id, severity, rows (breaches)."""
    sample: pl.DataFrame
    """At most 5 findings, of as many rules as there are, the gravest first, values masked; columns of
    `validated.finding`."""
    accepted_by_day: dict[date, int]
    """Accepted rows per upload date; a day without any is left out."""


@dataclass(frozen=True)
class Outcome:
    """What one part of a table's rows adds to the verdict."""

    tally: pl.DataFrame
    """Counts per file, to be added up: columns of `validated.tally` but table_code."""
    counts: pl.DataFrame
    """As `TableVerdict.findings`, but for each hospital: also org_code."""
    sample: pl.DataFrame
    """As `TableVerdict.sample`."""


def outcome_of(accepted: pl.DataFrame | None, findings: pl.DataFrame) -> Outcome:
    """Count rows and findings.

    Args:
        accepted: rows of `validated.<table>`; None if there is nothing but findings.
        findings: all findings about the same lines; a fatal one makes its line a fatal row.
    """
    fatal = findings.filter(severity="fatal").group_by(_FILE)
    parts = [fatal.agg(pl.col("line").n_unique().cast(pl.Int64).alias("rows_fatal"))]
    if accepted is not None:
        parts.append(_count_accepted(accepted))
    return Outcome(
        tally=_apart(pl.concat([pl.DataFrame(schema=_TALLY_TYPES), *parts], how="diagonal")),
        counts=_apart(findings.group_by("org_code", *_RULE).agg(pl.len().cast(pl.Int64).alias("rows"))),
        sample=_apart(_gravest(findings)),
    )


def add_up_files(tallies: Iterable[pl.DataFrame], files: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Add up the counts of each file, with a row of zeros for every file that brought no row.

    Returns:
        The rows of `validated.tally`, ordered by upload_date and path.
    """
    parts = pl.concat([pl.DataFrame(schema=_TALLY_TYPES), files, *tallies], how="diagonal")
    sums = parts.group_by(_FILE).agg(pl.col("rows_accepted", "rows_qualified", "rows_fatal").sum())
    return sums.with_columns(table_code=pl.lit(table.code)).sort("upload_date", "path")


def give_verdict(tally: pl.DataFrame, outcomes: Sequence[Outcome]) -> TableVerdict:
    """Put together what was counted part by part; `tally` as `add_up_files` returns it."""
    counts = pl.concat(outcome.counts for outcome in outcomes)
    by_day = tally.group_by("upload_date").agg(pl.col("rows_accepted").sum())
    by_day = by_day.filter(pl.col("rows_accepted") > 0).sort("upload_date")
    return TableVerdict(
        rows_accepted=tally["rows_accepted"].sum(),
        rows_qualified=tally["rows_qualified"].sum(),
        rows_fatal=tally["rows_fatal"].sum(),
        findings=_breaches(counts, _RULE),
        by_hospital=_breaches(counts, _HOSPITAL),
        sample=_gravest(pl.concat(outcome.sample for outcome in outcomes)),
        accepted_by_day=dict(by_day.iter_rows()),
    )


def _breaches(counts: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    sums = counts.group_by(keys).agg(pl.col("rows").sum())
    return sums.sort("rows", *keys, descending=[True, *(False for _ in keys)])


def _count_accepted(accepted: pl.DataFrame) -> pl.DataFrame:
    return accepted.group_by(_FILE).agg(
        pl.len().cast(pl.Int64).alias("rows_accepted"),
        pl.col("is_qualified").sum().cast(pl.Int64).alias("rows_qualified"),
    )


def _apart(frame: pl.DataFrame) -> pl.DataFrame:
    # A text in a small frame points into the large frame it was taken from, and keeps that in memory.
    return pl.DataFrame(frame.to_dict(as_series=False), schema=frame.schema)


def _gravest(findings: pl.DataFrame) -> pl.DataFrame:
    # The first of each rule, then the second of each: what parts of the rows keep adds up to the same.
    number = pl.int_range(pl.len()).over("rule_id", "severity").alias("number")
    numbered = findings.sort(_BY_SEVERITY, *FINDING_ORDER).with_columns(number)
    gravest = numbered.filter(pl.col("number") < SAMPLE_ROWS).sort("number", _BY_SEVERITY, *FINDING_ORDER)
    return gravest.head(SAMPLE_ROWS).drop("number")
