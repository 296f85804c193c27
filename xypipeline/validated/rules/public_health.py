"""Rules of infectious disease cards and health examinations (R48-R50)."""

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import (
    any_empty,
    days_between,
    full_years,
    is_after,
    is_empty,
    is_false_id_card,
    is_out_of_order,
)

AGE_WITHOUT_GUARDIAN_YEARS = 14
LONGEST_WAIT_FOR_REPORT_DAYS = 15
QUANTITATIVE = "1"
_MOBILE_OR_LANDLINE = r"^(?:1[3-9][0-9]{9}|(?:0[0-9]{2,3}[- ]?|\(0[0-9]{2,3}\) ?)[0-9]{7,8})$"

RULES = {
    # A carrier's onset_date is the day of sampling, which precedes the diagnosis just as an onset does.
    "R48-01": Breach("onset_date", is_out_of_order("birth_date", "onset_date", "diag_time", "report_time")),
    # The age on the day of the report: of the dates on the card it is the one of filling it in.
    "R48-03": Breach(
        "guardian_name",
        (full_years("birth_date", "report_time") < AGE_WITHOUT_GUARDIAN_YEARS) & is_empty("guardian_name"),
    ),
    "R48-06": Breach("phone", pl.col("phone").str.contains(_MOBILE_OR_LANDLINE).not_()),
    "R49-02": Breach(
        "report_time",
        is_after("health_exam_time", "report_time")
        | (days_between("health_exam_time", "report_time") > LONGEST_WAIT_FOR_REPORT_DAYS),
    ),
    "R49-03": Breach("id_no", is_false_id_card("id_type_code", "id_no")),
    "R50-03": Breach(
        "result_unit",
        (pl.col("result_type_code") == QUANTITATIVE) & any_empty("result_unit", "reference_range"),
    ),
}
