"""Rules of the hospital's master data and of patients (R01-R06)."""

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import (
    contradicts_id_card,
    full_years,
    is_after,
    is_empty,
    is_false_credit_code,
    is_false_id_card,
)

HIGHEST_AGE_YEARS = 130
CITY_DIVISION = "4115"
CERTIFIED_STAFF = ["11", "12", "21"]
HERBS = "3"

RULES = {
    "R01-01": Breach("credit_code", is_false_credit_code("credit_code")),
    "R01-02": Breach(
        "org_grade_code", pl.col("org_level_code").is_in(["2", "3"]) & is_empty("org_grade_code")
    ),
    "R01-03": Breach(
        "bed_count",
        pl.col("business_scope").str.split("|").list.contains("has_inpatient") & (pl.col("bed_count") <= 0),
    ),
    "R01-04": Breach("region_code", pl.col("region_code").str.starts_with(CITY_DIVISION).not_()),
    "R02-03": Breach("expire_date", is_after("effective_date", "expire_date")),
    "R03-01": Breach(
        "id_no",
        is_false_id_card("id_type_code", "id_no")
        | contradicts_id_card("id_type_code", "id_no", "birth_date", "sex_code"),
    ),
    "R03-02": Breach(
        "practice_cert_no", pl.col("staff_type_code").is_in(CERTIFIED_STAFF) & is_empty("practice_cert_no")
    ),
    "R04-01": Breach("expire_date", is_after("effective_date", "expire_date")),
    "R05-02": Breach("dosage_form_code", (pl.col("drug_type_code") != HERBS) & is_empty("dosage_form_code")),
    "R06-01": Breach("id_no", is_false_id_card("id_type_code", "id_no")),
    "R06-02": Breach("id_no", contradicts_id_card("id_type_code", "id_no", "birth_date", "sex_code")),
    "R06-03": Breach(
        "id_no",
        is_empty("id_no")
        & pl.col("newborn_flag").ne_missing(pl.lit("1"))
        & pl.col("id_type_code").ne_missing(pl.lit("99")),
    ),
    "R06-04": Breach(
        "birth_date",
        is_after("birth_date", "create_time") | (full_years("birth_date", "create_time") > HIGHEST_AGE_YEARS),
    ),
}
