"""What can be wrong with a row: for each rule a change to a good row that breaks it, and nothing else.

A fault that leaves the row acceptable becomes an older version of the good row, so that no record is added
and the newest version stays good; one that makes the row unacceptable adds nothing either.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from xypipeline.simulator.field_faults import field_changes
from xypipeline.standard.model import Catalogue, Table

FAULTS_FILE = Path(__file__).parent / "faults.toml"
_JUDGED = ("row", "cross_field")
_ANOTHER_HOSPITAL = "case org_code when '411500001' then '411500003' else '411500001' end"

Outcome = Literal["older_version", "repeated", "not_accepted", "ragged"]


@dataclass(frozen=True)
class Breach:
    """A finding that a fault leads to; no column when the line itself cannot be read."""

    rule_id: str
    column_name: str | None
    severity: str


@dataclass(frozen=True)
class Fault:
    """One way in which a row of a table can be wrong."""

    outcome: Outcome
    breaches: tuple[Breach, ...]
    changes: Mapping[str, str]
    """DuckDB expression by field."""
    companion: Mapping[str, str] = field(default_factory=dict)
    """Changes to a second copy of the good row, without fault, that has to come with it."""


def faults_of(table: Table, catalogue: Catalogue) -> tuple[Fault, ...]:
    """All faults of a table: unreadable, not acceptable, and one for each rule that it can break alone."""
    own = _own_faults(table, catalogue)
    taken = {column for fault in own for column in fault.changes} | _columns_in_rules(table, catalogue)
    return (*_fatal_faults(table), *_general_faults(table, catalogue, taken), *own)


@cache
def _read() -> tuple[dict, ...]:
    return tuple(tomllib.loads(FAULTS_FILE.read_text(encoding="utf-8"))["fault"])


def _own_faults(table: Table, catalogue: Catalogue) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            "older_version",
            tuple(
                Breach(rule_id, column, catalogue.rules[rule_id].severity)
                for rule_id, column in {entry["rule"]: entry["column"], **entry.get("also", {})}.items()
            ),
            entry["changes"],
            entry.get("companion", {}),
        )
        for entry in _read()
        if catalogue.rules[entry["rule"]].table_code == table.code
    )


def _columns_in_rules(table: Table, catalogue: Catalogue) -> set[str]:
    rules = [rule for rule in catalogue.rules_of(table) if rule.table_code != "*" and rule.kind in _JUDGED]
    return {word for rule in rules for word in re.findall(r"[a-z_0-9]+", rule.expression)}


def _fatal_faults(table: Table) -> Iterator[Fault]:
    yield Fault("ragged", (Breach("I01", None, "fatal"),), {})
    yield _not_accepted("G01", "org_code", "''")
    yield _not_accepted("G08", "org_code", _ANOTHER_HOSPITAL)
    for column in dict.fromkeys((table.primary_key[-1], table.event_date)):
        if column != "org_code":
            yield _not_accepted("G01", column, "'-'")
    for column in dict.fromkeys((*table.primary_key, table.event_date)):
        if table.field(column).type != "string":
            yield _not_accepted("G03", column, "'2023年4月'")


def _not_accepted(rule_id: str, column: str, expression: str) -> Fault:
    return Fault("not_accepted", (Breach(rule_id, column, "fatal"),), {column: expression})


def _general_faults(table: Table, catalogue: Catalogue, taken: set[str]) -> Iterator[Fault]:
    def flagged(rule_id: str, column: str, changes: Mapping[str, str]) -> Fault:
        return Fault("older_version", (Breach(rule_id, column, catalogue.rules[rule_id].severity),), changes)

    yield Fault("repeated", (Breach("G07", table.primary_key[-1], catalogue.rules["G07"].severity),), {})
    yield flagged("G11", "collect_time", {"collect_time": "update_time + to_minutes(5)"})
    event = table.event_date
    if event not in taken and event not in table.primary_key and not table.is_dictionary:
        yield flagged("G12", event, {event: "collect_time + to_hours(1)"})
        yield flagged("G13", event, {event: "timestamp '1999-12-31 08:00:00'"})
    for rule_id, column, expression in field_changes(table, catalogue, taken):
        yield flagged(rule_id, column, {column: expression})
