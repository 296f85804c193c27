"""Judges days of a table in the warehouse: `raw` is read, `validated` replaced. No rule is judged here."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from importlib.resources import files

from duckdb import DuckDBPyConnection

from xypipeline.ahead import one_ahead
from xypipeline.row_groups import RowGroups
from xypipeline.standard.model import Catalogue, Table
from xypipeline.standard.schemas import validated_columns
from xypipeline.validated.batches import Batch, pack
from xypipeline.validated.conform import Validated, validate_rows
from xypipeline.validated.findings import with_intake_severity
from xypipeline.validated.received import read_batch, read_deliveries, reading_beside, sharing_column
from xypipeline.validated.rules.implemented import RULES_OVER_GROUPS
from xypipeline.validated.verdict import Outcome, TableVerdict, add_up_files, give_verdict, outcome_of
from xypipeline.warehouse import insert_frame, quoted, run_sql, transaction

_QUERIES = files("xypipeline.validated")


def create_tables(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create what is missing of `validated`: tallies, finding, and for each table one of typed rows."""
    connection.execute((_QUERIES / "schema.sql").read_text(encoding="utf-8"))
    for table in catalogue.deliverable.values():
        columns = ", ".join(f"{quoted(name)} {type_}" for name, type_ in validated_columns(table).items())
        connection.execute(f"create table if not exists {_validated(table)} ({columns})")


def validate_days(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    table: Table,
    first: date,
    last: date,
    on_progress: Callable[[int], None] | None = None,
) -> TableVerdict:
    """Judge every row of a table uploaded from `first` to `last`, and replace what was known of them.

    All of it is one transaction; `on_progress` is told the number of rows after each batch of them.

    Raises:
        StandardError: the standard has a rule for the table that nothing implements.
    """
    days = {"first": first, "last": last}
    accepted = RowGroups(connection, f"validated.{table.code}")
    with transaction(connection), closing(_judge(connection, catalogue, table, days)) as judged:
        tally_name = _tally(table, catalogue)
        _forget(connection, table, tally_name, days)
        outcomes = [_store_defects(connection, catalogue, table, days)]
        for rows, verdict in judged:
            accepted.append(verdict.accepted)
            insert_frame(connection, "validated.finding", verdict.findings)
            outcomes.append(outcome_of(verdict.accepted, verdict.findings))
            if on_progress:
                on_progress(rows)
        accepted.finish()
        read = run_sql(connection, _QUERIES / "files.sql", table_code=table.code, **days)
        tally = add_up_files((outcome.tally for outcome in outcomes), read, table)
        insert_frame(connection, tally_name, tally)
    return give_verdict(tally, outcomes)


def _judge(
    connection: DuckDBPyConnection, catalogue: Catalogue, table: Table, days: dict[str, date]
) -> Iterator[tuple[int, Validated]]:
    """The rows of the days judged batch by batch, each with its number of rows, read and judged one ahead."""
    deliveries = read_deliveries(connection, table.code, **days)
    batches = pack(deliveries, is_divisible=is_divisible(table, catalogue))
    with reading_beside(connection) as beside:

        def judge(batch: Batch) -> Validated:
            return validate_rows(read_batch(beside, table, batch), table, catalogue)

        # Closed before the connection that its thread reads from.
        with closing(one_ahead(judge, batches)) as judged:
            for batch, verdict in judged:
                yield batch.rows, verdict


def _forget(connection: DuckDBPyConnection, table: Table, tally_name: str, days: dict[str, date]) -> None:
    of_the_days = "upload_date between $first and $last"
    connection.execute(f"delete from {_validated(table)} where {of_the_days}", days)
    # The findings that are forgotten include those of the rules across rows, which are judged afterwards.
    connection.execute(f"delete from validated.judged_day where {of_the_days}", days)
    query = (_QUERIES / "forget_findings.sql").read_text(encoding="utf-8")
    connection.execute(query, {"table_code": table.code, **days})
    connection.execute(
        f"delete from {quoted(tally_name)} where table_code = $table_code and {of_the_days}",
        {"table_code": table.code, **days},
    )


def _store_defects(
    connection: DuckDBPyConnection, catalogue: Catalogue, table: Table, days: dict[str, date]
) -> Outcome:
    defects = run_sql(connection, _QUERIES / "defects.sql", table_code=table.code, **days)
    findings = with_intake_severity(defects, catalogue)
    insert_frame(connection, "validated.finding", findings)
    return outcome_of(None, findings)


def is_divisible(table: Table, catalogue: Catalogue) -> bool:
    """Whether a delivery can be judged share by share: but for its key no rule looks at several rows."""
    looks_at_others = {catalogue.rules[rule_id].table_code for rule_id in RULES_OVER_GROUPS}
    return table.code not in looks_at_others and sharing_column(table) is not None


def _tally(table: Table, catalogue: Catalogue) -> str:
    # What counts deliveries reads `tally`, so that a control table can count nowhere.
    return "validated.control_tally" if table.code in catalogue.control_tables else "validated.tally"


def _validated(table: Table) -> str:
    return quoted(f"validated.{table.code}")
