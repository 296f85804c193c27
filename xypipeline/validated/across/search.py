"""Runs the queries of the rules. What they find is gathered in `found`; no table of the warehouse changes."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from queue import SimpleQueue

import duckdb
from duckdb import DuckDBPyConnection

from xypipeline.ahead import reading_beside
from xypipeline.validated.across.arrivals import REVIEW_DAYS, Arrivals
from xypipeline.validated.across.queries import RuleQuery

Days = tuple[date, date]


def find_breaches(
    connection: DuckDBPyConnection, query: RuleQuery, arrivals: Arrivals, days: Days, query_no: int = 0
) -> None:
    """Add what one query finds in the days to `found`; the connection is prepared.

    Raises:
        duckdb.Error: it cannot be computed; the message may quote a cell.
    """
    since = arrivals.judged_since(query.needs)
    text = _store().replace("$breaches", query.sql)
    named = {
        "first": days[0],
        "last": days[1] - timedelta(days=REVIEW_DAYS) if query.waits else days[1],
        "review_days": REVIEW_DAYS,
        "query_no": query_no,
        "rule_id": query.rule.id,
        "table_code": query.table_code,
        "severity": query.rule.severity,
        "hospitals": list(since),
        "first_days": list(since.values()),
    }
    connection.execute(text, {name: value for name, value in named.items() if f"${name}" in text})


def find_all(
    connection: DuckDBPyConnection,
    queries: Sequence[RuleQuery],
    arrivals: Arrivals,
    days: Days,
    prepare: Callable[[DuckDBPyConnection], object],
) -> list[RuleQuery]:
    """Gather in `found` what all queries find in the days, in their order by `query_no`.

    To plan a statement takes one core, and a day has hundreds: so two are run at a time, of which one is run
    through another connection that `prepare` prepares as the given one is.

    Returns:
        The queries that could not be computed.
    """
    with reading_beside(connection) as other:
        prepare(other)
        idle: SimpleQueue[DuckDBPyConnection] = SimpleQueue()
        idle.put(connection)
        idle.put(other)

        def is_computed(query_no: int) -> bool:
            cursor = idle.get()
            try:
                return _is_computed(cursor, queries[query_no], arrivals, days, query_no)
            finally:
                idle.put(cursor)

        computed = _two_at_once(is_computed, range(len(queries)), (connection, other))
        others = other.sql("from found").to_arrow_reader()  # noqa: F841, found by its name
        connection.execute("insert into found by name from others")
    # What failed beside another may only have lacked memory.
    failed = [query_no for query_no, is_known in enumerate(computed) if not is_known]
    return [
        queries[query_no]
        for query_no in failed
        if not _is_computed(connection, queries[query_no], arrivals, days, query_no)
    ]


def _is_computed(
    connection: DuckDBPyConnection, query: RuleQuery, arrivals: Arrivals, days: Days, query_no: int
) -> bool:
    # DuckDB's message may quote a cell, so it goes no further.
    try:
        find_breaches(connection, query, arrivals, days, query_no)
    except duckdb.Error:
        return False
    return True


def _two_at_once(
    work: Callable[[int], bool], numbers: Sequence[int], cursors: Sequence[DuckDBPyConnection]
) -> list[bool]:
    with ThreadPoolExecutor(max_workers=2) as threads:
        try:
            return list(threads.map(work, numbers))
        except BaseException:
            # Who stops the program does not want to wait for the statements that are running.
            threads.shutdown(wait=False, cancel_futures=True)
            for cursor in cursors:
                cursor.interrupt()
            raise


@cache
def _store() -> str:
    return (files("xypipeline.validated.across") / "store.sql").read_text(encoding="utf-8")
