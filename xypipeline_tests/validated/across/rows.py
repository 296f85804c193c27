"""Rows of a table, written down shortly."""

from datetime import date, timedelta

from xypipeline_tests.validated.across.judged import DAY, REVIEW_DAYS, Case
from xypipeline_tests.validated.rules.verdicts import rules_shown_both_ways

NEXT_DAY = DAY + timedelta(days=1)
LAST_MOMENT = DAY + timedelta(days=REVIEW_DAYS)
TOO_LATE = DAY + timedelta(days=REVIEW_DAYS + 1)
REVOKED = {"modify_flag": "3"}


def row(**fields: object) -> dict:
    """One row; `row(a="1")` reads better in a list of many than a dictionary does."""
    return fields


def numbered(column: str, count: int, **fields: object) -> list[dict]:
    """That many rows, alike but for their key: N1, N2, ..."""
    return [{column: f"N{number}", **fields} for number in range(1, count + 1)]


def uploaded(day: date, *rows: dict) -> list[dict]:
    """The rows, as uploaded on another day than the usual one."""
    return [{**one, "upload_date": day} for one in rows]


def rules_shown(cases: list[Case]) -> set[str]:
    """The rules of which the cases have both tables that break it and tables that do not."""
    return rules_shown_both_ways([(rule_id, bool(expected)) for rule_id, expected, _ in cases])


def case_id(case: Case) -> str:
    """Which rule, and whether it is broken."""
    return f"{case[0]} {'breach' if case[1] else 'kept'}"
