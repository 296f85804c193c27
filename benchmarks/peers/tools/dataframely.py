"""dataframely: a schema of typed columns and rules, `filter` for the good rows and the breaches by rule."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from peers.checks import Check, Work
from peers.in_polars import holding, read_values

PACKAGES = ("dataframely", "polars")
# Rules of a column by what they check; dataframely names them `<column>|<rule>`.
_OWN = {
    "required": "nullability",
    "longest": "max_length",
    "among": "check__is_in",
    "not_before": "min",
    "at_most": "max",
}


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Filter once and read the failure's counts."""
    frame = read_values(rows, work)
    _, failure = _schema(frame, work).filter(frame)
    tell_first()
    counts = failure.counts()
    return {check.id: sum(counts.get(name, 0) for name in _names(check)) for check in work.checks}


def _names(check: Check) -> list[str]:
    if check.kind == "between":
        return [f"{check.column}|min", f"{check.column}|max"]
    if check.kind in _OWN:
        return [f"{check.column}|{_OWN[check.kind]}"]
    return [_rule_name(check)]


def _rule_name(check: Check) -> str:
    return check.id.replace(":", "_").replace("-", "_")


def _schema(frame: pl.DataFrame, work: Work) -> type[dy.Schema]:
    members: dict[str, object] = {name: _column(name, frame.schema[name], work) for name in frame.columns}
    for check in work.checks:
        if check.kind not in (*_OWN, "between"):
            members[_rule_name(check)] = dy.rule()(_rule(holding(check)))
    return type("FeeDetail", (dy.Schema,), members)


def _rule(holds: pl.Expr) -> Callable[[type[dy.Schema]], pl.Expr]:
    return lambda cls: holds


def _column(name: str, dtype: pl.DataType, work: Work) -> dy.Column:
    own = {check.kind: check.limits for check in work.checks if check.column == name}
    nullable = "required" not in own
    if dtype == pl.Float64:
        limits = own.get("between", {})
        most = own["at_most"]["most"] if "at_most" in own else limits.get("most")
        return dy.Float64(nullable=nullable, min=limits.get("least"), max=most)
    if dtype == pl.Datetime:
        first = own["not_before"]["day"] if "not_before" in own else None
        return dy.Datetime(nullable=nullable, min=first and date.fromisoformat(first), time_unit="us")
    if dtype == pl.String:
        longest, codes = own.get("longest", {}).get("characters"), own.get("among", {}).get("codes")
        return dy.String(
            nullable=nullable, max_length=longest, check={"is_in": _among(codes)} if codes else None
        )
    return dy.Date(nullable=True) if dtype == pl.Date else dy.Int64(nullable=True)


def _among(codes: list[str]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda column: column.is_in(codes)
