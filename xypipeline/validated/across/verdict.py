"""What the rules across rows of one kind found: counted, by hospital, and a sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import run_sql

_HERE = files("xypipeline.validated.across")


@dataclass(frozen=True)
class AcrossVerdict:
    """What the rules across rows of one kind found in some days."""

    findings: pl.DataFrame
    """One row per rule, table and severity: rule_id, table_code, severity, breaches; most first."""
    by_hospital: pl.DataFrame
    """One row per hospital, rule and severity: org_code, rule_id, severity, breaches; most first."""
    sample: pl.DataFrame
    """Findings, columns of `validated.finding`: the first of each rule, errors first, at most 10."""
    errors: tuple[str, ...]
    """Ids of rules that could not be computed, which is a fault of ours; nothing is known of them."""


def read_verdict(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    kind: str,
    failed: Iterable[str],
    days: tuple[date, date],
) -> AcrossVerdict:
    """What `validated.finding` says of the rules of a kind in some days; `failed` are ids of rules."""
    ids = [rule.id for rule in catalogue.rules.values() if rule.kind == kind]
    named = {"rule_ids": ids, "first": days[0], "last": days[1]}
    found = run_sql(connection, _HERE / "found.sql", **named)
    return AcrossVerdict(
        findings=_counted(found, "rule_id", "table_code", "severity"),
        by_hospital=_counted(found, "org_code", "rule_id", "severity"),
        sample=run_sql(connection, _HERE / "sample.sql", **named),
        errors=tuple(rule_id for rule_id in ids if rule_id in failed),
    )


def _counted(found: pl.DataFrame, *keys: str) -> pl.DataFrame:
    sums = found.group_by(keys).agg(pl.col("breaches").sum())
    return sums.sort("breaches", *keys, descending=[True, *(False for _ in keys)])
