"""Rules of outpatient and emergency visits and of the diagnoses made there (R08-R11)."""

from datetime import timedelta

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import (
    any_empty,
    contradicts_sex,
    full_years,
    is_after,
    is_empty,
    lasts_longer,
)

LONGEST_OBSERVATION = timedelta(hours=72)
FEWEST_CHINESE_CHARACTERS = 4
NARRATIVE = ("chief_complaint", "present_illness", "treatment_advice")

# "The same template sentence": no template is given to compare with, so the three must not all be the same.
_IS_ONE_SENTENCE = (pl.col(NARRATIVE[0]) == pl.col(NARRATIVE[1])) & (
    pl.col(NARRATIVE[1]) == pl.col(NARRATIVE[2])
)
_IS_TOO_SHORT = pl.any_horizontal(
    pl.col(column).str.count_matches(r"\p{Han}") < FEWEST_CHINESE_CHARACTERS for column in NARRATIVE
)

RULES = {
    "R08-01": Breach("visit_type_code", pl.col("visit_type_code").is_in(["1", "2"]).not_()),
    "R08-02": Breach("birth_date", is_after("birth_date", "visit_time")),
    "R08-03": Breach("age_years", (pl.col("age_years") - full_years("birth_date", "visit_time")).abs() > 1),
    "R08-05": Breach("diag_code", contradicts_sex("sex_code", "diag_code")),
    "R09-02": Breach("sign_time", is_after("record_time", "sign_time")),
    "R09-03": Breach("allergy_history", (pl.col("allergy_flag") == "1") & is_empty("allergy_history")),
    "R09-04": Breach("chief_complaint", _IS_TOO_SHORT | _IS_ONE_SENTENCE),
    "R10-01": Breach(
        "observation_end_time",
        is_after("observation_start_time", "observation_end_time")
        | lasts_longer("observation_start_time", "observation_end_time", LONGEST_OBSERVATION),
    ),
    "R10-02": Breach(
        "disposition_code", is_empty("observation_end_time").not_() & is_empty("disposition_code")
    ),
    "R11-01": Breach(
        "tcm_west_flag",
        ((pl.col("tcm_west_flag") == "1") & any_empty("diag_code", "diag_name"))
        | ((pl.col("tcm_west_flag") == "2") & any_empty("tcm_diag_code", "tcm_diag_name")),
    ),
}
