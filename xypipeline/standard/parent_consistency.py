"""Contradictions in what tables refer to: unknown parents, keys that do not fit, circles."""

from collections.abc import Iterator

from xypipeline.standard.model import Catalogue, Parent, Table
from xypipeline.standard.source_lines import SourceLines

# A registration is referred to without it: the registration itself is meant, not its cancellation.
IMPLIED_COLUMNS = frozenset({"register_cancel_flag"})


def contradictions_of_parents(catalogue: Catalogue, lines: SourceLines) -> Iterator[str]:
    """References that no row could ever satisfy, and tables that depend on themselves."""
    for table in catalogue.tables.values():
        for parent in table.parents:
            for problem in _problems(table, parent, catalogue):
                yield f"{lines.of_table(table.code)}: {table.code} {problem}"
        if table.code in _ancestors(table, catalogue):
            place = lines.of_table(table.code)
            yield f"{place}: {table.code} is its own ancestor; remove a parent of the circle."


def _problems(table: Table, parent: Parent, catalogue: Catalogue) -> Iterator[str]:
    target = catalogue.tables.get(parent.table_code)
    if target is None:
        yield f"has the parent {parent.table_code}, which is no table; correct the name."
        return
    yield from _column_problems(table, parent, target)
    left = set(target.primary_key) - {column for _, column in parent.columns} - IMPLIED_COLUMNS
    if left:
        yield f"refers to {target.code} without {', '.join(sorted(left))} of its primary key; add it."
    yield from _condition_problems(table, parent, catalogue)


def _column_problems(table: Table, parent: Parent, target: Table) -> Iterator[str]:
    types = {field.code: field.type for field in table.fields}
    target_types = {field.code: field.type for field in target.fields}
    for child_column, parent_column in parent.columns:
        if child_column not in types:
            yield f"refers to {target.code} by {child_column}, which is no field of it; correct the name."
        if parent_column not in target.primary_key:
            yield f"refers to {target.code}.{parent_column}, not part of its primary key; refer to the key."
        elif types.get(child_column) not in (None, target_types.get(parent_column)):
            yield f"joins {child_column} to {target.code}.{parent_column}, of another type; make them equal."


def _condition_problems(table: Table, parent: Parent, catalogue: Catalogue) -> Iterator[str]:
    if parent.when_column is None:
        return
    domains = {field.code: field.value_domain for field in table.fields}
    if parent.when_column not in domains:
        yield f"has a parent only when {parent.when_column}, which is no field of it; correct the name."
        return
    code_list = catalogue.code_lists.get(domains[parent.when_column] or "")
    for value in parent.when_values:
        if code_list and not code_list.pattern and value not in code_list.codes:
            yield f"has a parent when {parent.when_column} is {value}, no code of {code_list.id}; correct it."


def _ancestors(table: Table, catalogue: Catalogue) -> set[str]:
    found: set[str] = set()
    waiting = [table]
    while waiting:
        codes = {parent.table_code for parent in waiting.pop().parents} - found
        found |= codes
        waiting += [catalogue.tables[code] for code in codes if code in catalogue.tables]
    return found
