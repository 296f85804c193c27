"""The shape of a finding: one breach of one rule, at one file, line and column; data, not an exception."""

from collections.abc import Mapping

import polars as pl

from xypipeline.standard.model import LINEAGE_COLUMNS, Catalogue, Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE
from xypipeline.stored.rows import texts_as_delivered
from xypipeline.stored.typed import meaningful_text
from xypipeline.validated.masking import masked

FINDING_TYPES = {
    "upload_date": pl.Date(),
    "org_code": pl.String(),
    "table_code": pl.String(),
    "path": pl.String(),
    "line": pl.Int64(),
    "column_name": pl.String(),
    "rule_id": pl.String(),
    "severity": pl.String(),
    "value_masked": pl.String(),
}
FINDING_ORDER = ["upload_date", "org_code", "path", "line", "column_name", "rule_id"]


def findings_of(
    failures: pl.DataFrame, rows: pl.DataFrame, table: Table, severities: Mapping[str, str]
) -> pl.DataFrame:
    """Describe failures as findings, with the masked text of the cell.

    Args:
        failures: row (its number in `rows`, from 0), rule_id, column_name.
        rows: the rows that were judged, as they are stored.
        table: the table that they belong to.
        severities: by rule id.

    Returns:
        One row per failure, columns as `FINDING_TYPES`, in no certain order.
    """
    severity = pl.col("rule_id").replace_strict(severities, return_dtype=pl.String).alias("severity")
    parts = [_in_column(part, rows, table) for part in failures.partition_by("column_name")]
    empty = pl.DataFrame(schema=FINDING_TYPES)
    return pl.concat([empty, *(part.with_columns(severity).select(empty.columns) for part in parts)])


def with_intake_severity(defects: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Give the findings of intake their severity: fatal where the rule says so of the row."""
    severities = {
        rule.id: "fatal" if "row" in rule.fatal_on else rule.severity for rule in catalogue.rules.values()
    }
    severity = pl.col("rule_id").replace_strict(severities, return_dtype=pl.String)
    return defects.with_columns(severity.alias("severity"))


def _in_column(failures: pl.DataFrame, rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    code, numbers = failures["column_name"][0], failures["row"]
    if code == "org_code":
        text = rows[DECLARED_ORG_CODE][numbers].alias(code)
    else:
        text = texts_as_delivered(rows, table.field(code), numbers)
    shown = masked(meaningful_text(code), table.field(code)).alias("value_masked")
    lineage = rows.select(LINEAGE_COLUMNS)[numbers]
    described = lineage.with_columns(text.to_frame().select(shown), table_code=pl.lit(table.code))
    return pl.concat([described, failures.select("rule_id", "column_name")], how="horizontal")
