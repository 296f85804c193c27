"""The work from our own catalogue: every rule that is judged of single rows of the largest table of fees."""

from collections.abc import Iterator

from peers.checks import (
    AMOUNT_DIFFERENCE,
    COLLECT_LIMIT,
    JUDGED_UPDATE_TIME,
    LATEST_RECEIPT,
    TEXT_SUFFIX,
    UNTYPED_SUFFIX,
    Check,
    Column,
    Work,
)
from xypipeline.errors import StandardError
from xypipeline.standard.field_rules import PLACEHOLDER_DATES
from xypipeline.standard.model import Catalogue, Field, Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE, content_fields
from xypipeline.validated.rules.general import EARLIEST_EVENT
from xypipeline.validated.rules.implemented import breaches_of

_DATETIME_SHAPE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]$"
_AMOUNT_RULE = "R19-01"


def largest_fee_table(catalogue: Catalogue) -> Table:
    """The table of fees of which a hospital has the most rows."""
    fees = (table for table in catalogue.tables.values() if table.domain == "fee")
    return max(fees, key=lambda table: table.expected_share)


def work_of(table: Table, catalogue: Catalogue) -> Work:
    """Columns and checks of a table.

    Raises:
        StandardError: we judge the table by other rules than these; then the comparison has to be mended.
    """
    fields = content_fields(table)
    checks = (
        Check("G01:org_code", "required", DECLARED_ORG_CODE),
        *(check for field in fields for check in _of_field(field, catalogue)),
        *_across_columns(table),
    )
    ours = {f"{rule_id}:{breach.column}" for rule_id, breach in breaches_of(table, catalogue)}
    if different := ours ^ {check.id for check in checks}:
        raise StandardError(
            f"{table.code}: benchmarks/peers lacks or invents {', '.join(sorted(different))}."
        )
    return Work(table.code, (Column(DECLARED_ORG_CODE, "string"), *map(_column, fields)), checks)


def _column(field: Field) -> Column:
    if field.type == "decimal":
        whole = field.length - field.precision
        shape = rf"^[+-]?0*[0-9]{{0,{whole}}}(?:\.[0-9]{{0,{field.precision}}})?$"
        return Column(field.code, "decimal", shape)
    return Column(field.code, field.type, _DATETIME_SHAPE if field.type == "datetime" else None)


def _of_field(field: Field, catalogue: Catalogue) -> Iterator[Check]:
    code = field.code
    if field.is_required:
        yield Check(f"G01:{code}", "required", code if field.type == "string" else code + TEXT_SUFFIX)
    if field.type == "datetime":
        days = [day.isoformat() for day in PLACEHOLDER_DATES]
        yield Check(f"G02:{code}", "not_on", code, {"days": days})
    if field.type == "string":
        yield Check(f"G03:{code}", "longest", code, {"characters": field.length})
    else:
        yield Check(f"G03:{code}", "typed", code + UNTYPED_SUFFIX)
    if field.minimum is not None:
        limits = {"least": float(field.minimum), "most": float(field.maximum)}
        yield Check(f"G04:{code}", "between", code, limits)
    if field.value_domain is not None:
        yield Check(
            f"G06:{code}", "among", code, {"codes": sorted(catalogue.code_lists[field.value_domain].codes)}
        )


def _across_columns(table: Table) -> Iterator[Check]:
    # We look among accepted rows only: what makes a row one of them tells others from it.
    own_key = [code for code in table.primary_key if code != "org_code"]
    key = ["upload_date", "org_code", DECLARED_ORG_CODE, *own_key, table.event_date, "update_time"]
    yield Check(f"G07:{table.primary_key[-1]}", "unrepeated", table.primary_key[-1], {"columns": key})
    yield Check("G08:org_code", "same", DECLARED_ORG_CODE, {"other": "org_code"})
    yield Check("G11:collect_time", "not_after", "collect_time", {"other": COLLECT_LIMIT})
    yield Check("G11:update_time", "not_after", JUDGED_UPDATE_TIME, {"other": LATEST_RECEIPT})
    event = table.event_date
    yield Check(f"G12:{event}", "not_after", event, {"other": "collect_time"})
    yield Check(f"G13:{event}", "not_before", event, {"day": EARLIEST_EVENT.isoformat()})
    yield Check(f"{_AMOUNT_RULE}:amount", "at_most", AMOUNT_DIFFERENCE, {"most": 0.05})
