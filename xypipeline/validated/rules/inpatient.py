"""Rules of admission, stay, records on the ward, and death (R21-R30)."""

from datetime import timedelta

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import (
    is_after,
    is_empty,
    is_false_id_card,
    is_in_categories,
    is_wrong_stay,
    lasts_longer,
)

OUTSIDE_CONSULTATIONS = ["4", "5"]
LATEST_SIGNATURE_AFTER_DEATH = timedelta(hours=24)

RULES = {
    "R21-01": Breach("birth_date", is_after("birth_date", "admission_time")),
    "R21-02": Breach("id_no", is_false_id_card("id_type_code", "id_no")),
    "R22-01": Breach("discharge_time", is_after("admission_time", "discharge_time")),
    "R22-02": Breach("length_of_stay", is_wrong_stay("length_of_stay", "admission_time", "discharge_time")),
    "R23-03": Breach("sign_time", is_after("record_time", "sign_time")),
    "R27-01": Breach("consult_time", is_after("apply_time", "consult_time")),
    "R27-04": Breach(
        "consult_org_code",
        pl.col("consult_type_code").is_in(OUTSIDE_CONSULTATIONS)
        & (is_empty("consult_org_code") | (pl.col("consult_org_code") == pl.col("org_code"))),
    ),
    "R28-01": Breach("to_dept_code", pl.col("from_dept_code") == pl.col("to_dept_code")),
    "R30-01": Breach(
        "death_time",
        is_after("admission_time", "death_time")
        | lasts_longer("death_time", "sign_time", LATEST_SIGNATURE_AFTER_DEATH),
    ),
    # "R00-R99 and others that are unsuitable": the standard lists no others.
    "R30-03": Breach("root_cause_code", is_in_categories("root_cause_code", "R00", "R99")),
}
