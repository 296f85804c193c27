"""Asks one rule about rows written down in a test."""

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.schemas import Breach
from xypipeline_tests.validated.rows import conformed, table_named

BREACH, KEPT = True, False


def is_breach(rule_id: str, breach: Breach, *rows: dict) -> bool:
    """Whether the last of the rows, all of one delivery, breaks the rule."""
    table = table_named(current_catalogue().rules[rule_id].table_code)
    return (
        conformed(table.code, *rows)
        .select(breach.expression)
        .to_series()
        .fill_null(value=False)
        .to_list()[-1]
    )


def case_id(case: tuple) -> str:
    rule_id, verdict, *rows = case
    row = " ".join(f"{name}={value}" for name, value in rows[-1].items())
    return f"{rule_id} {'breach' if verdict else 'kept'} {row}"


def rules_shown_both_ways(cases: list[tuple]) -> set[str]:
    """The rules of which the cases have both a row that breaks it and one that does not."""
    broken, kept = ({case[0] for case in cases if case[1] is verdict} for verdict in (BREACH, KEPT))
    assert broken == kept
    return broken
