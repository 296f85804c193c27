"""Judges days of a table in the warehouse: `raw` is read, `validated` replaced. No rule is judged here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.ahead import Ahead, reading_beside
from xypipeline.standard.model import Catalogue, Table
from xypipeline.stored.tables import begin_judging, give_verdicts
from xypipeline.stored.tables import create_tables as create_stored_tables
from xypipeline.validated.batches import Batch, pack
from xypipeline.validated.conform import Validated, validate_rows
from xypipeline.validated.findings import with_intake_severity
from xypipeline.validated.received import read_batch, read_deliveries, sharing_column
from xypipeline.validated.rules.implemented import RULES_OVER_GROUPS
from xypipeline.validated.verdict import Outcome, TableVerdict, add_up_files, give_verdict, outcome_of
from xypipeline.warehouse import insert_frame, quoted, run_sql, transaction

Told = Callable[[int], None]

_QUERIES = files("xypipeline.validated")


def create_tables(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create what is missing of `validated`: tallies, finding, and what the rows of each table lie in."""
    connection.execute((_QUERIES / "schema.sql").read_text(encoding="utf-8"))
    create_stored_tables(connection, catalogue)


def validate_days(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    table: Table,
    first: date,
    last: date,
    on_progress: Told = lambda rows: None,
) -> TableVerdict:
    """Judge every row of a table uploaded from `first` to `last`, and replace what was known of them.

    All of it is one transaction; `on_progress` is told the number of rows after each batch of them.

    Raises:
        StandardError: the standard has a rule for the table that nothing implements.
    """
    with validating(connection, catalogue, [table], first, last) as validate:
        return validate(table, on_progress)


@contextmanager
def validating(
    connection: DuckDBPyConnection, catalogue: Catalogue, tables: Sequence[Table], first: date, last: date
) -> Iterator[Callable[[Table, Told], TableVerdict]]:
    """Judges several tables as `validate_days` does one: rows of the next are judged while one is stored.

    Yields:
        What judges a table; they are taken in the order given, and none twice.
    """
    days = {"first": first, "last": last}
    with reading_beside(connection) as beside, reading_beside(connection) as aside:
        received = _Received(catalogue, days, beside, aside)
        with (
            Ahead(tables, received.batches, received.judge, _size) as judged,
            Ahead(tables, lambda table: [table], received.read_files, _Files.size) as delivered,
        ):

            def validate(table: Table, on_progress: Told) -> TableVerdict:
                ((_, files),) = delivered.take(table)
                with transaction(connection):
                    _forget(connection, table, _tally(table, catalogue), days)
                    insert_frame(connection, "validated.finding", files.findings)
                    outcomes = [outcome_of(None, files.findings)]
                    outcomes += _store_verdicts(connection, table, judged.take(table), on_progress)
                    tally = add_up_files((outcome.tally for outcome in outcomes), files.read, table)
                    insert_frame(connection, _tally(table, catalogue), tally)
                return give_verdict(tally, outcomes)

            yield validate


@dataclass(frozen=True)
class _Received:
    """What was received in some days, as two threads look at it, each through a connection of its own."""

    catalogue: Catalogue
    days: dict[str, date]
    of_rows: DuckDBPyConnection
    of_files: DuckDBPyConnection

    def batches(self, table: Table) -> Iterator["_Rows"]:
        """The rows of a table in batches, none of them read yet."""
        deliveries = read_deliveries(self.of_rows, table.code, **self.days)
        batches = pack(deliveries, is_divisible=is_divisible(table, self.catalogue))
        return (_Rows(table, batch) for batch in batches)

    def judge(self, rows: "_Rows") -> Validated:
        """Read a batch and judge it."""
        return validate_rows(read_batch(self.of_rows, rows.table, rows.batch), rows.table, self.catalogue)

    def read_files(self, table: Table) -> "_Files":
        """What the raw stage noted of a table's files."""
        queried = {"table_code": table.code, **self.days}
        defects = run_sql(self.of_files, _QUERIES / "defects.sql", **queried)
        read = run_sql(self.of_files, _QUERIES / "files.sql", **queried)
        return _Files(read, with_intake_severity(defects, self.catalogue))


@dataclass(frozen=True)
class _Files:
    """A table's files that were read, or tried to be, and what was found while reading."""

    read: pl.DataFrame
    findings: pl.DataFrame

    def size(self) -> int:
        """In bytes."""
        return self.read.estimated_size() + self.findings.estimated_size()


@dataclass(frozen=True)
class _Rows:
    """Rows of one table that are judged together."""

    table: Table
    batch: Batch


def _size(verdict: Validated) -> int:
    return verdict.accepted.estimated_size() + verdict.findings.estimated_size()


def _store_verdicts(
    connection: DuckDBPyConnection,
    table: Table,
    judged: Iterator[tuple[_Rows, Validated]],
    on_progress: Told,
) -> Iterator[Outcome]:
    for rows, verdict in judged:
        give_verdicts(connection, table, verdict.verdicts)
        insert_frame(connection, "validated.finding", verdict.findings)
        yield outcome_of(verdict.accepted, verdict.findings)
        on_progress(rows.batch.rows)


def _forget(connection: DuckDBPyConnection, table: Table, tally_name: str, days: dict[str, date]) -> None:
    of_the_days = "upload_date between $first and $last"
    begin_judging(connection, table, **days)
    # The findings that are forgotten include those of the rules across rows, which are judged afterwards.
    connection.execute(f"delete from validated.judged_day where {of_the_days}", days)
    query = (_QUERIES / "forget_findings.sql").read_text(encoding="utf-8")
    connection.execute(query, {"table_code": table.code, **days})
    connection.execute(
        f"delete from {quoted(tally_name)} where table_code = $table_code and {of_the_days}",
        {"table_code": table.code, **days},
    )


def is_divisible(table: Table, catalogue: Catalogue) -> bool:
    """Whether a delivery can be judged share by share: but for its key no rule looks at several rows."""
    looks_at_others = {catalogue.rules[rule_id].table_code for rule_id in RULES_OVER_GROUPS}
    return table.code not in looks_at_others and sharing_column(table) is not None


def _tally(table: Table, catalogue: Catalogue) -> str:
    # What counts deliveries reads `tally`, so that a control table can count nowhere.
    return "validated.control_tally" if table.code in catalogue.control_tables else "validated.tally"
