"""Rules of examinations, pathology and the image index beyond one row (R39-R41)."""

import pytest

from xypipeline_tests.validated.across.judged import Case, breaches
from xypipeline_tests.validated.across.moments import at, on
from xypipeline_tests.validated.across.rows import (
    LAST_MOMENT,
    REVOKED,
    TOO_LATE,
    case_id,
    row,
    rules_shown,
    uploaded,
)

LATE = [(1, "report_time")]
UNCONFIRMED = [(1, "pathology_no")]
FROZEN = row(
    report_id="B1", pathology_no="BL1", pathology_type_code="2", report_time=at(-10, 12), upload_date=on(-9)
)
PARAFFIN = row(report_id="B2", pathology_no="BL1", pathology_type_code="1", report_time=at(0, 23))
IMAGE = row(study_uid="1.2", report_id="E1")
REPORTS = {"exam_report": [row(report_id="E1")]}


def examined(kind: str, visit: str, hours: float, *, late: bool = False) -> dict:
    times = row(exam_time=at(-3), report_time=at(-3, hours, late=late))
    return {"exam_report": [row(exam_type_code=kind, visit_type_code=visit) | times]}


def histology(hours: float, *, late: bool = False, kind: str = "1") -> dict:
    times = row(receive_time=at(-9), report_time=at(-9, hours, late=late))
    return {"pathology_report": [row(pathology_type_code=kind) | times]}


def taken_with(modality: str, kind: str) -> dict:
    return {
        "exam_image_index": [IMAGE | row(modality_code=modality)],
        "exam_report": [row(report_id="E1", exam_type_code=kind)],
    }


CASES: list[Case] = [
    *(
        case
        for kind, visit, hours in [("01", "2", 2), ("03", "1", 24), ("09", "3", 24), ("04", "2", 24)]
        for case in [
            ("R39-06", [], examined(kind, visit, hours)),
            ("R39-06", LATE, examined(kind, visit, hours, late=True)),
        ]
    ),
    ("R39-06", [], examined("06", "1", 30)),
    ("R40-03", [], {"pathology_report": [FROZEN, PARAFFIN]}),
    ("R40-03", UNCONFIRMED, {"pathology_report": [FROZEN]}),
    ("R40-03", UNCONFIRMED, {"pathology_report": [FROZEN, PARAFFIN | row(report_time=at(1))]}),
    ("R40-03", UNCONFIRMED, {"pathology_report": [FROZEN, PARAFFIN | row(pathology_no="BL2")]}),
    ("R40-03", [], {"pathology_report": [FROZEN, *uploaded(LAST_MOMENT, PARAFFIN)]}),
    ("R40-03", UNCONFIRMED, {"pathology_report": [FROZEN, *uploaded(TOO_LATE, PARAFFIN)]}),
    # Not due yet; revoked.
    ("R40-03", [], {"pathology_report": [FROZEN | row(report_time=at(-9, 12))]}),
    ("R40-03", [], {"pathology_report": [FROZEN, FROZEN | REVOKED]}),
    ("R40-04", [], histology(7 * 24)),
    ("R40-04", LATE, histology(7 * 24, late=True)),
    ("R40-04", [], histology(8 * 24, kind="4")),
    ("R41-01", [], {"exam_image_index": [IMAGE], **REPORTS}),
    ("R41-01", [(1, "report_id")], {"exam_image_index": [IMAGE | row(report_id="E2")], **REPORTS}),
    (
        "R41-01",
        [],
        {"exam_image_index": [IMAGE | row(report_id=None), *uploaded(LAST_MOMENT, IMAGE)], **REPORTS},
    ),
    (
        "R41-01",
        [(1, "report_id")],
        {"exam_image_index": [IMAGE | row(report_id=None), *uploaded(TOO_LATE, IMAGE)], **REPORTS},
    ),
    *(
        ("R41-02", expected, taken_with(modality, kind))
        for modality, kind, expected in [
            ("CT", "01", []),
            ("CT", "02", [(1, "modality_code")]),
            ("MR", "02", []),
            ("MG", "03", []),
            ("RF", "01", [(1, "modality_code")]),
            ("US", "04", []),
            ("ES", "05", []),
            ("XA", "09", []),
            ("XA", "03", [(1, "modality_code")]),
            ("NM", "01", []),
        ]
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {"R39-06", "R40-03", "R40-04", "R41-01", "R41-02"}
