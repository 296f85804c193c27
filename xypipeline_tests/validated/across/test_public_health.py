"""Rules of report cards and health examinations beyond one row (R48-R50)."""

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

CARD = row(
    card_id="K1",
    card_revision_code="1",
    patient_id="P1",
    infect_class_code="2",
    disease_code="A16.200",
    diag_time=at(-2, 9),
    report_time=at(-2, 10),
)
REVISION = CARD | row(card_id="K2", card_revision_code="2", disease_code="A15.000")
ALONE = [(1, "card_revision_code")]
LONG_AGO = uploaded(on(-99), CARD | row(card_id="K0", patient_id="P9"))
CHECKUP = row(health_exam_id="T1", health_exam_time=at(-2, 9))
RESULT = row(
    health_exam_id="T1",
    health_exam_result_id="M1",
    abnormal_flag_code="1",
    health_exam_time=at(-2, 23.9),
)
HIGH = RESULT | row(health_exam_result_id="M2", abnormal_flag_code="3")
ANOTHER = RESULT | row(health_exam_id="T2")
SUMMARY = row(abnormal_summary="血压偏高")


def reported(hours: float, disease: str, infect_class: str, *, late: bool = False, **changes: object) -> dict:
    """A card so long after the diagnosis."""
    card = CARD | row(disease_code=disease, infect_class_code=infect_class)
    return {"infectious_report_card": [card | row(report_time=at(-2, 9 + hours, late=late)) | changes]}


def cards(*rows: dict) -> dict:
    return {"infectious_report_card": [*rows, *LONG_AGO]}


def classed(disease: str, infect_class: str) -> dict:
    return {"infectious_report_card": [CARD | row(disease_code=disease, infect_class_code=infect_class)]}


def checkup(*results: dict, **report: object) -> dict:
    return {"health_exam_report": [CHECKUP | report], "health_exam_result": list(results)}


CASES: list[Case] = [
    *(
        ("R48-02", [(1, "report_time")] if late else [], reported(hours, disease, infect_class, late=late))
        for hours, disease, infect_class in [
            (2, "A00.900", "1"),
            (2, "A00.900", "2"),
            (2, "U04.900", "2"),
            (2, "A22.100", "2"),
            (24, "A22.000", "2"),
            (24, "A15.000", "2"),
            (24, "J10.100", "3"),
            (24, "J10.100", "9"),
        ]
        for late in (False, True)
    ),
    ("R48-02", [], reported(99, "Z00.000", "9")),
    ("R48-02", [], reported(99, "A15.000", "2", card_revision_code="2")),
    ("R48-04", [], cards(REVISION, CARD)),
    ("R48-04", ALONE, cards(REVISION)),
    ("R48-04", ALONE, cards(REVISION, CARD | row(patient_id="P2"))),
    ("R48-04", ALONE, cards(REVISION, CARD | row(disease_code="A18.000"))),
    ("R48-04", [*ALONE, (2, "card_revision_code")], cards(REVISION, REVISION | row(card_id="K3"))),
    ("R48-04", ALONE, cards(REVISION, CARD | REVOKED)),
    ("R48-04", [], cards(REVISION, *uploaded(LAST_MOMENT, CARD))),
    ("R48-04", ALONE, cards(REVISION, *uploaded(TOO_LATE, CARD))),
    # Not on the list: the first three characters say what it is.
    (
        "R48-04",
        [],
        cards(REVISION | row(disease_code="B01.900"), CARD | row(disease_code="B01.100")),
    ),
    # The diagnosis is older than the first card that came.
    ("R48-04", [], {"infectious_report_card": [REVISION]}),
    *(
        ("R48-05", [] if kept else [(1, "infect_class_code")], classed(disease, infect_class))
        for disease, infect_class, kept in [
            ("A00.000", "1", True),
            ("A00.000", "2", False),
            ("A83.000", "2", True),
            ("A83.000", "3", False),
            ("A83.100", "2", False),
            ("A83.100", "9", True),
            ("J11.100", "3", True),
            ("J11.100", "9", False),
        ]
    ),
    ("R49-01", [], checkup(RESULT)),
    ("R49-01", [(1, "health_exam_id")], checkup(ANOTHER)),
    ("R49-01", [(1, "health_exam_id")], checkup(RESULT | REVOKED)),
    ("R49-01", [], checkup(*uploaded(LAST_MOMENT, RESULT))),
    ("R49-01", [(1, "health_exam_id")], checkup(ANOTHER, *uploaded(TOO_LATE, RESULT))),
    ("R50-01", [], checkup(RESULT)),
    ("R50-01", [(1, "health_exam_time")], checkup(RESULT | row(health_exam_time=at(-1, 0)))),
    ("R50-01", [], checkup(RESULT | row(health_exam_id="T2", health_exam_time=at(-1, 0)))),
    (
        "R50-01",
        [],
        {
            "health_exam_result": [RESULT],
            "health_exam_report": [
                CHECKUP | row(health_exam_time=at(-5)),
                *uploaded(LAST_MOMENT, CHECKUP),
            ],
        },
    ),
    ("R50-02", [], checkup(RESULT)),
    ("R50-02", [], checkup(RESULT, HIGH, **SUMMARY)),
    ("R50-02", [(2, "abnormal_flag_code")], checkup(RESULT, HIGH)),
    ("R50-02", [(1, "abnormal_flag_code")], checkup(HIGH, HIGH | row(health_exam_result_id="M3"))),
    ("R50-02", [], checkup(HIGH | row(abnormal_flag_code="9"))),
    (
        "R50-02",
        [],
        {
            "health_exam_result": [HIGH],
            "health_exam_report": [CHECKUP, *uploaded(LAST_MOMENT, CHECKUP | SUMMARY)],
        },
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {"R48-02", "R48-04", "R48-05", "R49-01", "R50-01", "R50-02"}
