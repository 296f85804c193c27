"""Judges the rules across rows, tables and days, and replaces their findings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue
from xypipeline.validated.across.queries import KEPT_ELSEWHERE, KINDS, RuleQuery, rule_queries
from xypipeline.validated.across.verdict import AcrossVerdict, read_verdict
from xypipeline.warehouse import insert_frame, transaction

# Clause G14: a record may arrive this many days after a row that refers to it.
REVIEW_DAYS = 3
_HERE = files("xypipeline.validated.across")


def judge_across(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    registry: Registry,
    days: tuple[date, date],
) -> dict[str, AcrossVerdict]:
    """Judge what the days, from first to last, can have changed, and replace the findings of these rules.

    That begins `REVIEW_DAYS` earlier, since a row may have waited for one that came now, and ends with the
    newest day that is known. A rule that lets counterparts arrive later is judged that many days later.
    Findings about whole days have no path and line. No row's `is_qualified` is touched.

    Returns:
        By kind, what was found in the days themselves.
    """
    begin = days[0] - timedelta(days=REVIEW_DAYS)
    newest = max(days[1], _newest_day(connection) or days[1])
    prepare(connection, catalogue)
    expect_uploads(connection, registry, begin, newest)
    queries = list(_to_judge(connection, catalogue, begin, newest))
    errors: list[RuleQuery] = []
    while wrong := _replace_findings(connection, catalogue, queries, (begin, newest)):
        queries.remove(wrong)
        errors.append(wrong)
    _note_errors(connection, errors, begin, newest)
    failed = {query.rule.id for query in errors}
    return {kind: read_verdict(connection, catalogue, kind, failed, days) for kind in KINDS}


def prepare(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create what the queries of the rules use beside the tables, but for the days expected."""
    for name in ("schema.sql", "arrived.sql"):
        connection.execute((_HERE / name).read_text(encoding="utf-8"))
    diseases = [(one.code, one.class_code, one.title_zh) for one in catalogue.notifiable_diseases]
    columns = ["icd_code", "infect_class_code", "disease_name"]
    insert_frame(connection, "notifiable_disease", pl.DataFrame(diseases, columns, orient="row"))


def find_breaches(connection: DuckDBPyConnection, query: RuleQuery, days: tuple[date, date]) -> None:
    """Add what one query finds in the days to `validated.finding`; the connection is prepared.

    Raises:
        duckdb.Error: it cannot be computed; the message may quote a cell.
    """
    named = {
        "first": days[0],
        "last": days[1] - timedelta(days=REVIEW_DAYS) if query.waits else days[1],
        "review_days": REVIEW_DAYS,
        "rule_id": query.rule.id,
        "table_code": query.table_code,
        "severity": query.rule.severity,
    }
    text = (_HERE / "store.sql").read_text(encoding="utf-8")
    text = text.replace("$breaches", query.sql).replace("$judged", _judged(query.needs))
    connection.execute(text, {name: value for name, value in named.items() if f"${name}" in text})


def _newest_day(connection: DuckDBPyConnection) -> date | None:
    return connection.execute("select max(upload_date) from validated.tally").fetchone()[0]


def expect_uploads(connection: DuckDBPyConnection, registry: Registry, begin: date, newest: date) -> None:
    """Create `expected` and `excused`, in the whole months around the days judged.

    `expected`: when each hospital should upload; `excused`: which tables it need not upload when.
    """
    first, last = begin.replace(day=1), newest + timedelta(days=6)
    expected = [
        (institution.org_code, day)
        for institution in registry.institutions
        for day in registry.expected_days(institution.org_code, first, last)
    ]
    excused = list(registry.excused_days(first, last))
    _fill(connection, "expected", {"org_code": "varchar", "expected_date": "date"}, expected)
    columns = {"org_code": "varchar", "table_code": "varchar", "excused_date": "date"}
    _fill(connection, "excused", columns, excused)


def _fill(connection: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: list[tuple]) -> None:
    listed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
    connection.execute(f"create or replace temp table {name} ({listed})")
    insert_frame(connection, name, pl.DataFrame(rows, list(columns), orient="row"))


def _to_judge(
    connection: DuckDBPyConnection, catalogue: Catalogue, begin: date, newest: date
) -> Iterator[RuleQuery]:
    """The queries that can find something: their table has rows, and a hospital sends what they need."""
    concerned = (_HERE / "concerned.sql").read_text(encoding="utf-8")
    tables = {code for (code,) in connection.execute(concerned, {"first": begin, "last": newest}).fetchall()}
    senders: dict[str, set[str]] = {}
    for org_code, table_code in connection.execute("select org_code, table_code from arrived").fetchall():
        senders.setdefault(table_code, set()).add(org_code)
    for query in rule_queries(catalogue):
        if query.is_of_rows and query.table_code not in tables:
            continue
        able = [set().union(*(senders.get(table, ()) for table in either)) for either in query.needs]
        if not able or set.intersection(*able):
            yield query


def _replace_findings(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    queries: Iterable[RuleQuery],
    days: tuple[date, date],
) -> RuleQuery | None:
    """Forget what was found in the days, find it anew and note that they were judged, all in one change.

    Returns:
        The query that could not be computed, and then nothing was changed.

    Raises:
        duckdb.Error: the change itself failed, as on a full disk; no query is to blame.
    """
    # What is kept elsewhere is found elsewhere: it is not ours to forget.
    rules = [
        rule.id for rule in catalogue.rules.values() if rule.kind in KINDS and rule.id not in KEPT_ELSEWHERE
    ]
    forget = (_HERE / "forget.sql").read_text(encoding="utf-8")
    try:
        with transaction(connection):
            connection.execute(forget, {"rule_ids": rules, "first": days[0], "last": days[1]})
            for query in queries:
                _find_or_name(connection, query, days)
            connection.execute(
                (_HERE / "judged.sql").read_text(encoding="utf-8"),
                {"standard_version": catalogue.version, "first": days[0], "last": days[1]},
            )
    except _UncomputableError as error:
        return error.query
    return None


class _UncomputableError(Exception):
    """Undoes the change; DuckDB's message may quote a cell, so it goes no further."""

    def __init__(self, query: RuleQuery) -> None:
        super().__init__(query.rule.id)
        self.query = query


def _find_or_name(connection: DuckDBPyConnection, query: RuleQuery, days: tuple[date, date]) -> None:
    try:
        find_breaches(connection, query, days)
    except duckdb.Error:
        raise _UncomputableError(query) from None


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


def _note_errors(
    connection: DuckDBPyConnection, errors: Iterable[RuleQuery], begin: date, newest: date
) -> None:
    with transaction(connection):
        connection.execute("delete from validated.rule_error where last_day >= $begin", {"begin": begin})
        for query in errors:
            connection.execute(
                "insert into validated.rule_error values ($rule_id, $table_code, $begin, $newest)",
                {
                    "rule_id": query.rule.id,
                    "table_code": query.table_code,
                    "begin": begin,
                    "newest": newest,
                },
            )
