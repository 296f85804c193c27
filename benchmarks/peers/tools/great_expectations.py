"""Great Expectations by itself, on pandas: one suite, validated once with its usual summary of results."""

from collections.abc import Callable
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd

from peers.checks import Check, Work
from peers.in_pandas import read_values

PACKAGES = ("great-expectations", "pandas", "pyarrow")


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Validate once and read the unexpected count of each expectation."""
    frame = read_values(rows, work)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite("checks", expectations=[_expectation(check) for check in work.checks])
    result = batch.validate(suite)
    tell_first()
    breaches = {}
    for one in result.results:
        if one.exception_info.get("raised_exception"):
            raise RuntimeError(f"{one.expectation_config.meta['check']}: {one.exception_info}")
        check = one.expectation_config.meta["check"]
        breaches[check] = one.result["unexpected_count"]
    # An expectation about repeated rows counts both of a pair, we the second.
    return breaches | {check.id: breaches[check.id] // 2 for check in work.of_kind("unrepeated")}


def _expectation(check: Check) -> gxe.Expectation:
    column, limits, meta = check.column, check.limits, {"check": check.id}
    match check.kind:
        case "required":
            return gxe.ExpectColumnValuesToNotBeNull(column=column, meta=meta)
        case "typed":
            return gxe.ExpectColumnValuesToBeNull(column=column, meta=meta)
        case "longest":
            return gxe.ExpectColumnValueLengthsToBeBetween(
                column=column, max_value=limits["characters"], meta=meta
            )
        case "between":
            return gxe.ExpectColumnValuesToBeBetween(
                column=column, min_value=limits["least"], max_value=limits["most"], meta=meta
            )
        case "at_most":
            return gxe.ExpectColumnValuesToBeBetween(column=column, max_value=limits["most"], meta=meta)
        case "not_before":
            return gxe.ExpectColumnValuesToBeBetween(
                column=column, min_value=pd.Timestamp(limits["day"]), meta=meta
            )
        case "among":
            return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=limits["codes"], meta=meta)
        case _:
            return _less_usual(check, meta)


def _less_usual(check: Check, meta: dict[str, str]) -> gxe.Expectation:
    column, limits = check.column, check.limits
    match check.kind:
        case "not_on":
            # Placeholders stand for midnight; a set of days is not offered.
            return gxe.ExpectColumnValuesToNotBeInSet(
                column=column, value_set=[pd.Timestamp(day) for day in limits["days"]], meta=meta
            )
        case "unrepeated":
            return gxe.ExpectCompoundColumnsToBeUnique(column_list=limits["columns"], meta=meta)
        case "same":
            return gxe.ExpectColumnPairValuesToBeEqual(
                column_A=column, column_B=limits["other"], ignore_row_if="either_value_is_missing", meta=meta
            )
        case _:
            return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=limits["other"],
                column_B=column,
                or_equal=True,
                ignore_row_if="either_value_is_missing",
                meta=meta,
            )
