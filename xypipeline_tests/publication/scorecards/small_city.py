"""A real warehouse in memory: A1 sends patients and transfers, B2 nothing; C3 and D4 are not expected to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.policy.policy import load_policy
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.scorecards.model import Scorecard, TableCard
from xypipeline.publication.scorecards.reading import read_scorecards
from xypipeline.registry.model import Registry
from xypipeline.scores.store import create_tables as create_scores_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.judged import JudgedRule
from xypipeline.validated.store import create_tables as create_validated_tables
from xypipeline.warehouse import connect_in_memory, insert_frame
from xypipeline_tests.publication.city import CITY, QUARTER, SILENT, UPLOADING
from xypipeline_tests.stored.filling import accept_rows

CATALOGUE = current_catalogue()
# Ten days of a quarter that is still running.
AS_OF = date(2023, 4, 10)
FIGURES = QuarterFigures(QUARTER, tuple(replace(one, as_of=AS_OF) for one in CITY), load_policy(2023))
PATIENTS, TRANSFERS = "patient_info", "transfer_record"
RULES = tuple(
    JudgedRule(CATALOGUE.rules[rule_id], table_code, needs, needs_rows=rule_id != "G18")
    for table_code, rule_id, needs in (
        (PATIENTS, "G02", ()),
        (PATIENTS, "G06", ()),
        (PATIENTS, "G14", (frozenset({"org_info"}),)),
        (PATIENTS, "G18", (frozenset({PATIENTS}),)),
        (PATIENTS, "G24", ()),
        (TRANSFERS, "G06", ()),
        (TRANSFERS, "G14", (frozenset({"inpatient_admission"}),)),
    )
)
A1, B2 = UPLOADING.org_code, SILENT.org_code


def day(number: int) -> date:
    """A day of April."""
    return date(2023, 4, number)


def warehouse() -> DuckDBPyConnection:
    """What the stages would leave: 6 patients on four days, of whom 5 are qualified, and a bad transfer."""
    connection = connect_in_memory()
    create_validated_tables(connection, CATALOGUE)
    create_scores_tables(connection)
    connection.execute(
        "insert into validated.judged_day select unnest(generate_series($first, $last, interval 1 day)), '9'",
        {"first": QUARTER.first, "last": AS_OF},
    )
    patients = [
        {"upload_date": day(2), "create_time": day(1), "sex_code": "1"},
        {"upload_date": day(2), "create_time": day(2), "sex_code": "2", "ethnic_code": "97"},
        {"upload_date": day(5), "create_time": day(3), "sex_code": "9"},
        {"upload_date": day(5), "create_time": day(3), "sex_code": None},
        {"upload_date": day(9), "create_time": day(8), "sex_code": "x"},
        # Sent again: the business day came on time before.
        {"upload_date": day(9), "create_time": day(1), "sex_code": "1"},
    ]
    accept_rows(connection, PATIENTS, _frame(patients))
    _deliver(connection, PATIENTS, {day(2): (2, 2), day(5): (2, 2), day(9): (2, 1)})
    _deliver(connection, TRANSFERS, {day(4): (0, 0)}, rows_received=1)
    return connection


def find(
    connection: DuckDBPyConnection, table_code: str, rule_id: str, *found: tuple[date, str | None]
) -> None:
    """Findings of A1, each on a day and in a column."""
    rows = [
        {
            "upload_date": upload_date,
            "org_code": A1,
            "table_code": table_code,
            "path": "f.csv",
            "line": line,
            "column_name": column,
            "rule_id": rule_id,
            "severity": CATALOGUE.rules[rule_id].severity,
        }
        for line, (upload_date, column) in enumerate(found, start=2)
    ]
    insert_frame(connection, "validated.finding", pl.DataFrame(rows, infer_schema_length=None))


def read(connection: DuckDBPyConnection, registry: Registry, **options: object) -> tuple[Scorecard, ...]:
    """The scorecards with the few rules above."""
    return read_scorecards(connection, FIGURES, CATALOGUE, registry, RULES, **options)


def table_card(card: Scorecard, code: str) -> TableCard:
    """One table of a scorecard."""
    return next(one for one in card.tables if one.table.code == code)


def _frame(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    usual = {"org_code": A1, "path": "f.csv", "is_qualified": True, "modify_flag": "1"}
    filled = [
        {**usual, "line": line, "patient_id": str(line), **row} for line, row in enumerate(rows, start=2)
    ]
    return pl.DataFrame(filled, infer_schema_length=None)


def _deliver(
    connection: DuckDBPyConnection,
    table_code: str,
    days: Mapping[date, tuple[int, int]],
    rows_received: int | None = None,
) -> None:
    rows = [
        {
            "upload_date": upload_date,
            "org_code": A1,
            "table_code": table_code,
            "path": f"{upload_date}.csv",
            "rows_received": rows_received or accepted,
            "rows_accepted": accepted,
            "rows_qualified": qualified,
            "rows_fatal": (rows_received or accepted) - accepted,
            "records_new": accepted,
        }
        for upload_date, (accepted, qualified) in days.items()
    ]
    frame = pl.DataFrame(rows)
    insert_frame(connection, "scores.ledger", frame.drop("path"))
    insert_frame(connection, "validated.tally", frame.drop("rows_received", "records_new"))
