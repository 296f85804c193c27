"""pointblank on Polars: one step per check, interrogated once, without report and extracts of rows."""

from collections.abc import Callable
from pathlib import Path

import pointblank as pb
import polars as pl

from peers.checks import Check, Work
from peers.in_polars import read_values

PACKAGES = ("pointblank", "narwhals", "polars")


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Interrogate once and read the failing rows of each step."""
    plan = pb.Validate(read_values(rows, work))
    for check in work.checks:
        plan = _with_step(plan, check)
    done = plan.interrogate(collect_extracts=False, collect_tbl_checked=False)
    tell_first()
    failed = done.n_failed()
    # A step about repeated rows fails both of a pair, we the second.
    return {
        check.id: failed[step] // (2 if check.kind == "unrepeated" else 1)
        for step, check in enumerate(work.checks, start=1)
    }


def _with_step(plan: pb.Validate, check: Check) -> pb.Validate:
    column, limits = check.column, check.limits
    match check.kind:
        case "required":
            return plan.col_vals_not_null(column)
        case "typed":
            return plan.col_vals_null(column)
        case "longest":
            return plan.col_vals_expr(
                (pl.col(column).str.len_chars() <= limits["characters"]).fill_null(value=True)
            )
        case "between":
            return plan.col_vals_between(column, limits["least"], limits["most"], na_pass=True)
        case "among":
            return plan.col_vals_in_set(column, [*limits["codes"], None])
        case "unrepeated":
            return plan.rows_distinct(columns_subset=limits["columns"])
        case "at_most":
            return plan.col_vals_le(column, limits["most"], na_pass=True)
        case _:
            return plan.col_vals_expr(_holding(check).fill_null(value=True))


def _holding(check: Check) -> pl.Expr:
    column, limits = pl.col(check.column), check.limits
    match check.kind:
        case "not_on":
            return column.dt.date().cast(pl.String).is_in(limits["days"]).not_()
        case "not_before":
            return column >= pl.lit(limits["day"]).str.to_datetime()
        case "same":
            return column == pl.col(limits["other"])
        case _:
            return column <= pl.col(limits["other"])
