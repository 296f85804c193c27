"""Rehearses a new version of the standard with the rows of some days; the warehouse is only read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from duckdb import DuckDBPyConnection

from xypipeline.errors import RehearsalError
from xypipeline.periods import Period
from xypipeline.raw.retention import requiring_rows
from xypipeline.rehearsal.plan import Plan, make_plan
from xypipeline.rehearsal.rows import Compared, add_up, compare_rows
from xypipeline.standard.model import Catalogue
from xypipeline.validated.batches import pack
from xypipeline.validated.received import read_columns, read_deliveries, read_texts


@dataclass(frozen=True)
class Rehearsal:
    """What a new version would make of stored rows."""

    plan: Plan
    compared: Compared
    """Of the tables of the plan."""


def rehearse(
    connection: DuckDBPyConnection,
    old: Catalogue,
    new: Catalogue,
    period: Period,
    table_code: str | None = None,
    on_progress: Callable[[str], None] = lambda title: None,
) -> Rehearsal:
    """Judge the stored rows of some days by both versions.

    Args:
        connection: the warehouse; reading is enough.
        old: the standard in force.
        new: the version that is rehearsed.
        period: upload days.
        table_code: the only table to judge, of either version; all of them unless given.
        on_progress: told the title of each table that is about to be judged.

    Raises:
        RehearsalError: neither version has the table, nothing was taken in on the days, or the new version
            lacks a general rule.
        RetentionError: rows of the days were deleted as the policy says.
    """
    known = dict.fromkeys([*new.tables, *old.tables])
    if table_code is not None and table_code not in known:
        raise RehearsalError(f"Neither {old.version} nor {new.version} has a table {table_code}.")
    _require_deliveries(connection, period)
    codes = known if table_code is None else (table_code,)
    plan = make_plan(old, new, partial(read_columns, connection), codes)
    require_rows = requiring_rows(connection, period.first, period.last)
    parts = []
    for table in plan.tables:
        on_progress(table.new.title_zh)
        require_rows(table.old)
        deliveries = read_deliveries(connection, table.old.code, period.first, period.last)
        parts += [compare_rows(read_texts(connection, table.old, batch), table) for batch in pack(deliveries)]
    return Rehearsal(plan, add_up(parts))


def _require_deliveries(connection: DuckDBPyConnection, period: Period) -> None:
    query = "select count(*) from raw.reading where upload_date between $first and $last"
    days = {"first": period.first, "last": period.last}
    if not connection.execute(query, days).fetchall()[0][0]:
        raise RehearsalError(
            f"Nothing was taken in from {period.first} to {period.last}; give days that were run."
        )
