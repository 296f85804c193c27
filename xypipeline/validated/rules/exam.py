"""Rules of imaging and other examinations, pathology and the image index (R39-R41)."""

import polars as pl

from xypipeline.standard.schemas import Breach
from xypipeline.validated.rules.predicates import FEMALE, MALE, is_after, is_empty, is_out_of_order

IMAGING = ["01", "02", "03", "09"]
# The whole impression is one clause that nothing unusual was seen; a further clause may tell of a finding.
_NOTHING_UNUSUAL = "^[^，。；,;]*未见[^，。；,;]{0,4}异常[。.！!]*$"

RULES = {
    "R39-01": Breach("report_time", is_after("exam_time", "report_time")),
    "R39-02": Breach("study_uid", pl.col("exam_type_code").is_in(IMAGING) & is_empty("study_uid")),
    "R39-03": Breach("reviewer_id", pl.col("reporter_id") == pl.col("reviewer_id")),
    "R39-04": Breach(
        "exam_positive_code",
        pl.col("exam_impression").str.contains(_NOTHING_UNUSUAL) & (pl.col("exam_positive_code") != "0"),
    ),
    "R39-05": Breach(
        "exam_item_name",
        ((pl.col("sex_code") == MALE) & pl.col("exam_item_name").str.contains("子宫|附件"))
        | ((pl.col("sex_code") == FEMALE) & pl.col("exam_item_name").str.contains("前列腺|阴囊")),
    ),
    "R40-01": Breach("report_time", is_out_of_order("sampling_time", "receive_time", "report_time")),
    "R40-02": Breach(
        "morphology_code",
        pl.col("pathology_diag").str.contains("癌|肉瘤|恶性") & is_empty("morphology_code"),
    ),
    "R41-03": Breach("series_count", pl.col("series_count") > pl.col("image_count")),
}
