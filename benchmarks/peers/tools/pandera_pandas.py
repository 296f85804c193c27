"""Pandera on pandas: its own checks, lazily, so that every breach is in `failure_cases`."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from peers.checks import Check, Work
from peers.in_pandas import read_values

PACKAGES = ("pandera", "pandas", "pyarrow")
_WIDE = ("unrepeated", "same", "not_after")


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Validate once and count the failing rows by check."""
    frame = read_values(rows, work)
    breaches = Counter({check.id: 0 for check in work.checks})
    try:
        _schema(frame, work).validate(frame, lazy=True)
    except SchemaErrors as errors:
        tell_first()
        cases = errors.failure_cases
        # A check across columns lists every cell of a failing row.
        failing = cases.groupby("check")["index"].nunique()
        breaches.update(failing.to_dict())
    return breaches


def _schema(frame: pd.DataFrame, work: Work) -> pa.DataFrameSchema:
    checks: dict[str, list[pa.Check]] = {}
    for check in work.checks:
        if check.kind not in _WIDE:
            checks.setdefault(check.column, []).append(_of_column(check))
    columns = {name: pa.Column(frame[name].dtype, checks[name], nullable=True) for name in checks}
    return pa.DataFrameSchema(columns, checks=[_across(check) for check in work.of_kind(*_WIDE)])


def _of_column(check: Check) -> pa.Check:
    limits = check.limits
    match check.kind:
        case "required":
            return pa.Check(pd.Series.notna, ignore_na=False, error=check.id)
        case "typed":
            return pa.Check(pd.Series.isna, error=check.id)
        case "longest":
            return pa.Check.str_length(max_value=limits["characters"], error=check.id)
        case "between":
            return pa.Check.in_range(limits["least"], limits["most"], error=check.id)
        case "among":
            return pa.Check.isin(limits["codes"], error=check.id)
        case "not_on":
            days = [date.fromisoformat(day) for day in limits["days"]]
            return pa.Check(lambda column: ~_is_on(column, days), error=check.id)
        case "not_before":
            return pa.Check.ge(pd.Timestamp(limits["day"]), error=check.id)
        case _:
            return pa.Check.le(limits["most"], error=check.id)


def _is_on(column: pd.Series, days: list[date]) -> pd.Series:
    # `dt.date` would make a Python object of every cell.
    return column.dt.normalize().isin([pd.Timestamp(day).as_unit("us") for day in days])


def _across(check: Check) -> pa.Check:
    limits, column = check.limits, check.column
    match check.kind:
        case "unrepeated":
            return pa.Check(lambda frame: ~frame.duplicated(limits["columns"]), error=check.id)
        case "same":
            other = limits["other"]
            return pa.Check(
                lambda frame: (frame[column] == frame[other]) | frame[column].isna(), error=check.id
            )
        case _:
            other = limits["other"]
            return pa.Check(lambda frame: ~(frame[column] > frame[other]), error=check.id)
