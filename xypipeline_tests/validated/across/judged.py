"""Judges one rule across rows on tables written down in a test, in a real DuckDB."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.registry.institutions import load_registry
from xypipeline.registry.model import Inapplicability
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.arrivals import REVIEW_DAYS
from xypipeline.validated.across.prepared import expect_uploads, prepare
from xypipeline.validated.across.queries import RuleQuery, rule_queries
from xypipeline.validated.across.search import find_breaches
from xypipeline.validated.store import create_tables
from xypipeline.warehouse import connect_in_memory, insert_frame
from xypipeline_tests.stored.filling import accept_rows

DAY = date(2023, 4, 10)
"""The upload date of a row that gives none."""
HOSPITAL = "411500001"
REGISTRY = load_registry()
Tables = Mapping[str, Sequence[Mapping[str, object]]]
Case = tuple[str, list[tuple[int | None, str]], Tables]
"""Rule id, the expected breaches as (line, column), and rows by table; lines count from 1 in each."""


def excuse(*entries: Inapplicability) -> None:
    """Let the register have these entries until the next call."""
    registry = replace(REGISTRY, inapplicabilities=entries)
    expect_uploads(_warehouse(), registry, date(2023, 3, 1), date(2023, 6, 30))


def breaches(rule_id: str, tables: Tables, days: tuple[date, date] = (DAY, DAY)) -> list[tuple]:
    """Line and column of each finding of the rule, once all counterparts had time to arrive."""
    found = findings(rule_id, tables, days)
    return [(line, column) for line, column in found.select("line", "column_name").iter_rows()]


def findings(rule_id: str, tables: Tables, days: tuple[date, date] = (DAY, DAY)) -> pl.DataFrame:
    """The rule's findings on the days, ordered by upload date, line and column."""
    connection = filled_warehouse(tables)
    arrivals = prepare(connection, current_catalogue())
    for query in _queries()[rule_id]:
        find_breaches(connection, query, arrivals, (days[0], days[1] + timedelta(days=REVIEW_DAYS)))
    found = (
        "select * exclude (query_no) from found where upload_date between $first and $last "
        "order by upload_date, line, column_name"
    )
    return connection.sql(found, params={"first": days[0], "last": days[1]}).pl()


def filled_warehouse(tables: Tables) -> DuckDBPyConnection:
    """The rows as accepted, and nothing else; one warehouse for all cases."""
    connection = _emptied_warehouse()
    for table_code, rows in tables.items():
        frame = _frame(table_code, rows)
        accept_rows(connection, table_code, frame)
        insert_frame(connection, "validated.tally", _tally(table_code, frame))
    return connection


@cache
def _queries() -> Mapping[str, list[RuleQuery]]:
    queries: dict[str, list[RuleQuery]] = {}
    for query in rule_queries(current_catalogue()):
        queries.setdefault(query.rule.id, []).append(query)
    return queries


@cache
def _warehouse() -> DuckDBPyConnection:
    connection = connect_in_memory()
    connection.execute("set threads = 1")
    create_tables(connection, current_catalogue())
    expect_uploads(connection, REGISTRY, date(2023, 3, 1), date(2023, 6, 30))
    return connection


def _emptied_warehouse() -> DuckDBPyConnection:
    """One for all cases: making its tables takes longer than judging."""
    connection = _warehouse()
    filled = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where schema_name in ('stored', 'validated') and estimated_size > 0"
    ).fetchall()
    for schema, name in filled:
        connection.execute(f'truncate {schema}."{name}"')
    return connection


def _frame(table_code: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    usual = {"upload_date": DAY, "org_code": HOSPITAL, "is_qualified": True}
    if table_code not in current_catalogue().control_tables:
        usual["modify_flag"] = "1"
    filled = [
        {**usual, "path": f"{table_code}.csv", "line": line, **row} for line, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(filled, infer_schema_length=None)


def _tally(table_code: str, frame: pl.DataFrame) -> pl.DataFrame:
    counts = frame.group_by("path", "upload_date", "org_code").agg(pl.len().alias("rows_accepted"))
    return counts.with_columns(table_code=pl.lit(table_code), rows_qualified=0, rows_fatal=0)
