"""Which expression implements which rule, and all that is judged of one table."""

from collections.abc import Iterator

from xypipeline.errors import StandardError
from xypipeline.standard.field_rules import field_breaches
from xypipeline.standard.model import Catalogue, Table
from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules import (
    base,
    exam,
    fees,
    front_page,
    inpatient,
    lab,
    nursing,
    orders,
    outpatient,
    public_health,
    statistics,
    surgery,
)
from xypipeline.validated.rules.coding import coding_rules
from xypipeline.validated.rules.general import general_breaches

_DOMAINS = (
    base,
    outpatient,
    orders,
    fees,
    inpatient,
    front_page,
    lab,
    exam,
    surgery,
    nursing,
    public_health,
    statistics,
)
# Rules across tables, over volume and over time come later, as `.sql` files in a folder for each kind.
KINDS = ("row", "cross_field")
# These look at other rows of the delivery, as G07 does; but those are not the rows with the same key.
RULES_OVER_GROUPS = frozenset({"R12-07", "R51-03"})


def breaches_of(table: Table, catalogue: Catalogue) -> list[tuple[str, Breach]]:
    """Everything that is judged of a row of the table by itself: rule id and breach, in the rules' order.

    Raises:
        StandardError: the standard has a rule for this table that nothing implements.
    """
    return [
        *field_breaches(table, catalogue),
        *general_breaches(table),
        *_own_breaches(table, catalogue),
    ]


def implementations(catalogue: Catalogue) -> dict[str, Breach]:
    """Rule id and breach of every rule that is about a table of its own."""
    rules = coding_rules(catalogue)
    for domain in _DOMAINS:
        rules |= domain.RULES
    return rules


def _own_breaches(table: Table, catalogue: Catalogue) -> Iterator[tuple[str, Breach]]:
    known = implementations(catalogue)
    for rule in catalogue.rules_of(table):
        if rule.table_code != table.code or rule.kind not in KINDS:
            continue
        if rule.id not in known:
            raise StandardError(
                f"rules.csv: nothing implements {rule.id}; add it to xypipeline/validated/rules/."
            )
        yield rule.id, known[rule.id]
