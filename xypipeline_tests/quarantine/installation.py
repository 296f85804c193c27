"""A hospital's uploads taken in by stricter rules than are in force, so that judging again lets rows in."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.landing import inventory
from xypipeline.landing.walk import Door
from xypipeline.periods import Period
from xypipeline.raw import store as raw
from xypipeline.raw.files import Uploads
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.model import Catalogue
from xypipeline.validated import store as validated
from xypipeline_tests.publication.explain.installation import CATALOGUE, deliver, department_rows

FIRST, SECOND = "411500001", "411500002"
DAYS = Period(date(2023, 4, 1), date(2023, 4, 2))
STRICTER = replace(
    CATALOGUE,
    rules={**CATALOGUE.rules, "G06": replace(CATALOGUE.rules["G06"], fatal_on=frozenset({"row"}))},
)
"""By it a code that is not in its value domain keeps the row out."""


def deliver_faulty(landing_dir: Path) -> None:
    """Of the first hospital a good row, two of a wrong code, one without a key, one cut short; of the second
    a row of the first."""
    rows = department_rows(FIRST, "K1", "K2!", "K3!", "!") + f"{FIRST},K4\n"
    deliver(landing_dir, FIRST, 1, "department.csv", rows)
    deliver(landing_dir, SECOND, 2, "department.csv", department_rows(FIRST, "K5"))


def take_in(
    connection: DuckDBPyConnection, landing_dir: Path, catalogue: Catalogue = STRICTER, days: Period = DAYS
) -> None:
    """What intake does, by the rules given."""
    inventory.create_tables(connection)
    raw.create_tables(connection, catalogue)
    validated.create_tables(connection, catalogue)
    orgs = current_registry().org_codes
    inventory.store_arrivals(connection, Door(landing_dir, orgs, catalogue), days.first, days.last)
    for table in catalogue.tables.values():
        raw.load_days(connection, table, Uploads(landing_dir), days.first, days.last)
    judge(connection, catalogue, days)


def judge(connection: DuckDBPyConnection, catalogue: Catalogue, days: Period = DAYS) -> None:
    """Judge the stored rows by the rules given."""
    for table in catalogue.tables.values():
        validated.validate_days(connection, catalogue, table, days.first, days.last)
