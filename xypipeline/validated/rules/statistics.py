"""Rules of the hospital's own daily figures (R51)."""

from datetime import timedelta

import polars as pl

from xypipeline.standard.schemas import Breach

_GROUP = ("upload_date", "org_code", "dept_code")


def _yesterdays(column: str) -> pl.Expr:
    return pl.col(column).shift(1).over(_GROUP, order_by=["business_date", "update_time"])


_EXPECTED = (
    _yesterdays("inpatient_count")
    + pl.col("admission_count")
    + pl.col("transfer_in_count")
    - pl.col("discharge_count")
    - pl.col("transfer_out_count")
)

RULES = {
    # Needs yesterday's row of the department: judged where the same delivery holds it, so that the verdict on
    # a day does not depend on which other days are validated with it.
    "R51-03": Breach(
        "inpatient_count",
        (_yesterdays("business_date") == pl.col("business_date") - timedelta(days=1))
        & (pl.col("inpatient_count") != _EXPECTED),
    ),
}
