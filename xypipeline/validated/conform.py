"""Rows into accepted rows and findings: a pure function of one table's rows, the unit of work."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from xypipeline.standard.model import LINEAGE_COLUMNS, Catalogue, Table
from xypipeline.standard.schemas import ACCEPTED, DECLARED_ORG_CODE, FATAL, Breach, validated_columns
from xypipeline.stored.rows import conformed_rows, stored_rows
from xypipeline.validated.findings import FINDING_ORDER, findings_of
from xypipeline.validated.judging import failures_of
from xypipeline.validated.rules.implemented import RULES_OVER_GROUPS, breaches_of

# Tells a breach that makes its row fatal from the same rule's breaches that do not.
_FATAL_MARK = "fatal "
# What they find in a row changes with the rows beside it.
_OVER_ROWS = frozenset({"G07", *RULES_OVER_GROUPS})


@dataclass(frozen=True)
class Validated:
    """What became of the rows of one table."""

    accepted: pl.DataFrame
    """Columns of `validated.<table>`, ordered by upload_date, org_code, path, line."""
    findings: pl.DataFrame
    """Columns of `validated.finding`, ordered by upload_date, org_code, path, line, column_name, rule_id.
    Of a row that is not accepted there is only what makes it so."""

    @property
    def verdicts(self) -> pl.DataFrame:
        """What became of rows that are not qualified: upload_date, path, line, verdict; in any order."""
        columns = ["upload_date", "path", "line"]
        flawed = self.accepted.filter(~pl.col("is_qualified")).select(columns)
        fatal = self.findings.filter(severity=FATAL).select(columns).unique()
        verdicts = (flawed.with_columns(verdict=pl.lit(ACCEPTED)), fatal.with_columns(verdict=pl.lit(FATAL)))
        return pl.concat(verdicts)


def validate_texts(raw: pl.DataFrame, table: Table, catalogue: Catalogue) -> Validated:
    """Judge rows of `raw.<table>` by the standard, as `validate_rows` does."""
    return validate_rows(stored_rows(raw, table), table, catalogue)


def validate_rows(rows: pl.DataFrame, table: Table, catalogue: Catalogue) -> Validated:
    """Judge rows by the standard, given as `stored_rows` makes them.

    Rules that look at other rows (G07, R12-07, R51-03) see those of the same hospital and upload date, so
    whole deliveries belong into one call; the order of rows and what else is in the call do not matter.

    Raises:
        StandardError: the standard has a rule for the table that nothing implements.
    """
    received = _in_order(rows)
    conformed = conformed_rows(received, table)
    breaches = breaches_of(table, catalogue)
    fatal, other = _judge_at_once(conformed, table, breaches, catalogue)
    severities = {rule.id: rule.severity for rule in catalogue.rules.values()}
    fatal_findings = findings_of(fatal, received, table, dict.fromkeys(severities, "fatal"))
    if not fatal.is_empty():
        # Without them the other rows may break rules that look at several rows, or no longer break them.
        accepted = ~_is_among(fatal["row"], conformed.height)
        received, conformed = received.filter(accepted), conformed.filter(accepted)
        over_rows = [(rule_id, breach) for rule_id, breach in breaches if rule_id in _OVER_ROWS]
        other = pl.concat([_of_single_rows(other, accepted), failures_of(conformed, table, over_rows)])
    findings = findings_of(other, received, table, severities)
    return Validated(
        accepted=_with_qualification(conformed, other, severities).select(*validated_columns(table)),
        findings=pl.concat([fatal_findings, findings]).sort(FINDING_ORDER),
    )


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    # Rows nearly always are in order already, and looking costs a twentieth of sorting.
    is_alike, is_behind = pl.lit(value=True), pl.lit(value=False)
    for column in LINEAGE_COLUMNS:
        before = pl.col(column).shift(1)
        is_behind |= is_alike & (before > pl.col(column))
        is_alike &= before == pl.col(column)
    is_unordered = rows.lazy().select(is_behind.any()).collect().item()
    return rows.sort(LINEAGE_COLUMNS) if is_unordered else rows


def _judge_at_once(
    conformed: pl.DataFrame, table: Table, breaches: Sequence[tuple[str, Breach]], catalogue: Catalogue
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The failures that make rows fatal, and all failures; nearly always there are none of the first."""
    fatal = [
        (_FATAL_MARK + rule_id, breach) for rule_id, breach in _fatal_breaches(breaches, table, catalogue)
    ]
    failures = failures_of(conformed, table, [*fatal, *breaches])
    is_fatal = pl.col("rule_id").str.starts_with(_FATAL_MARK)
    rule_id = pl.col("rule_id").str.strip_prefix(_FATAL_MARK)
    return failures.filter(is_fatal).with_columns(rule_id), failures.filter(~is_fatal)


def _of_single_rows(failures: pl.DataFrame, accepted: pl.Series) -> pl.DataFrame:
    """What rules that look at each row by itself found in accepted rows, numbered without the others."""
    number = (accepted.cum_sum() - 1).cast(pl.UInt32)
    kept = failures.filter(~pl.col("rule_id").is_in(_OVER_ROWS), accepted[failures["row"]])
    return kept.with_columns(number[kept["row"]].alias("row"))


def _fatal_breaches(
    breaches: Iterable[tuple[str, Breach]], table: Table, catalogue: Catalogue
) -> Iterator[tuple[str, Breach]]:
    columns = {"key": table.primary_key, "event_date": (table.event_date,)}
    for rule_id, breach in breaches:
        fatal_on = catalogue.rules[rule_id].fatal_on
        if "row" in fatal_on:
            yield rule_id, breach
        elif any(breach.column in columns[role] for role in fatal_on):
            value = DECLARED_ORG_CODE if breach.column == "org_code" else breach.column
            yield rule_id, Breach(breach.column, breach.expression & pl.col(value).is_null())


def _with_qualification(
    rows: pl.DataFrame, failures: pl.DataFrame, severities: dict[str, str]
) -> pl.DataFrame:
    errors = [rule_id for rule_id, severity in severities.items() if severity == "error"]
    erroneous = failures.filter(pl.col("rule_id").is_in(errors))["row"]
    return rows.with_columns((~_is_among(erroneous, rows.height)).alias("is_qualified"))


def _is_among(row_numbers: pl.Series, height: int) -> pl.Series:
    return pl.int_range(height, dtype=row_numbers.dtype, eager=True).is_in(row_numbers.unique().implode())
