"""The five statuses of a rule, and their counts: what could not be judged never enters the rate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Literal

from xypipeline.standard.judged import JudgedRule

Status = Literal["passed", "failed", "not_applicable", "no_data", "error"]


@dataclass(frozen=True, kw_only=True)
class StatusCounts:
    """How many judgements ended in each status.

    Source: docs/scoring.md, clause 13.
    """

    passed: int = 0
    failed: int = 0
    not_applicable: int = 0
    no_data: int = 0
    error: int = 0

    @classmethod
    def of(cls, status: Status) -> "StatusCounts":
        """One judgement."""
        return cls(**{status: 1})

    def __add__(self, other: "StatusCounts") -> "StatusCounts":
        return StatusCounts(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            not_applicable=self.not_applicable + other.not_applicable,
            no_data=self.no_data + other.no_data,
            error=self.error + other.error,
        )

    @property
    def judged(self) -> int:
        """Passed and failed: the only ones that a rate is of."""
        return self.passed + self.failed

    @property
    def rate(self) -> Fraction | None:
        """Passed of those judged, exact; None where nothing was."""
        return Fraction(self.passed, self.judged) if self.judged else None

    @property
    def only(self) -> Status:
        """The status of a single judgement; ValueError if these are not exactly one."""
        (status,) = (one.name for one in fields(self) for _ in range(getattr(self, one.name)))
        return status


@dataclass(frozen=True)
class Evidence:
    """What one hospital's rules are judged from, up to the cut-off day."""

    rows_received: Mapping[str, int]
    """In the quarter, by table; a table without a delivery is left out."""
    rows_accepted: Mapping[str, int]
    """As `rows_received`."""
    arrived: Mapping[str, date]
    """The first day with an accepted row of each table, control tables included, whenever that was."""
    findings: Mapping[tuple[str, str], int]
    """In the quarter, by table and rule."""


def status_of(
    judged: JudgedRule,
    evidence: Evidence,
    *,
    uncomputed: Collection[tuple[str, str]],
    not_applicable: Collection[str],
) -> Status:
    """The status of one rule of one table of one hospital.

    Args:
        judged: the rule.
        evidence: the hospital's.
        uncomputed: table and rule of what could not be computed for some day of the quarter.
        not_applicable: the tables that the register excuses the hospital from; what arrives is judged all the
            same.
    """
    table_code = judged.table_code
    key = table_code, judged.rule.id
    if table_code in not_applicable and not evidence.rows_received.get(table_code):
        return "not_applicable"
    if key in uncomputed:
        return "error"
    if evidence.findings.get(key):
        return "failed"
    if judged.needs_rows and not evidence.rows_accepted.get(table_code):
        return "no_data"
    if any(tables.isdisjoint(evidence.arrived) for tables in judged.needs):
        return "no_data"
    return "passed"
