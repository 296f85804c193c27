"""Judges the rules across rows, tables and days, and replaces their findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.standard.model import Catalogue
from xypipeline.validated.across.queries import RuleQuery, rule_queries
from xypipeline.warehouse import transaction

# Clause G14: a record may arrive this many days after a row that refers to it.
REVIEW_DAYS = 3
_HERE = files("xypipeline.validated.across")


@dataclass(frozen=True)
class AcrossVerdict:
    """What the rules across rows found in some days."""

    findings: pl.DataFrame
    """One row per rule and table with a breach: rule_id, table_code, severity, rows (breaches)."""
    errors: tuple[str, ...]
    """`rule table` that could not be computed, which is a fault of ours; their earlier findings are gone."""


def judge_across(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    first: date,
    last: date,
    on_progress: Callable[[], None] | None = None,
) -> AcrossVerdict:
    """Judge what the days from `first` to `last` can have changed, and replace the findings of these rules.

    That begins `REVIEW_DAYS` earlier, since a row may have waited for one that came now, and ends with the
    newest day that is known. A rule that lets counterparts arrive later is judged that many days later.
    Findings about whole days have no path and line. No row's `is_qualified` is touched.
    """
    connection.execute((_HERE / "schema.sql").read_text(encoding="utf-8"))
    begin, newest = first - timedelta(days=REVIEW_DAYS), max(last, _newest_day(connection) or last)
    connection.execute((_HERE / "arrived.sql").read_text(encoding="utf-8"))
    concerned = _concerned(connection, begin, newest)
    found, errors = [], []
    for query in rule_queries(catalogue):
        if query.is_general and query.table_code not in concerned:
            continue
        try:
            found.append((query, _replace_findings(connection, query, begin, newest)))
        except duckdb.Error:
            # Its text may quote a cell.
            errors.append(f"{query.rule.id} {query.table_code}")
        if on_progress:
            on_progress()
    _note_errors(connection, errors, begin, newest)
    return AcrossVerdict(_counts(found), tuple(errors))


def _newest_day(connection: DuckDBPyConnection) -> date | None:
    return connection.execute("select max(upload_date) from validated.tally").fetchone()[0]


def _concerned(connection: DuckDBPyConnection, begin: date, newest: date) -> set[str]:
    """Tables with a row to judge, or that had one when they were judged before."""
    query = (_HERE / "concerned.sql").read_text(encoding="utf-8")
    return {code for (code,) in connection.execute(query, {"first": begin, "last": newest}).fetchall()}


def _replace_findings(connection: DuckDBPyConnection, query: RuleQuery, begin: date, newest: date) -> int:
    end = newest - timedelta(days=REVIEW_DAYS) if query.waits else newest
    keys = {"rule_id": query.rule.id, "table_code": query.table_code}
    named = {"first": begin, "last": end, "review_days": REVIEW_DAYS, **keys, "severity": query.rule.severity}
    text = (_HERE / "store.sql").read_text(encoding="utf-8")
    text = text.replace("$breaches", query.sql).replace("$judged", _judged(query.needs))
    parameters = {name: value for name, value in named.items() if f"${name}" in text}
    with transaction(connection):
        forget = (_HERE / "forget.sql").read_text(encoding="utf-8")
        connection.execute(forget, {"first": begin, "last": newest, **keys})
        return connection.execute(text, parameters).fetchone()[0]


def _judged(needs: Iterable[frozenset[str]]) -> str:
    """Condition: rows of every table that the rule needs had arrived from the hospital by then."""
    conditions = []
    for tables in needs:
        names = ", ".join(f"'{name}'" for name in sorted(tables))
        conditions.append(
            "exists (select 1 from arrived where arrived.org_code = breach.org_code "
            f"and arrived.table_code in ({names}) "
            f"and arrived.first_day <= breach.upload_date + {REVIEW_DAYS})"
        )
    return " and ".join(conditions) or "true"


def _note_errors(connection: DuckDBPyConnection, errors: Iterable[str], begin: date, newest: date) -> None:
    with transaction(connection):
        connection.execute("delete from validated.rule_error where last_day >= $begin", {"begin": begin})
        for error in errors:
            rule_id, table_code = error.split()
            connection.execute(
                "insert into validated.rule_error values ($rule_id, $table_code, $begin, $newest)",
                {"rule_id": rule_id, "table_code": table_code, "begin": begin, "newest": newest},
            )


def _counts(found: Iterable[tuple[RuleQuery, int]]) -> pl.DataFrame:
    rows = [(one.rule.id, one.table_code, one.rule.severity, count) for one, count in found if count]
    schema = {"rule_id": pl.String, "table_code": pl.String, "severity": pl.String, "rows": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort(
        "rows", "rule_id", "table_code", descending=[True, False, False]
    )
