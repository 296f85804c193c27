"""Which query implements which rule across rows, tables and days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from xypipeline.standard.model import Catalogue, Rule
from xypipeline.validated.across.general import GENERAL, Expansion

KINDS = ("cross_table", "volume", "timeliness")
# Counting obeys these two wherever rows are counted; there is no row to point at.
KEPT_ELSEWHERE = {
    "G08": "validated/rules/general.py: a row of another hospital is fatal",
    "G10": "scores/records_repeated.sql: a revoked record counts nowhere",
}
_HERE = files("xypipeline.validated.across")
_READ = re.compile(r"validated\.\"?(\w+)")
# Of days on which an upload is expected, it is judged whether one came.
_ABSENCE = re.compile(r"^\s*from expected$", re.MULTILINE)
_ANY_OF = re.compile(r"^-- any of: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class RuleQuery:
    """One rule as it is judged of one table."""

    rule: Rule
    table_code: str
    sql: str

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Of each set of tables, at least one must have rows of the hospital for the rule to be judged.

        Every table that the query reads; a line `-- any of: a, b` in it names tables of which one will do.
        """
        read = frozenset(_READ.findall(self.sql)) - {"tally", "finding"}
        either = [frozenset(names.split(", ")) for names in _ANY_OF.findall(self.sql)]
        alone = read.difference(*either)
        return (*(frozenset({name}) for name in sorted(alone)), *either)

    @property
    def is_of_rows(self) -> bool:
        """Whether it is a rule for every table that has nothing to judge where this one has no rows."""
        return self.rule.id in GENERAL and not self.is_of_absence

    @property
    def is_of_absence(self) -> bool:
        """Whether it judges days on which something was due, so that there need be no row to judge."""
        return bool(_ABSENCE.search(self.sql))

    @property
    def waits(self) -> bool:
        """Whether a row is judged only once its counterparts had time to arrive."""
        return "$review_days" in self.sql


def rule_queries(catalogue: Catalogue) -> Iterator[RuleQuery]:
    """Every rule across rows that has a query, in the order of the rules, general ones once per table."""
    for rule in catalogue.rules.values():
        if rule.kind not in KINDS or not (text := rule_sql(rule)):
            continue
        if rule.id in GENERAL:
            for table in catalogue.tables.values():
                expansions = GENERAL[rule.id](table)
                if expansions:
                    yield RuleQuery(rule, table.code, _union(text, expansions))
        else:
            yield RuleQuery(rule, rule.table_code, text)


@cache
def rule_sql(rule: Rule) -> str | None:
    """The text of the rule's `.sql` file; None if there is none."""
    path = _HERE / rule.kind / f"{rule.id}.sql"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def unimplemented(catalogue: Catalogue) -> list[str]:
    """Ids of rules across rows that nothing implements."""
    return [
        rule.id
        for rule in catalogue.rules.values()
        if rule.kind in KINDS and rule.id not in KEPT_ELSEWHERE and not rule_sql(rule)
    ]


def _union(text: str, expansions: list[Expansion]) -> str:
    return "\nunion all\n".join(f"({_filled(text, names)})" for names in expansions)


def _filled(text: str, names: Expansion) -> str:
    # Longest first: $parent_table is not $parent followed by a word.
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f"${name}", names[name])
    return text
