"""Rules of prescriptions and inpatient orders (R12-R14)."""

from datetime import timedelta

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import any_empty, is_after, is_empty, is_wrong_product

LONGEST_PRESCRIPTION_DAYS = 84
MOST_HERBS_APART = 2
CLOCK_TOLERANCE = timedelta(minutes=5)
DRUG, EXECUTED, STOPPED = "1", "3", "4"

# Herbs are told apart by what follows a separator and begins with a character: "黄芪 30g、当归 10g" are two.
_HERB = r"(?:^|[、，,；;。\s])[（(]?\p{Han}"
_GROUP = ("upload_date", "org_code", "prescription_id", "drug_group_no")


def _differs_from_first_of_group(column: str) -> pl.Expr:
    first = pl.col(column).first().over(_GROUP)
    return pl.col("drug_group_no").is_not_null() & (pl.col(column) != first)


RULES = {
    "R12-01": Breach("amount", is_wrong_product("amount", "unit_price", "quantity")),
    "R12-02": Breach("quantity", (pl.col("dose") <= 0) | (pl.col("quantity") <= 0)),
    # Beyond 7 days is a warning for ordinary prescriptions only, and no field tells them from long-term ones.
    "R12-03": Breach("use_days", pl.col("use_days") > LONGEST_PRESCRIPTION_DAYS),
    # Needs the other lines of the prescription: those of the same delivery are looked at.
    "R12-07": Breach(
        "drug_group_no",
        _differs_from_first_of_group("frequency_code") | _differs_from_first_of_group("route_code"),
    ),
    "R13-01": Breach(
        "herb_kind_count",
        (pl.col("herb_kind_count") - pl.col("herbal_formula").str.count_matches(_HERB)).abs()
        > MOST_HERBS_APART,
    ),
    "R13-02": Breach("tcm_syndrome_code", any_empty("tcm_diag_code", "tcm_syndrome_code")),
    "R14-01": Breach("stop_time", is_after("order_time", "stop_time")),
    "R14-02": Breach("exec_time", pl.col("exec_time") < pl.col("order_time") - CLOCK_TOLERANCE),
    "R14-03": Breach(
        "drug_spec",
        (
            (pl.col("order_item_type_code") == DRUG)
            & any_empty("drug_spec", "dose", "dose_unit", "frequency_code", "route_code")
        )
        | ((pl.col("order_item_type_code") != DRUG) & is_empty("drug_spec").not_()),
    ),
    "R14-05": Breach(
        "order_status_code",
        ((pl.col("order_status_code") == STOPPED) & is_empty("stop_time"))
        | ((pl.col("order_status_code") == EXECUTED) & is_empty("exec_time")),
    ),
}
