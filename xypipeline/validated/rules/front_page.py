"""Rules of the front page of inpatient records, western and TCM (R31-R34)."""

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import (
    any_empty,
    contradicts_id_card,
    contradicts_sex,
    full_years,
    is_after,
    is_empty,
    is_false_id_card,
    is_in_categories,
    is_wrong_stay,
)

_IS_PRINCIPAL = pl.col("primary_flag") == "1"
_IS_NEWBORN_DISEASE_OF_THE_GROWN = is_in_categories("diag_code", "P00", "P96") & (
    full_years("birth_date", "admission_time") >= 1
)

RULES = {
    "R31-03": Breach(
        "discharge_time",
        is_after("admission_time", "discharge_time")
        | is_wrong_stay("length_of_stay", "admission_time", "discharge_time"),
    ),
    "R31-06": Breach("age_years", pl.col("age_years") != full_years("birth_date", "admission_time")),
    "R31-07": Breach(
        "diag_code", contradicts_sex("sex_code", "diag_code") | _IS_NEWBORN_DISEASE_OF_THE_GROWN
    ),
    "R31-08": Breach(
        "id_no",
        is_false_id_card("id_type_code", "id_no")
        | contradicts_id_card("id_type_code", "id_no", "birth_date", "sex_code"),
    ),
    "R32-04": Breach(
        "injury_cause_code",
        _IS_PRINCIPAL
        & is_in_categories("diag_code", "S00", "T98")
        & (is_empty("injury_cause_code") | is_in_categories("injury_cause_code", "V01", "Y98").not_()),
    ),
    "R32-05": Breach(
        "diag_code",
        _IS_PRINCIPAL
        & (pl.col("diag_code").str.contains("^[V-Yv-y]") | pl.col("diag_code").str.ends_with("*")),
    ),
    "R33-02": Breach(
        "incision_class_code",
        is_empty("operation_level_code").not_()
        & any_empty("incision_class_code", "incision_healing_code", "anesthesia_method_code"),
    ),
    "R34-02": Breach("tcm_syndrome_code", any_empty("tcm_diag_code", "tcm_syndrome_code")),
}
