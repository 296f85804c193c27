"""Rules of operations, anaesthesia, transfusion and delivery (R42-R45)."""

from datetime import timedelta

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import any_empty, is_after, is_empty, lasts_longer

LONGEST_OPERATION = timedelta(hours=24)
LONGEST_TRANSFUSION = timedelta(hours=6)
LIVE_BIRTH = "1"

RULES = {
    "R42-01": Breach(
        "operation_end_time",
        (pl.col("operation_end_time") <= pl.col("operation_start_time"))
        | lasts_longer("operation_start_time", "operation_end_time", LONGEST_OPERATION),
    ),
    "R43-01": Breach(
        "anesthesia_start_time",
        is_after("anesthesia_start_time", "operation_start_time")
        | is_after("operation_end_time", "anesthesia_end_time"),
    ),
    "R43-02": Breach("anesthesia_end_time", pl.col("anesthesia_end_time") <= pl.col("anesthesia_start_time")),
    "R44-01": Breach(
        "transfusion_end_time",
        is_after("transfusion_start_time", "transfusion_end_time")
        | lasts_longer("transfusion_start_time", "transfusion_end_time", LONGEST_TRANSFUSION),
    ),
    "R44-02": Breach(
        "transfusion_reaction_code",
        (pl.col("transfusion_reaction_flag") == "1") & is_empty("transfusion_reaction_code"),
    ),
    "R45-02": Breach(
        "newborn_weight_g",
        (pl.col("birth_outcome_code") == LIVE_BIRTH)
        & any_empty("newborn_weight_g", "apgar_1min", "apgar_5min"),
    ),
    "R45-03": Breach("parity", pl.col("parity") > pl.col("gravidity")),
    "R45-04": Breach(
        "newborn_weight_g",
        ((pl.col("gestation_weeks") < 28) & (pl.col("newborn_weight_g") > 3000))
        | ((pl.col("gestation_weeks") >= 37) & (pl.col("newborn_weight_g") < 1000)),
    ),
}
