"""A table's verdict as a Dagster check: counts, the worst columns and a masked sample. It never blocks."""

import dagster as dg
import polars as pl

from xypipeline.standard.model import Catalogue
from xypipeline.validated.store import TableVerdict

CHECK_NAME = "pandera"
WORST_COLUMNS = 10


def check_result(key: dg.AssetKey, verdict: TableVerdict, catalogue: Catalogue) -> dg.AssetCheckResult:
    """Passed when no row breaks a rule of severity error or fatal; warnings alone do not fail it.

    A table of which nothing arrived passes with 0 rows received, and says so.
    """
    worst = verdict.findings.sort("rows", descending=True).head(WORST_COLUMNS)
    severities = set(verdict.findings["severity"])
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK_NAME,
        passed=not severities & {"error", "fatal"},
        severity=dg.AssetCheckSeverity.ERROR if "fatal" in severities else dg.AssetCheckSeverity.WARN,
        description=_description(verdict),
        metadata={
            "accepted": verdict.rows_accepted,
            "qualified": verdict.rows_qualified,
            "fatal": verdict.rows_fatal,
            "worst columns": _as_table(worst.with_columns(title=_titles(worst, catalogue))),
            "masked sample": _as_table(verdict.sample),
        },
    )


def _description(verdict: TableVerdict) -> str:
    received = verdict.rows_accepted + verdict.rows_fatal
    if not received:
        return "没有收到数据"
    return f"收到 {received} 行,接收 {verdict.rows_accepted} 行,合格 {verdict.rows_qualified} 行"


def _titles(findings: pl.DataFrame, catalogue: Catalogue) -> pl.Series:
    return pl.Series([catalogue.rules[rule_id].title_zh for rule_id in findings["rule_id"]], dtype=pl.String)


def _as_table(frame: pl.DataFrame) -> dg.TableMetadataValue:
    columns = [dg.TableColumn(name) for name in frame.columns]
    records = [
        dg.TableRecord({name: "" if value is None else str(value) for name, value in row.items()})
        for row in frame.iter_rows(named=True)
    ]
    return dg.MetadataValue.table(records=records, schema=dg.TableSchema(columns=columns))
