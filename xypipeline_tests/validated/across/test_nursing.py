"""Rules of vital signs and nursing records beyond one row (R46, R47)."""

import pytest

from xypipeline_tests.validated.across.judged import Case, breaches, findings
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

ADMISSION = row(visit_id="V1", admission_time=at(-3, 9))
DISCHARGE = row(visit_id="V1", admission_time=at(-3, 9), discharge_time=at(-1, 10))
STAY = {"inpatient_admission": [ADMISSION], "inpatient_discharge": [DISCHARGE]}
ORDER = row(
    order_id="Y1",
    visit_id="V1",
    order_class_code="1",
    order_item_name="二级护理",
    order_time=at(-3, 9),
    order_status_code="3",
)
OTHER_ORDER = ORDER | row(order_id="Y2", order_item_name="一级护理", order_time=at(-9), stop_time=at(-3, 1))
WRONG_LEVEL = [(1, "nursing_level_code")]
MEASURED_TOO_FEW = [(None, "temperature")]


def measured(days: int, hours: float, *, late: bool = False, **tables: list[dict]) -> dict:
    return {"vital_sign_record": [row(visit_id="V1", measure_time=at(days, hours, late=late))], **tables}


def written(days: int, hours: float, *, late: bool = False, **tables: list[dict]) -> dict:
    return {"nursing_record": [row(visit_id="V1", record_time=at(days, hours, late=late))], **tables}


def nursed(level: str, *orders: dict, hours: float = 8) -> dict:
    """A nursing record of the day before yesterday, and orders."""
    record = row(visit_id="V1", record_time=at(-2, hours), nursing_level_code=level)
    return {"nursing_record": [record], "inpatient_order": list(orders)}


def stayed(days: int, without: int, **changes: object) -> dict:
    """A stay of so many days, of which the first ones are without a temperature; data came long before."""
    measured_on = range(-1 - days + without, -1)
    signs = [row(visit_id="V1", measure_time=at(day, 8), temperature=36.5) | changes for day in measured_on]
    stay = row(visit_id="V1", admission_time=at(-1 - days, 9), discharge_time=at(-1, 10))
    before = uploaded(on(-99), row(visit_id="V9", measure_time=at(-100), temperature=36.5))
    return {"inpatient_discharge": [stay], "vital_sign_record": [*signs, *before]}


CASES: list[Case] = [
    *(
        (rule_id, expected, moment)
        for rule_id, of_a_moment, column in [
            ("R46-03", measured, "measure_time"),
            ("R47-02", written, "record_time"),
        ]
        for expected, moment in [
            ([], of_a_moment(-3, 9, **STAY)),
            ([(1, column)], of_a_moment(-3, 8.9, **STAY)),
            ([], of_a_moment(-1, 10, **STAY)),
            ([(1, column)], of_a_moment(-1, 10, late=True, **STAY)),
            ([], of_a_moment(0, 9, inpatient_admission=[ADMISSION])),
            ([], of_a_moment(0, 9, inpatient_discharge=[DISCHARGE | row(void_flag="1")])),
            ([(1, column)], of_a_moment(0, 9, inpatient_discharge=uploaded(LAST_MOMENT, DISCHARGE))),
            ([], of_a_moment(0, 9, inpatient_discharge=uploaded(TOO_LATE, DISCHARGE))),
        ]
    ),
    # 1 of 20 is exactly 5 %; 1 of 19 is more.
    ("R46-04", [], stayed(20, 1)),
    ("R46-04", MEASURED_TOO_FEW, stayed(19, 1)),
    ("R46-04", MEASURED_TOO_FEW, stayed(20, 0, temperature=None)),
    ("R46-04", MEASURED_TOO_FEW, stayed(20, 0, **REVOKED)),
    ("R46-04", [], stayed(3, 0, upload_date=LAST_MOMENT)),
    ("R46-04", MEASURED_TOO_FEW, stayed(3, 0, upload_date=TOO_LATE)),
    ("R47-01", [], nursed("3", ORDER)),
    ("R47-01", WRONG_LEVEL, nursed("2", ORDER)),
    *(
        ("R47-01", expected, nursed(level, ORDER | row(order_item_name=name)))
        for level, name, expected in [
            ("1", "特级护理", []),
            ("2", "Ⅰ级护理", []),
            ("3", "II级护理", []),
            ("4", "三级护理常规", []),
            ("4", "II级护理", WRONG_LEVEL),
            ("4", "口腔护理", []),
        ]
    ),
    # Until the day on which it is stopped; another than a long-term order holds for its day.
    ("R47-01", [], nursed("2", ORDER, OTHER_ORDER | row(stop_time=at(-2, 0)))),
    ("R47-01", WRONG_LEVEL, nursed("2", ORDER, OTHER_ORDER | row(stop_time=at(-3, 23.9)))),
    ("R47-01", [], nursed("2", ORDER | row(order_class_code="2"))),
    ("R47-01", WRONG_LEVEL, nursed("2", ORDER | row(order_class_code="2", order_time=at(-2, 23)))),
    ("R47-01", [], nursed("2", ORDER | row(order_time=at(-1)))),
    ("R47-01", [], nursed("2", ORDER | row(order_status_code="5"))),
    # It was stopped, which its latest version says.
    (
        "R47-01",
        WRONG_LEVEL,
        nursed(
            "2",
            ORDER,
            OTHER_ORDER | row(stop_time=None, update_time=at(-9)),
            OTHER_ORDER | row(update_time=at(-3)),
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    assert rules_shown(CASES) == {"R46-03", "R46-04", "R47-01", "R47-02"}


def test_days_without_a_temperature_are_told_by_the_day_of_discharge() -> None:
    assert findings("R46-04", stayed(19, 1))["value_masked"].to_list() == ["2023-04-09 1/19"]


def test_days_before_the_first_vital_signs_came_are_not_judged() -> None:
    tables = stayed(10, 8, upload_date=on(-3))
    tables["vital_sign_record"] = [sign for sign in tables["vital_sign_record"] if sign["visit_id"] == "V1"]

    assert findings("R46-04", tables).is_empty()
