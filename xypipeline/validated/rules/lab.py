"""Rules of laboratory reports and their results (R35-R38)."""

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import all_empty, any_empty, is_out_of_order

QUANTITATIVE = "1"
NORMAL, HIGH, LOW = "1", "3", "4"
_COMPARISON = r"[<>≤≥＜＞=\s]"
_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_RANGE = rf"^\s*({_NUMBER})\s*(?:--|[-~～—–至])\s*({_NUMBER})\s*$"

_RESULT = pl.col("result_value").cast(pl.Float64, strict=False)
_LOWEST, _HIGHEST = (
    pl.col("reference_range").str.extract(_RANGE, group).cast(pl.Float64) for group in (1, 2)
)
# Null, so no breach, where the result or one of the limits is no plain number.
_FLAG_DUE = (
    pl.when(_RESULT > _HIGHEST)
    .then(pl.lit(HIGH))
    .when(_RESULT < _LOWEST)
    .then(pl.lit(LOW))
    .when(_RESULT.is_between(_LOWEST, _HIGHEST))
    .then(pl.lit(NORMAL))
)

RULES = {
    "R35-01": Breach(
        "report_time", is_out_of_order("apply_time", "sampling_time", "receive_time", "report_time")
    ),
    # A single person on night duty is excepted, but nothing uploaded tells of one; hence only a warning.
    "R35-03": Breach("reviewer_id", pl.col("reporter_id") == pl.col("reviewer_id")),
    "R36-01": Breach(
        "result_value",
        (pl.col("result_type_code") == QUANTITATIVE)
        & (
            pl.col("result_value").str.contains(rf"^{_COMPARISON}*{_NUMBER}\s*$").not_()
            | any_empty("result_unit", "reference_range")
        ),
    ),
    "R36-02": Breach("abnormal_flag_code", pl.col("abnormal_flag_code") != _FLAG_DUE),
    "R36-03": Breach(
        "abnormal_flag_code", (pl.col("critical_flag") == "1") & (pl.col("abnormal_flag_code") == NORMAL)
    ),
    "R37-01": Breach(
        "bacteria_code",
        (pl.col("culture_positive_code") == "1") & any_empty("bacteria_code", "bacteria_name"),
    ),
    "R38-02": Breach("mic_value", all_empty("mic_value", "zone_diameter")),
}
