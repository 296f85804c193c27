"""Faults of single cells (G01-G06): for each rule the first field of a table that can break it."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from xypipeline.standard.model import Catalogue, Field, Table

_AUDIT = {"org_code", "collect_time", "update_time"}
# What an empty cell looks like in uploads; drawn by the fault's number.
_EMPTY = "choose(hash(fault_no), 1, ['', '-', '/', '无', 'null'])"
_UNTYPED = {
    "int": "'十二'",
    "decimal": "'12.3.4'",
    "date": "'2023-02-30'",
    "datetime": "'2023-02-30 08:00:00'",
}


def field_changes(table: Table, catalogue: Catalogue, taken: set[str]) -> Iterator[tuple[str, str, str]]:
    """Rule id, field and DuckDB expression for each rule of cells that some field of the table can break.

    Args:
        table: the table.
        catalogue: for the value domains.
        taken: fields that other rules of the table look at; left alone.
    """
    kept = _AUDIT | taken | {table.event_date, *table.primary_key} | referring_columns(table)
    free = [field for field in table.fields if field.code not in kept]
    makers: dict[str, Callable[[Field], str | None]] = {
        "G01": lambda field: _EMPTY if field.is_required else None,
        "G02": _placeholder,
        "G03": _untyped_or_long,
        "G04": _out_of_range,
        "G05": lambda field: "'#'" if field.pattern else None,
        "G06": lambda field: "'~'" if field.value_domain and not field.pattern else None,
    }
    for rule_id, make in makers.items():
        changes = ((field.code, make(field)) for field in free)
        found = next(((code, expression) for code, expression in changes if expression), None)
        if found:
            yield rule_id, *found


def referring_columns(table: Table) -> set[str]:
    """Fields that name a record of another table, which is no longer found once they are changed."""
    parents = {child for parent in table.parents for child, _ in parent.columns}
    named = {field.code for field in table.fields if field.code.endswith(("patient_id", "dept_code"))}
    return parents | named | {field.code for field in table.fields if "工号" in field.title_zh}


def _placeholder(field: Field) -> str | None:
    if field.type in ("date", "datetime"):
        return "'1900-01-01'" if field.type == "date" else "'1900-01-01 00:00:00'"
    if field.sensitive == "id_no" and not field.pattern:
        return "'000000000'"
    return "'测试'" if field.sensitive == "name" else None


def _untyped_or_long(field: Field) -> str | None:
    if field.type != "string":
        return _UNTYPED[field.type]
    if field.length is None or field.pattern or field.value_domain or field.length > 200:
        return None
    return f"repeat('长', {field.length + 1})"


def _out_of_range(field: Field) -> str | None:
    if field.minimum is None or field.type not in ("int", "decimal"):
        return None
    return f"'{Decimal(field.minimum) - 1}'"
