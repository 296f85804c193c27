"""Rules of the front page and its lines beyond one row (R31-R34)."""

from decimal import Decimal

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

LEFT = row(
    visit_id="V1",
    discharge_time=at(-7, 23),
    discharge_way_code="1",
    dept_code="D1",
    upload_date=on(-6),
)
PAGE = row(
    front_page_id="F1",
    visit_id="V1",
    admission_time=at(-9, 8),
    discharge_time=at(-7, 23),
    discharge_way_code="1",
    dept_code="D1",
    diag_code="I10.x00",
    total_amount=Decimal("1000.00"),
)
OTHER_PAGE = row(front_page_id="F9", visit_id="V9", upload_date=on(-9))
MAIN = row(front_page_id="F1", diag_seq_no=1, primary_flag="1", diag_code="I10.x00")
FURTHER = row(front_page_id="F1", diag_seq_no=2, primary_flag="0", diag_code="E11.900")
OPERATION = row(
    front_page_id="F1",
    visit_id="V1",
    operation_seq_no=1,
    primary_flag="1",
    operation_code="47.0911",
    operation_date=on(-8),
    operation_level_code="3",
)
PERFORMED = row(
    operation_id="O1",
    visit_id="V1",
    operation_code="47.0900",
    primary_flag="1",
    operation_start_time=at(-8, 10),
)


def discharges_and_pages(discharge: dict, *pages: dict) -> dict:
    return {"inpatient_discharge": [discharge], "front_page": [OTHER_PAGE, *pages]}


def settled(*settlements: dict) -> dict:
    usual = row(visit_id="V1", settlement_id="S1", charge_refund_flag="1", settlement_type_code="1")
    made = [usual | row(total_amount=Decimal(one.pop("amount"))) | one for one in settlements]
    return {"front_page": [PAGE], "inpatient_settlement": made}


def diagnoses(*rows: dict, page: dict = PAGE) -> dict:
    return {"front_page_diagnosis": list(rows), "front_page": [page]}


def operations(*rows: dict) -> dict:
    return {"front_page_operation": list(rows), "front_page": [PAGE]}


def performed(operation: dict, *records: dict) -> dict:
    return {
        "front_page_operation": [OPERATION | operation],
        "operation_record": [PERFORMED | one for one in records],
    }


