"""Deletes raw rows that the policy need not keep any longer, and tells where rows are gone.

Raw rows name patients. What the files delivered and what became of it stays: readings, defects without the
text of their line, and all later stages.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from duckdb import DuckDBPyConnection

from xypipeline.errors import RetentionError
from xypipeline.periods import Period, Quarter
from xypipeline.standard.model import Catalogue, Table
from xypipeline.stored.tables import days_in_raw, forget_texts
from xypipeline.warehouse import run_sql, transaction

_SQL = files("xypipeline.raw")
_OF_THE_DAYS = "upload_date between $first and $last"


@dataclass(frozen=True)
class DeletedRows:
    """What a deletion took away."""

    rows: int
    lines: int
    """Unparsable lines whose text was blanked."""


def delete_old_rows(
    connection: DuckDBPyConnection, catalogue: Catalogue, finished: Iterable[Quarter], before: date
) -> DeletedRows:
    """Delete the rows of every table that were uploaded before a day, in finished quarters only.

    Args:
        connection: the warehouse.
        catalogue: the standard, for its tables.
        finished: quarters that are published for good; raw rows of any other are kept, however old.
        before: the first upload day that is kept.
    """
    rows = lines = 0
    for days in _days_to_clear(finished, before):
        with transaction(connection):
            for table in catalogue.tables.values():
                rows += forget_texts(connection, table, days.first, days.last)
            lines += _blank_lines(connection, days)
    connection.execute("checkpoint")
    return DeletedRows(rows, lines)


def requiring_rows(connection: DuckDBPyConnection, first: date, last: date) -> Callable[[Table], None]:
    """Make sure, table by table, that the rows which were read are still there, before they are judged anew.

    Returns:
        What looks at one table. It raises RetentionError where its rows are gone: judging nothing would wipe
        out the days' results.
    """
    read: dict[str, set[date]] = {}
    days_read = run_sql(connection, _SQL / "days_with_rows.sql", first=first, last=last)
    for table_code, day in days_read.iter_rows():
        read.setdefault(table_code, set()).add(day)

    def require(table: Table) -> None:
        gone = sorted(read.get(table.code, set()) - days_in_raw(connection, table, first, last))
        if gone:
            raise RetentionError(
                f"raw.{table.code} no longer holds the rows of {len(gone)} days from {gone[0]} to "
                f"{gone[-1]}: they were deleted as the policy says. Take these days in from landing again "
                "(intake, not validated alone)."
            )

    return require


def _days_to_clear(finished: Iterable[Quarter], before: date) -> list[Period]:
    return [
        Period(quarter.first, min(quarter.last, before - timedelta(days=1)))
        for quarter in sorted(set(finished))
        if quarter.first < before
    ]


def _blank_lines(connection: DuckDBPyConnection, days: Period) -> int:
    blank = f"update raw.defect set content = null where {_OF_THE_DAYS} and content is not null"
    return connection.execute(blank, {"first": days.first, "last": days.last}).fetchall()[0][0]
