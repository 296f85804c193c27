"""Judges the rules across rows, tables and days, and replaces their findings."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib.resources import files

from duckdb import DuckDBPyConnection

from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue
from xypipeline.validated.across.arrivals import REVIEW_DAYS, Arrivals
from xypipeline.validated.across.prepared import expect_uploads, prepare
from xypipeline.validated.across.queries import KEPT_ELSEWHERE, KINDS, RuleQuery, rule_queries
from xypipeline.validated.across.search import find_all
from xypipeline.validated.across.verdict import AcrossVerdict, read_verdict
from xypipeline.warehouse import transaction

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

    def prepared(cursor: DuckDBPyConnection) -> Arrivals:
        expect_uploads(cursor, registry, begin, newest)
        return prepare(cursor, catalogue)

    arrivals = prepared(connection)
    queries = list(_to_judge(connection, catalogue, arrivals, begin, newest))
    errors = find_all(connection, queries, arrivals, (begin, newest), prepared)
    _replace_findings(connection, catalogue, (begin, newest))
    _note_errors(connection, errors, begin, newest)
    failed = {query.rule.id for query in errors}
    return {kind: read_verdict(connection, catalogue, kind, failed, days) for kind in KINDS}


def _newest_day(connection: DuckDBPyConnection) -> date | None:
    return connection.execute("select max(upload_date) from validated.tally").fetchone()[0]


def _to_judge(
    connection: DuckDBPyConnection, catalogue: Catalogue, arrivals: Arrivals, begin: date, newest: date
) -> Iterator[RuleQuery]:
    """The queries that can find something: their table has rows, and a hospital sends what they need."""
    concerned = (_HERE / "concerned.sql").read_text(encoding="utf-8")
    tables = {code for (code,) in connection.execute(concerned, {"first": begin, "last": newest}).fetchall()}
    for query in rule_queries(catalogue):
        if query.is_of_rows and query.table_code not in tables:
            continue
        if not query.needs or arrivals.judged_since(query.needs):
            yield query


def _replace_findings(connection: DuckDBPyConnection, catalogue: Catalogue, days: tuple[date, date]) -> None:
    """Put what was found in the place of what was known of the days, and note that they were judged."""
    # What is kept elsewhere is found elsewhere: it is not ours to forget.
    rules = [
        rule.id for rule in catalogue.rules.values() if rule.kind in KINDS and rule.id not in KEPT_ELSEWHERE
    ]
    judged = {"first": days[0], "last": days[1]}
    with transaction(connection):
        connection.execute((_HERE / "forget.sql").read_text(encoding="utf-8"), {"rule_ids": rules, **judged})
        connection.execute((_HERE / "keep.sql").read_text(encoding="utf-8"))
        connection.execute(
            (_HERE / "judged.sql").read_text(encoding="utf-8"),
            {"standard_version": catalogue.version, **judged},
        )
    connection.execute("drop table found")


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