MISSING = [(1, "front_page_id")]
UNSETTLED = [(1, "total_amount")]
CASES: list[Case] = [
    ("R31-01", [], discharges_and_pages(LEFT, PAGE)),
    ("R31-01", MISSING, discharges_and_pages(LEFT)),
    ("R31-01", MISSING, discharges_and_pages(LEFT, PAGE, PAGE | row(front_page_id="F2"))),
    ("R31-01", [], discharges_and_pages(LEFT, PAGE, PAGE, PAGE | row(front_page_id="F2") | REVOKED)),
    # Not due before the 7th day after the discharge; it may still come a little later, but no more.
    ("R31-01", [], discharges_and_pages(LEFT | row(discharge_time=at(-6)))),
    ("R31-01", [], discharges_and_pages(LEFT, *uploaded(LAST_MOMENT, PAGE))),
    ("R31-01", MISSING, discharges_and_pages(LEFT, *uploaded(TOO_LATE, PAGE))),
    ("R31-01", [], discharges_and_pages(LEFT | row(void_flag="1"))),
    *(
        ("R31-02", expected, {"front_page": [PAGE | row(discharge_time=at(day, 23)), *earlier]})
        for day, earlier, expected in [
            (-7, [], []),
            (-8, [], [(1, "discharge_time")]),
            (-8, uploaded(on(-1), PAGE), []),
            (
                -8,
                uploaded(on(-1), PAGE | row(front_page_id="F2", discharge_time=at(-7))),
                [(1, "discharge_time")],
            ),
        ]
    ),
    ("R31-04", [], settled(row(amount="999.00"))),
    ("R31-04", UNSETTLED, settled(row(amount="998.99"))),
    ("R31-04", [], settled(row(amount="1001.00"))),
    ("R31-04", UNSETTLED, settled(row(amount="1001.01"))),
    # Sent again, corrected, refunded and settled anew, or a part of it settled before.
    ("R31-04", [], settled(row(amount="1000.00"), row(amount="1000.00", upload_date=on(1)))),
    ("R31-04", [], settled(row(amount="900.00"), row(amount="1000.00", upload_date=on(1)))),
    (
        "R31-04",
        [],
        settled(
            row(amount="900.00"),
            row(amount="900.00", charge_refund_flag="2"),
            row(amount="1000.00", settlement_id="S2"),
        ),
    ),
    (
        "R31-04",
        [],
        settled(row(amount="400.00"), row(amount="600.00", settlement_id="S2", settlement_type_code="2")),
    ),
    ("R31-04", [], settled(row(amount="900.00", settlement_type_code="2"))),
    *(
        (
            "R31-05",
            [(1, column) for column in changes],
            {"front_page": [PAGE | changes], "inpatient_discharge": [LEFT]},
        )
        for changes in [
            {},
            row(discharge_time=at(-7, 23, late=True)),
            row(dept_code="D2", discharge_way_code="4"),
        ]
    ),
    ("R32-01", [], diagnoses(FURTHER, MAIN)),
    ("R32-01", [(1, "diag_code")], diagnoses(FURTHER, page=PAGE)),
    ("R32-01", [(1, "diag_code")], diagnoses(MAIN | row(primary_flag="0"), FURTHER)),
    ("R32-01", [(2, "diag_code")], diagnoses(FURTHER, MAIN, page=PAGE | row(diag_code="I11.900"))),
    ("R32-01", [(2, "primary_flag")], diagnoses(MAIN, FURTHER | row(primary_flag="1"))),
    ("R32-01", [], diagnoses(FURTHER, *uploaded(LAST_MOMENT, MAIN))),
    ("R32-01", [(1, "diag_code")], diagnoses(FURTHER, *uploaded(TOO_LATE, MAIN))),
    (
        "R32-01",
        [(1, "diag_seq_no")],
        {"front_page": [PAGE], "front_page_diagnosis": uploaded(on(-1), MAIN | row(front_page_id="F2"))},
    ),
    ("R32-02", [], diagnoses(MAIN, FURTHER, MAIN)),
    ("R32-02", [(2, "diag_seq_no")], diagnoses(MAIN, FURTHER | row(diag_seq_no=3))),
    ("R32-02", [(1, "diag_seq_no")], diagnoses(FURTHER)),
    ("R32-03", [], diagnoses(MAIN, FURTHER, MAIN)),
    ("R32-03", [(2, "diag_code")], diagnoses(MAIN, FURTHER | row(diag_code="I10.x00"))),
    (
        "R32-03",
        [],
        diagnoses(
            MAIN, FURTHER | row(diag_code="I10.x00"), MAIN | row(diag_code="I11.900", upload_date=on(1))
        ),
    ),
    *(
        ("R33-01", expected, operations(OPERATION | row(operation_date=on(day))))
        for day, expected in [
            (-9, []),
            (-10, [(1, "operation_date")]),
            (-7, []),
            (-6, [(1, "operation_date")]),
        ]
    ),
    ("R33-03", [], performed({}, {})),
    ("R33-03", [(1, "operation_date")], performed({}, row(operation_start_time=at(-7)))),
    ("R33-03", [], performed(row(operation_level_code=None), row(operation_start_time=at(-7)))),
    ("R33-03", [(1, "operation_code")], performed({}, row(operation_code="47.0100"))),
    ("R33-03", [], performed(row(primary_flag="0"), row(operation_code="47.0100"))),
    ("R33-03", [], performed({}, row(operation_code="47.0100"), row(operation_id="O2"))),
    ("R33-04", [], operations(OPERATION, OPERATION | row(operation_seq_no=2))),
    ("R33-04", [(2, "operation_seq_no")], operations(OPERATION, OPERATION | row(operation_seq_no=3))),
    *(
        (
            "R34-01",
            expected,
            {"tcm_front_page": [row(visit_id="V1", front_page_id="T1") | own], "front_page": [PAGE]},
        )
        for own, expected in [
            ({}, []),
            (row(visit_id="V2"), MISSING),
            (row(visit_id="V2", front_page_id="F1"), []),
        ]
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_rule(case: Case) -> None:
    rule_id, expected, tables = case
    assert breaches(rule_id, tables) == expected


def test_each_rule_is_shown_both_ways() -> None:
    clauses = [
        "31-01",
        "31-02",
        "31-04",
        "31-05",
        "32-01",
        "32-02",
        "32-03",
        "33-01",
        "33-03",
        "33-04",
        "34-01",
    ]
    assert rules_shown(CASES) == {f"R{clause}" for clause in clauses}


@pytest.mark.parametrize(("pages", "expected"), [(2, []), (3, ["3/2"]), (1, ["1/2"])])
def test_a_month_has_as_many_front_pages_as_discharges(pages: int, expected: list[str]) -> None:
    # Judged on the 7th of April, a week after the end of March.
    visits = [row(visit_id=f"V{no}", discharge_time=at(-30), upload_date=on(-29)) for no in (1, 2)]
    made = [row(visit_id=f"V{no}", front_page_id=f"F{no}", discharge_time=at(-30)) for no in range(pages)]
    tables = {"inpatient_discharge": [*visits, visits[0]], "front_page": uploaded(on(-20), *made)}

    assert findings("R31-01", tables, days=(on(-3), on(-3)))["value_masked"].to_list() == expected
