"""Rules of the documents of a stay beyond one row: records, notes, rounds, summaries (R23-R29)."""

from collections.abc import Mapping

import pytest

from xypipeline_tests.validated.across.judged import Case, breaches, findings
from xypipeline_tests.validated.across.moments import at, on
from xypipeline_tests.validated.across.rows import (
    LAST_MOMENT,
    REVOKED,
    TOO_LATE,
    case_id,
    numbered,
    row,
    rules_shown,
    uploaded,
)

# The hospital sent such records before the stay began; a stay that began before is not judged.
BEFORE = uploaded(on(-30), row(record_id="R0", visit_id="V0"))
WRITTEN = row(record_id="R1", visit_id="V1")
NOTE = row(visit_id="V1", progress_content="平稳")
ENTRY = {"inpatient_admission": [row(visit_id="V1", admission_time=at(-5))]}
END = {"inpatient_discharge": [row(visit_id="V1", admission_time=at(-5), discharge_time=at(-1))]}
STAY = ENTRY | END
MISSING = [(1, "record_id")]


def discharged(hours: float, **changes: object) -> dict:
    """A stay of so many hours that has ended."""
    end = row(visit_id="V1", admission_time=at(-5), discharge_time=at(-5, hours))
    return {"inpatient_discharge": [end | changes]}


def one_each(rule_id: str, table: str) -> list[Case]:
    """A record per stay of 24 hours and more, of whichever kind."""
    return [
        (rule_id, [], {**discharged(24), table: [*BEFORE, WRITTEN, WRITTEN]}),
        (rule_id, MISSING, {**discharged(24), table: BEFORE}),
        (rule_id, [], {**discharged(23.9), table: BEFORE}),
        (rule_id, MISSING, {**discharged(24), table: [*BEFORE, WRITTEN, WRITTEN | row(record_id="R2")]}),
        (
            rule_id,
            [],
            {
                **discharged(24),
                table: [*BEFORE, WRITTEN, *numbered("record_id", 1, visit_id="V1", **REVOKED)],
            },
        ),
        (rule_id, [], {**discharged(24), table: [*BEFORE, *uploaded(LAST_MOMENT, WRITTEN)]}),
        (rule_id, MISSING, {**discharged(24), table: [*BEFORE, *uploaded(TOO_LATE, WRITTEN)]}),
        (rule_id, [], {**discharged(24, void_flag="1"), table: BEFORE}),
        (rule_id, [], {**discharged(24), table: uploaded(on(-1), row(record_id="R0", visit_id="V0"))}),
    ]


def notes(*days: int, **others: object) -> dict:
    """Notes of those days, all but the last uploaded before."""
    made = [NOTE | row(record_id=f"R{day}", record_time=at(day, 9), upload_date=on(-1)) for day in days]
    return {"daily_progress_note": [*made[:-1], made[-1] | row(upload_date=on(0))], **others}


def nursed(*levels: str) -> dict:
    """Nursing records of those levels between the notes."""
    return {
        "nursing_record": [
            row(visit_id="V1", record_time=at(-2), nursing_level_code=level) for level in levels
        ]
    }


def texts(first: Mapping, second: Mapping) -> dict:
    """Two notes that follow each other."""
    return {
        "daily_progress_note": [
            NOTE | row(record_id="R1", record_time=at(-2)) | first,
            NOTE | row(record_id="R2", record_time=at(-1)) | second,
        ]
    }


def rounds(*hours: float, late: bool = False) -> dict:
    """Rounds so many hours after the admission."""
    made = [row(visit_id="V1", round_level_code="3", round_time=at(-5, hour, late=late)) for hour in hours]
    return {"ward_round_note": [*BEFORE, *made], **ENTRY}


def led_by(title: str | None, level: str = "2") -> dict:
    return {
        "ward_round_note": [row(round_level_code=level, round_doctor_id="S1")],
        "staff": [row(staff_id="S1", title_code=title)],
    }


def consulted(kind: str, hours: float, *, late: bool = False) -> dict:
    consultation = row(consult_type_code=kind, apply_time=at(-2), consult_time=at(-2, hours, late=late))
    return {"consultation_record": [consultation]}


def summarised(stays: int, summaries: int, **changes: object) -> dict:
    return {
        "inpatient_discharge": numbered("visit_id", stays, **changes),
        "discharge_summary": [*numbered("visit_id", summaries), row(visit_id="V9")],
    }


def categories(summary: str, *pages: dict) -> dict:
    return {
        "discharge_summary": [row(visit_id="V1", diag_code=summary, upload_date=on(-6))],
        "front_page": [row(visit_id="V1", front_page_id="F1") | page for page in pages],
    }


