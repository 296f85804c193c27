from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.errors import QuarantineError, WarehouseError
from xypipeline.periods import Period
from xypipeline.quarantine.reading import (
    Scope,
    has_deliveries,
    open_quarantine,
    read_findings,
    summarise,
)
from xypipeline.warehouse import open_warehouse
from xypipeline_tests.quarantine.installation import FIRST, SECOND

PATH = "2023-04-01/411500001/department.csv"
OTHER_PATH = "2023-04-02/411500002/department.csv"
CUT_SHORT = "该行有 2 个字段，表头有 9 个"


def test_every_reason_is_read_with_file_line_and_masked_value(warehouse: DuckDBPyConnection) -> None:
    findings = read_findings(warehouse, Scope())

    assert findings.columns[:5] == ["upload_date", "org_code", "table_code", "path", "line"]
    assert [row[1:] for row in findings.rows()] == [
        (FIRST, "department", PATH, 3, "G06", "dept_type_code", "Z", None, False),
        (FIRST, "department", PATH, 4, "G06", "dept_type_code", "Z", None, False),
        (FIRST, "department", PATH, 5, "G01", "dept_code", None, None, False),
        (FIRST, "department", PATH, 5, "G06", "dept_type_code", "Z", None, False),
        (FIRST, "department", PATH, 6, "I01", None, None, CUT_SHORT, True),
        (SECOND, "department", OTHER_PATH, 2, "G08", "org_code", "411****01", None, False),
    ]


def test_a_row_of_two_reasons_is_counted_once(warehouse: DuckDBPyConnection) -> None:
    held = summarise(warehouse, Scope())

    assert (held.rows, held.unparsable) == (5, 1)
    assert held.rules.rows() == [("G06", 3), ("G01", 1), ("G08", 1), ("I01", 1)]
    assert held.by("org_code") == {FIRST: 4, SECOND: 1}
    assert held.by("table_code") == {"department": 5}
    assert held.reasons.rows() == [
        (FIRST, "department", "G01", "dept_code", None, 1),
        (FIRST, "department", "G06", "dept_type_code", None, 3),
        (FIRST, "department", "I01", None, CUT_SHORT, 1),
        (SECOND, "department", "G08", "org_code", None, 1),
    ]
    assert held.files.rows() == [
        (date(2023, 4, 1), FIRST, "department", PATH, 4, 1, 3),
        (date(2023, 4, 2), SECOND, "department", OTHER_PATH, 1, 0, 2),
    ]


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        (Scope(org_code=SECOND), 1),
        (Scope(table_code="department"), 5),
        (Scope(table_code="staff"), 0),
        (Scope(Period(date(2023, 4, 2), date(2023, 4, 2))), 1),
        (Scope(Period(date(2023, 4, 3), date(2023, 4, 30))), 0),
    ],
)
def test_the_scope_narrows_what_is_read(warehouse: DuckDBPyConnection, scope: Scope, rows: int) -> None:
    assert summarise(warehouse, scope).rows == rows


def test_days_without_a_file_that_was_read_have_no_delivery(warehouse: DuckDBPyConnection) -> None:
    days = [date(2023, 4, 2), date(2023, 4, 3)]

    assert [has_deliveries(warehouse, Period(day, day)) for day in days] == [True, False]


def test_a_warehouse_without_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with pytest.raises(WarehouseError, match="nothing was run yet"), open_quarantine(path):
        pass
    with open_warehouse(path):
        pass
    with pytest.raises(QuarantineError, match="nothing was validated yet"), open_quarantine(path):
        pass
