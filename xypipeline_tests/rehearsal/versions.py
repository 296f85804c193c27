"""New versions of the standard made of the one in force, by changing what a test is about."""

from dataclasses import replace

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Catalogue, Field, Rule, Table

OLD = current_catalogue()
TRANSFER = OLD.tables["transfer_record"]


def with_field(code: str, table: Table = TRANSFER, **changes: object) -> Table:
    """The table with one field changed."""
    fields = tuple(replace(one, **changes) if one.code == code else one for one in table.fields)
    return replace(table, fields=fields)


def with_new_field(code: str, table: Table = TRANSFER, **changes: object) -> Table:
    """The table with one more field."""
    field: Field = replace(table.field("to_bed_no"), code=code, title_zh="陪护人", **changes)
    return replace(table, fields=(*table.fields, field))


def version(*tables: Table, rules: tuple[Rule, ...] = (), without: tuple[str, ...] = ()) -> Catalogue:
    """The next version: tables and rules put in place of those of the same name, or beside them."""
    named = {**OLD.tables, **{table.code: table for table in tables}}
    return replace(
        OLD,
        version="2024.1",
        tables={code: table for code, table in named.items() if code not in without},
        rules={**OLD.rules, **{rule.id: rule for rule in rules}},
    )


def rule(rule_id: str, **changes: object) -> Rule:
    """A rule about transfers, by default new and of the row."""
    known = OLD.rules.get(rule_id)
    new = Rule(rule_id, TRANSFER.code, "新规则", "row", "陪护人非空", "error", frozenset())
    return replace(known or new, **changes)
