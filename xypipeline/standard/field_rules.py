"""The general rules that hold for each field by itself (G01-G06), generated from the catalogue."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl

from xypipeline.standard.model import Catalogue, Field, Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE, Breach, content_fields, untyped_column

PLACEHOLDER_DATES = (date(1900, 1, 1), date(9999, 12, 31))
PLACEHOLDER_NAME = r"(?i)测试|^(?:未知|不详|test)$"
PLACEHOLDER_NUMBER = "^(?:" + "|".join(f"{digit}+" for digit in range(10)) + ")$"


def field_breaches(table: Table, catalogue: Catalogue) -> Iterator[tuple[str, Breach]]:
    """Rule id and breach for every constraint of every field, in the standard's order of fields.

    Of the row's own org_code only its absence: any other code than the delivering hospital's breaks G08.
    """
    yield "G01", Breach("org_code", pl.col(DECLARED_ORG_CODE).is_null())
    for field in content_fields(table):
        for rule_id, expression in _constraints(field, catalogue):
            yield rule_id, Breach(field.code, expression)


def _constraints(field: Field, catalogue: Catalogue) -> Iterator[tuple[str, pl.Expr]]:
    value, untyped = pl.col(field.code), pl.col(untyped_column(field.code))
    if field.is_required:
        yield "G01", value.is_null() & untyped.is_null()
    placeholder = _is_placeholder(field)
    if placeholder is not None:
        yield "G02", placeholder
    if field.type != "string":
        yield "G03", untyped.is_not_null()
    elif field.length is not None:
        yield "G03", value.str.len_chars() > field.length
    if field.minimum is not None or field.maximum is not None:
        yield "G04", _is_out_of_range(field)
    if field.pattern is not None:
        yield "G05", value.str.contains(field.pattern).not_()
    domain = _is_out_of_domain(field, catalogue)
    if domain is not None:
        yield "G06", domain


def _is_placeholder(field: Field) -> pl.Expr | None:
    value = pl.col(field.code)
    if field.type == "date":
        return value.is_in(PLACEHOLDER_DATES)
    if field.type == "datetime":
        return value.dt.date().is_in(PLACEHOLDER_DATES)
    if field.sensitive == "id_no":
        return value.str.contains(PLACEHOLDER_NUMBER)
    if field.sensitive == "name":
        return value.str.contains(PLACEHOLDER_NAME)
    return None


def _is_out_of_range(field: Field) -> pl.Expr:
    value = pl.col(field.code).dt.date() if field.type == "datetime" else pl.col(field.code)
    bounds = ((field.minimum, value.lt), (field.maximum, value.gt))
    return pl.any_horizontal(
        lies_beyond(_bound(field, bound)) for bound, lies_beyond in bounds if bound is not None
    )


def _bound(field: Field, text: str) -> pl.Expr:
    if field.type in ("date", "datetime"):
        return pl.lit(date.fromisoformat(text))
    return pl.lit(Decimal(text)) if field.type == "decimal" else pl.lit(int(text))


def _is_out_of_domain(field: Field, catalogue: Catalogue) -> pl.Expr | None:
    if field.value_domain is None:
        return None
    domain, value = catalogue.code_lists[field.value_domain], pl.col(field.code)
    if field.list_separator is not None:
        elements = value.str.split(field.list_separator)
        strangers = elements.list.set_difference(list(domain.codes)).list.len() > 0
        # A list of the wrong form has no elements to look up; G05 reports it.
        return strangers & value.str.contains(field.pattern) if field.pattern else strangers
    if domain.pattern is None:
        return value.is_in(list(domain.codes)).not_()
    # The field's own pattern says the same, only more exactly, and is G05.
    return value.str.contains(domain.pattern).not_() if field.pattern is None else None
