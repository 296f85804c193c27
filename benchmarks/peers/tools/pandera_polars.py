"""Pandera on an eager Polars frame: its own checks, lazily, so that every breach is in `failure_cases`."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaErrors

from peers.checks import Check, Work
from peers.in_polars import holding, read_values

PACKAGES = ("pandera", "polars")


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Validate once and count the failure cases by check."""
    frame = read_values(rows, work)
    schema = _schema(frame, work)
    breaches = Counter({check.id: 0 for check in work.checks})
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        tell_first()
        breaches.update(dict(errors.failure_cases["check"].value_counts().iter_rows()))
    return breaches


def _schema(frame: pl.DataFrame, work: Work) -> pa.DataFrameSchema:
    checks: dict[str, list[pa.Check]] = {}
    for check in work.checks:
        checks.setdefault(check.column, []).append(_translated(check))
    types = frame.schema
    columns = {name: pa.Column(types[name], checks[name], nullable=True) for name in checks}
    return pa.DataFrameSchema(columns)


def _translated(check: Check) -> pa.Check:
    limits = check.limits
    match check.kind:
        case "longest":
            return pa.Check.str_length(max_value=limits["characters"], error=check.id)
        case "between":
            return pa.Check.in_range(limits["least"], limits["most"], error=check.id)
        case "among":
            return pa.Check.isin(limits["codes"], error=check.id)
        case "not_before":
            return pa.Check.ge(date.fromisoformat(limits["day"]), error=check.id)
        case "at_most":
            return pa.Check.le(limits["most"], error=check.id)
        case _:
            holds = holding(check)
            return pa.Check(lambda data: _evaluated(data, holds), name=check.id)


def _evaluated(data: PolarsData, holds: pl.Expr) -> pl.LazyFrame:
    return data.lazyframe.select(holds)
