"""Rules of vital signs and nursing records (R46, R47)."""

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import all_empty, is_after

RULES = {
    "R46-01": Breach(
        "temperature",
        all_empty("temperature", "pulse", "heart_rate", "respiration", "sbp", "spo2", "weight_kg"),
    ),
    "R46-02": Breach("sbp", pl.col("sbp") <= pl.col("dbp")),
    "R47-03": Breach("sign_time", is_after("record_time", "sign_time")),
}
