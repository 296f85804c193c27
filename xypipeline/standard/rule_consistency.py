"""Contradictions of rules: names that nothing bears, and breaches both harmless and fatal."""

import re
from collections.abc import Iterator
from dataclasses import fields

from xypipeline.standard.model import LINEAGE_COLUMNS, Catalogue, Field, Rule, Table
from xypipeline.standard.source_lines import SourceLines

ANY_TABLE = "*"
# A word with an underscore is meant as a name; a single word may be part of the sentence.
_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_ONE_TABLE_KINDS = ("row", "cross_field")


def contradictions_of_rules(catalogue: Catalogue, lines: SourceLines) -> Iterator[str]:
    """Rules about tables and fields that there are none of, and severities at odds with `fatal_on`."""
    known = _known_names(catalogue)
    for rule in catalogue.rules.values():
        for problem in _problems(rule, catalogue, known):
            yield f"{lines.of_rule(rule)}: {rule.id} {problem}"
        if rule.kind == "intake" and lines.has_rule(rule):
            yield f"{lines.of_rule(rule)}: {rule.id} is a rule of intake, which the platform defines; rename."


def _problems(rule: Rule, catalogue: Catalogue, known: set[str]) -> Iterator[str]:
    if rule.fatal_on and rule.severity == "warn":
        yield "is a mere warning and yet fatal; make its severity error, or leave fatal_on blank."
    if rule.table_code not in (ANY_TABLE, *catalogue.tables):
        yield f"is about {rule.table_code}, which is no table; correct the name."
        return
    names = list(dict.fromkeys(_NAME.findall(rule.expression)))
    for name in names:
        if name not in known:
            yield f"speaks of {name}, which is no field, table or scope; correct the name."
    if rule.kind in _ONE_TABLE_KINDS and rule.table_code != ANY_TABLE:
        yield from _foreign_fields(names, catalogue.tables[rule.table_code], catalogue)


def _foreign_fields(names: list[str], table: Table, catalogue: Catalogue) -> Iterator[str]:
    own = {field.code for field in table.fields}
    all_fields = {field.code for other in catalogue.tables.values() for field in other.fields}
    for name in names:
        if name in all_fields - own:
            yield f"needs only the table {table.code}, but {name} is no field of it; correct it, or its kind."


def _known_names(catalogue: Catalogue) -> set[str]:
    descriptive = {attribute.name for described in (Table, Field) for attribute in fields(described)}
    field_codes = {field.code for table in catalogue.tables.values() for field in table.fields}
    codes = {code for code_list in catalogue.code_lists.values() for code in code_list.codes}
    return {*LINEAGE_COLUMNS, *descriptive, *catalogue.tables, *field_codes, *codes}
