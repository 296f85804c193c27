"""The same rows judged by two versions of the standard: a pure function, a batch of one table at a time."""

from dataclasses import dataclass

import polars as pl

from xypipeline.rehearsal.plan import TablePlan
from xypipeline.validated.conform import Validated, validate_texts

_DELIVERED = ["org_code", "table_code"]
_LINE = ["upload_date", "org_code", "path", "line"]
_FINDING = [*_LINE, "rule_id", "column_name", "severity"]
GROUP = [*_DELIVERED, "rule_id", "column_name", "severity"]
_COUNTS = ("rows", "qualified_old", "qualified_new", "fatal_old", "fatal_new", "newly_fatal", "released")


@dataclass(frozen=True)
class Compared:
    """How rows fare by two versions."""

    counts: pl.DataFrame
    """One row per hospital and table: org_code, table_code, rows, qualified_old, qualified_new, fatal_old,
    fatal_new, newly_fatal, released (fatal today, and no more)."""
    findings: pl.DataFrame
    """One row per hospital, table, rule, column and severity that differs: `GROUP`, appearing, vanishing
    (breaches). Of a fatal row only that is told which makes it so; what is told no more has not vanished."""


def compare_rows(raw: pl.DataFrame, plan: TablePlan) -> Compared:
    """Judge whole deliveries of one table by both versions, and tell what differs."""
    old = validate_texts(raw, plan.old, plan.old_catalogue)
    new = validate_texts(raw, plan.new, plan.new_catalogue)
    return Compared(
        counts=_counts(raw, old, new).with_columns(table_code=pl.lit(plan.new.code)),
        findings=_differing(old, new),
    )


def add_up(parts: list[Compared]) -> Compared:
    """Put batches together, ordered by hospital and table, then rule, column and severity."""
    counts = pl.concat([_NO_COUNTS, *(part.counts.select(_NO_COUNTS.columns) for part in parts)])
    findings = pl.concat([_NO_FINDINGS, *(part.findings for part in parts)])
    return Compared(
        counts=counts.group_by(_DELIVERED).agg(pl.col(_COUNTS).sum()).sort(_DELIVERED),
        findings=findings.group_by(GROUP).agg(pl.col("appearing", "vanishing").sum()).sort(GROUP),
    )


def _counts(raw: pl.DataFrame, old: Validated, new: Validated) -> pl.DataFrame:
    fatal_old, fatal_new = (_fatal_lines(one) for one in (old, new))
    parts = {
        "rows": raw,
        "qualified_old": old.accepted.filter("is_qualified"),
        "qualified_new": new.accepted.filter("is_qualified"),
        "fatal_old": fatal_old,
        "fatal_new": fatal_new,
        "newly_fatal": fatal_new.join(fatal_old, on=_LINE, how="anti"),
        "released": fatal_old.join(fatal_new, on=_LINE, how="anti"),
    }
    counted = [
        rows.group_by("org_code").agg(pl.len().cast(pl.Int64).alias(name)) for name, rows in parts.items()
    ]
    return pl.concat(counted, how="diagonal").group_by("org_code").agg(pl.col(_COUNTS).sum())


def _fatal_lines(judged: Validated) -> pl.DataFrame:
    return judged.findings.filter(severity="fatal").select(_LINE).unique()


def _differing(old: Validated, new: Validated) -> pl.DataFrame:
    appearing = new.findings.join(old.findings, on=_FINDING, how="anti", nulls_equal=True)
    vanishing = old.findings.join(new.findings, on=_FINDING, how="anti", nulls_equal=True)
    vanishing = vanishing.join(_fatal_lines(new), on=_LINE, how="anti")
    sides = [
        frame.group_by(GROUP).agg(pl.len().cast(pl.Int64).alias(name))
        for name, frame in (("appearing", appearing), ("vanishing", vanishing))
    ]
    whole = pl.concat([_NO_FINDINGS, *sides], how="diagonal")
    return whole.with_columns(pl.col("appearing", "vanishing").fill_null(0))


_NO_COUNTS = pl.DataFrame(
    schema={**dict.fromkeys(_DELIVERED, pl.String()), **dict.fromkeys(_COUNTS, pl.Int64())}
)
_NO_FINDINGS = pl.DataFrame(
    schema={**dict.fromkeys(GROUP, pl.String()), "appearing": pl.Int64(), "vanishing": pl.Int64()}
)
