"""The general rules that hold for a row as a whole (G07, G08, G11-G13), made for each table."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from xypipeline.standard.model import Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE, Breach
from xypipeline.validated.rules.predicates import is_after

CLOCK_TOLERANCE = timedelta(minutes=10)
EARLIEST_EVENT = date(2000, 1, 1)
COLLECTED, UPDATED = "collect_time", "update_time"


def general_breaches(table: Table) -> Iterator[tuple[str, Breach]]:
    """Rule id and breach of the general rules across columns, for one table."""
    # Every table of the standard has audit fields, a control table none.
    is_audited = any(field.code == UPDATED for field in table.fields)
    if is_audited:
        yield "G07", Breach(table.primary_key[-1], _is_repeated(table))
    yield "G08", Breach("org_code", pl.col(DECLARED_ORG_CODE) != pl.col("org_code"))
    if is_audited:
        yield from _audit_times()
    # A dictionary is dated by update_time, which G11 holds to.
    if is_audited and table.event_date != UPDATED:
        yield "G12", Breach(table.event_date, is_after(table.event_date, COLLECTED))
    if not table.is_dictionary:
        yield "G13", Breach(table.event_date, pl.col(table.event_date) < EARLIEST_EVENT)


def _is_repeated(table: Table) -> pl.Expr:
    # org_code, part of every key, is here the delivering hospital; the rows come ordered by path and line.
    key = dict.fromkeys(("upload_date", "org_code", *table.primary_key, UPDATED))
    return pl.struct(*key).is_first_distinct().not_() & pl.col(UPDATED).is_not_null()


def _audit_times() -> Iterator[tuple[str, Breach]]:
    latest = pl.col("upload_date").cast(pl.Datetime("us")) + timedelta(days=1) + CLOCK_TOLERANCE
    # Whichever is wrong first is named, so that a row breaks the rule once.
    collected = (pl.col(COLLECTED) > latest) | is_after(COLLECTED, UPDATED)
    yield "G11", Breach(COLLECTED, collected)
    yield "G11", Breach(UPDATED, (pl.col(UPDATED) > latest) & collected.fill_null(value=False).not_())
