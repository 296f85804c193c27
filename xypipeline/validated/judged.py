"""Every rule that is judged of each table, and what it takes to judge it. Nothing is judged here."""

import re
from collections.abc import Iterator

from xypipeline.standard.judged import JudgedRule
from xypipeline.standard.model import Catalogue, Table
from xypipeline.validated.across.queries import RuleQuery, rule_queries
from xypipeline.validated.rules.implemented import breaches_of

# These say since when a hospital sends a table: before that there is nothing to judge.
_SENDS = re.compile(r"arrived\.table_code = '(\w+)'")
# Without a declaration there is nothing to compare with, though the query reads the table as well.
_NEEDED_BESIDE = {"G27": frozenset({"declaration"})}


def judged_rules(catalogue: Catalogue) -> tuple[JudgedRule, ...]:
    """The rules that can be broken in each table, table by table in the order of the rules.

    A general rule that has nothing to look at in a table (no reference, no field of the kind) is not among
    its rules; nor is one that only says how to count.
    """
    order = {rule_id: place for place, rule_id in enumerate(catalogue.rules)}
    across = _across(catalogue)
    return tuple(
        judged
        for table in catalogue.tables.values()
        for judged in sorted(
            [*_within_rows(table, catalogue), *across.get(table.code, ())],
            key=lambda one: order[one.rule.id],
        )
    )


def _within_rows(table: Table, catalogue: Catalogue) -> Iterator[JudgedRule]:
    intake = [rule.id for rule in catalogue.rules.values() if rule.kind == "intake"]
    for rule_id in dict.fromkeys([*(rule_id for rule_id, _ in breaches_of(table, catalogue)), *intake]):
        yield JudgedRule(catalogue.rules[rule_id], table.code)


def _across(catalogue: Catalogue) -> dict[str, list[JudgedRule]]:
    by_table: dict[str, list[JudgedRule]] = {}
    for query in rule_queries(catalogue):
        judged = JudgedRule(query.rule, query.table_code, _needs(query), not query.is_of_absence)
        by_table.setdefault(query.table_code, []).append(judged)
    return by_table


def _needs(query: RuleQuery) -> tuple[frozenset[str], ...]:
    needs = [*query.needs]
    if sends := frozenset(_SENDS.findall(query.sql)):
        needs.append(sends)
    if query.rule.id in _NEEDED_BESIDE:
        needs.append(_NEEDED_BESIDE[query.rule.id])
    if query.is_of_absence:
        return tuple(dict.fromkeys(needs))
    # Rows of the table itself are asked for in the period.
    return tuple(dict.fromkeys(one for one in needs if query.table_code not in one))
