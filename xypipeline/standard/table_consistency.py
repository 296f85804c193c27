"""Contradictions between a table's own line and its fields."""

from collections.abc import Iterator
from decimal import Decimal

from xypipeline.standard.model import Catalogue, Table
from xypipeline.standard.source_lines import SourceLines

# Every table carries them: the delivering hospital, and what became of the record when.
ORG_COLUMN = "org_code"
AUDIT_COLUMNS = ("modify_flag", "collect_time", "update_time")
SCOPE_DOMAIN = "LC_BUSINESS_SCOPE"


def contradictions_of_tables(catalogue: Catalogue, lines: SourceLines) -> Iterator[str]:
    """Keys, event dates, audit fields and applicability that the fields and code lists do not bear out."""
    total = sum((table.expected_share for table in catalogue.tables.values()), Decimal(0))
    if total != 1:
        yield f"{lines.folder / 'tables.csv'}: expected_share sums to {total}; make it 1."
    for table in catalogue.tables.values():
        for problem in _problems(table, catalogue):
            yield f"{lines.of_table(table.code)}: {table.code} {problem}"


def _problems(table: Table, catalogue: Catalogue) -> Iterator[str]:
    yield from _key_problems(table)
    yield from _event_date_problems(table)
    for code in AUDIT_COLUMNS:
        if not _is_required(table, code):
            yield f"lacks the field {code} with required M, which every table carries; add it to its fields."
    scopes = catalogue.code_lists.get(SCOPE_DOMAIN)
    for tag in table.applicability:
        if scopes is None or tag not in scopes.codes:
            yield f"applies where {tag}, which is no code of {SCOPE_DOMAIN}; add the code or correct the tag."


def _key_problems(table: Table) -> Iterator[str]:
    if ORG_COLUMN not in table.primary_key:
        yield f"has a primary key without {ORG_COLUMN}; records of two hospitals would collide, add it."
    if len(set(table.primary_key)) != len(table.primary_key):
        yield "names a field twice in its primary key; name it once."
    for code in table.primary_key:
        if not _is_required(table, code):
            yield f"has {code} in its primary key, but no field {code} with required M; correct either."


def _event_date_problems(table: Table) -> Iterator[str]:
    if not _is_required(table, table.event_date):
        yield f"is dated by {table.event_date}, but has no such field with required M; correct either."
    elif table.field(table.event_date).type not in ("date", "datetime"):
        yield f"is dated by {table.event_date}, which is neither date nor datetime; name another field."


def _is_required(table: Table, code: str) -> bool:
    return any(field.code == code and field.is_required for field in table.fields)