LATE = [(1, "record_time")]
GAP = [(2, "record_time")]
CASES: list[Case] = [
    *one_each("R23-02", "admission_record"),
    *one_each("R24-02", "first_progress_note"),
    *(
        ("R23-01", expected, {"admission_record": [row(admission_time=at(-2)) | times]})
        for times, expected in [
            (row(record_time=at(-1)), []),
            (row(record_time=at(-1, late=True), sign_time=at(-1, 1)), LATE),
            (row(record_time=at(-1, late=True), sign_time=at(-1)), []),
        ]
    ),
    ("R24-01", [], {"first_progress_note": [WRITTEN | row(record_time=at(-5, 8))], **STAY}),
    ("R24-01", LATE, {"first_progress_note": [WRITTEN | row(record_time=at(-5, 8, late=True))], **STAY}),
    ("R25-01", [], notes(-4, -1)),
    ("R25-01", GAP, notes(-5, -1)),
    ("R25-01", [], notes(-5, -1, ward_round_note=[row(visit_id="V1", round_time=at(-4))])),
    ("R25-01", [], notes(-5, -1, first_progress_note=[row(visit_id="V1", record_time=at(-4))])),
    ("R25-01", [], notes(-3, -1) | nursed("1")),
    ("R25-01", GAP, notes(-4, -1) | nursed("2", "1")),
    ("R25-01", [], notes(-4, -1) | nursed("2", "3")),
    *(
        ("R25-02", expected, {"daily_progress_note": [NOTE | row(record_time=moment)], **STAY})
        for moment, expected in [(at(-5), []), (at(-6, 23), LATE), (at(0), []), (at(0, late=True), LATE)]
    ),
    ("R25-02", [], {"daily_progress_note": [NOTE | row(record_time=at(0, 9))], **ENTRY}),
    ("R25-03", [(2, "progress_content")], texts({}, {})),
    ("R25-03", [], texts({}, row(progress_content="平稳。"))),
    ("R25-03", [], texts({}, row(visit_id="V2"))),
    # The same note sent again; a third note between the two.
    ("R25-03", [], texts({}, row(record_id="R1"))),
    (
        "R25-03",
        [],
        {
            "daily_progress_note": [
                NOTE | row(record_id=f"R{day}", record_time=at(day), progress_content=text)
                for day, text in [(-3, "平稳"), (-2, "好转"), (-1, "平稳")]
            ]
        },
    ),
    ("R26-01", [], rounds(48, 72)),
    ("R26-01", [(2, "round_time")], rounds(48, late=True)),
    (
        "R26-01",
        [],
        {**rounds(72), "ward_round_note": [row(visit_id="V1", round_level_code="3", round_time=at(-2))]},
    ),
    ("R26-02", [], led_by("232")),
    ("R26-02", [(1, "round_level_code")], led_by("233")),
    ("R26-02", [(1, "round_level_code")], led_by("231")),
    ("R26-02", [], led_by(None)),
    ("R27-02", [], consulted("2", 1 / 6)),
    ("R27-02", [(1, "consult_time")], consulted("2", 1 / 6, late=True)),
    ("R27-02", [], consulted("1", 1)),
    ("R27-03", [], consulted("1", 24)),
    ("R27-03", [(1, "consult_time")], consulted("1", 24, late=True)),
    ("R27-03", [], consulted("3", 30)),
    ("R29-01", [], summarised(20, 19)),
    ("R29-01", [(None, "visit_id")], summarised(19, 18)),
    ("R29-01", [], summarised(19, 18, discharge_way_code="5")),
    ("R29-01", [], summarised(19, 18, void_flag="1")),
    ("R29-02", [], {"discharge_summary": [row(discharge_time=at(-1), sign_time=at(0))]}),
    (
        "R29-02",
        [(1, "sign_time")],
        {"discharge_summary": [row(discharge_time=at(-1), sign_time=at(0, late=True))]},
    ),
    *(
        (
            "R29-03",
            [(1, column) for column in changes],
            {
                "discharge_summary": [
                    row(visit_id="V1", admission_time=at(-5), discharge_time=at(-1)) | changes
                ],
                **STAY,
            },
        )
        for changes in [
            {},
            row(admission_time=at(-5, late=True)),
            row(admission_time=at(-4), discharge_time=at(-1, late=True)),
        ]
    ),
    ("R29-04", [], categories("I10.x00", row(diag_code="I10.900"))),
    ("R29-04", [(1, "diag_code")], categories("I10.x00", row(diag_code="I11.900"))),
    (
        "R29-04",
        [],
        categories("I10.x00", row(diag_code="I11.900"), row(diag_code="I10.900", upload_date=LAST_MOMENT)),
    ),
    (
        "R29-04",
        [(1, "diag_code")],
        categories("I10.x00", row(diag_code="I11.900"), row(diag_code="I10.900", upload_date=TOO_LATE)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    clauses = [
        "23-01",
        "23-02",
        "24-01",
        "24-02",
        "25-01",
        "25-02",
        "25-03",
        "26-01",
        "26-02",
        "27-02",
        "27-03",
    ]
    assert rules_shown(CASES) == {f"R{clause}" for clause in [*clauses, "29-01", "29-02", "29-03", "29-04"]}


def test_a_share_tells_its_counts_and_a_text_is_not_shown() -> None:
    assert findings("R29-01", summarised(19, 18))["value_masked"].to_list() == ["18/19"]
    assert findings("R25-03", texts({}, {}))["value_masked"].to_list() == [None]
