"""Draws uploads as a calendar: a line per hospital (or hospital and table), a character per day of April."""

from dataclasses import replace
from datetime import date

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.policy.policy import PatrolCutoffs
from xypipeline.registry.model import Connection, Exemption, Institution, Registry, Validity
from xypipeline.scores.patrol import patrol_days
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.store import create_tables as create_validated_tables
from xypipeline.warehouse import connect_in_memory

USUAL, OTHER, RARE = "outpatient_charge", "lab_report", "department"
# Three tables instead of all: a warehouse of them is made in a moment.
CATALOGUE = replace(
    current_catalogue(), tables={code: current_catalogue().tables[code] for code in (USUAL, OTHER, RARE)}
)


def april(day: int) -> date:
    return date(2023, 4, day)


def cutoffs(**changes: int) -> PatrolCutoffs:
    """History of four days, two make a habit; half of the hospitals and at least two are the platform."""
    values = {
        "history_days": 4,
        "normal_at_least_days": 2,
        "hospital_normal_at_least_pct": 50,
        "table_normal_at_least_pct": 75,
        "platform_at_least_pct": 50,
        "platform_at_least_hospitals": 2,
        "delayed_above_days": 3,
    }
    return PatrolCutoffs(**(values | changes))


def registry(
    connections: dict[str, str | None], exemptions: tuple[Exemption, ...] = (), since: int = 1
) -> Registry:
    """Hospitals by code, each on the platform named since a day of April."""
    always = Validity(april(1), None)
    return Registry(
        version="test",
        institutions=tuple(
            Institution(number, code, f"{code}医院", "市直", "411500", "general", None, always)
            for number, code in enumerate(connections, start=1)
        ),
        connections=tuple(
            Connection(code, platform, Validity(april(since), None), None)
            for code, platform in connections.items()
            if platform
        ),
        exemptions=exemptions,
    )


def outage(first: int, last: int, org_code: str | None = None) -> Exemption:
    return Exemption(org_code, "outage", Validity(april(first), april(last)), "通知")


def warehouse_with(grid: str) -> DuckDBPyConnection:
    """`A #.0`: hospital A delivers its usual table on April 1, nothing on 2, no accepted row on 3.

    `A/lab_report #..` names another table.
    """
    connection = connect_in_memory()
    create_validated_tables(connection, CATALOGUE)
    for line in grid.split("\n"):
        if line.strip():
            name, days = line.split()
            org_code, _, table_code = name.partition("/")
            for day, mark in enumerate(days, start=1):
                if mark != ".":
                    _deliver(connection, org_code, table_code or USUAL, day, accepted=int(mark == "#"))
    return connection


def _deliver(connection: DuckDBPyConnection, org_code: str, table_code: str, day: int, accepted: int) -> None:
    connection.execute(
        "insert into validated.tally values (?, ?, ?, ?, ?, ?, ?)",
        [
            f"{day}/{org_code}/{table_code}",
            april(day),
            org_code,
            table_code,
            accepted,
            accepted,
            1 - accepted,
        ],
    )


def patrol(
    connection: DuckDBPyConnection,
    hospitals: Registry,
    first: int,
    last: int,
    policy: PatrolCutoffs | None = None,
) -> list[date]:
    used = policy or cutoffs()
    return patrol_days(connection, CATALOGUE, hospitals, lambda _: used, Period(april(first), april(last)))
