from collections.abc import Iterator
from datetime import date

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.errors import RetentionError
from xypipeline.periods import Quarter
from xypipeline.raw.retention import DeletedRows, delete_old_rows, requiring_rows
from xypipeline.raw.store import create_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory

CATALOGUE = current_catalogue()
TABLE = CATALOGUE.tables["department"]
MARCH, APRIL, MAY = date(2023, 3, 31), date(2023, 4, 1), date(2023, 5, 1)
FIRST, SECOND = Quarter(2023, 1), Quarter(2023, 2)


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        create_tables(connection, CATALOGUE)
        for day in (MARCH, APRIL, MAY):
            deliver(connection, day, rows=1, unparsable=1)
        yield connection


def deliver(connection: DuckDBPyConnection, day: date, *, rows: int, unparsable: int) -> None:
    path = f"{day}/411500001/department.csv"
    lineage = [day, "411500001", path]
    connection.execute(
        "insert into raw.reading values (?, ?, '411500001', 'department', ?, false, null)",
        [path, day, rows + unparsable],
    )
    for line in range(rows):
        connection.execute(
            "insert into stored.department (in_raw, upload_date, org_code, path, line) "
            "values (true, ?, ?, ?, ?)",
            [*lineage, line],
        )
    for line in range(unparsable):
        connection.execute(
            "insert into raw.defect values (?, ?, 'department', ?, ?, 'I01', null, '无法解析', '张三,1')",
            [*lineage, line],
        )


def days_held(connection: DuckDBPyConnection) -> list[date]:
    return [
        day for (day,) in connection.sql("select upload_date from raw.department order by all").fetchall()
    ]


@pytest.mark.parametrize(
    ("finished", "before", "kept"),
    [
        pytest.param([FIRST, SECOND], MAY, [MAY], id="the first kept day is kept"),
        pytest.param([FIRST, SECOND], date(2023, 5, 2), [], id="the day after"),
        pytest.param(
            [FIRST], date(2024, 1, 1), [APRIL, MAY], id="an unpublished quarter is kept, however old"
        ),
        pytest.param([], date(2024, 1, 1), [MARCH, APRIL, MAY], id="nothing is published"),
        pytest.param([FIRST, SECOND], date(2023, 1, 1), [MARCH, APRIL, MAY], id="nothing is old"),
    ],
)
def test_old_rows_of_published_quarters_go(
    connection: DuckDBPyConnection, finished: list[Quarter], before: date, kept: list[date]
) -> None:
    gone = 3 - len(kept)

    assert delete_old_rows(connection, CATALOGUE, finished, before) == DeletedRows(gone, gone)
    assert days_held(connection) == kept
    texts = connection.sql("select upload_date from raw.defect where content is not null order by all")
    assert [day for (day,) in texts.fetchall()] == kept
    assert connection.sql("select count(*) from raw.reading").fetchall() == [(3,)]


def test_days_whose_rows_are_gone_are_not_judged_anew(connection: DuckDBPyConnection) -> None:
    delete_old_rows(connection, CATALOGUE, [FIRST, SECOND], MAY)

    requiring_rows(connection, MAY, MAY)(TABLE)
    with pytest.raises(RetentionError, match=r"raw\.department .* 2 days from 2023-03-31 to 2023-04-01"):
        requiring_rows(connection, MARCH, MAY)(TABLE)


@pytest.mark.parametrize("unparsable", [0, 2], ids=["an empty file", "no line can be parsed"])
def test_days_that_never_had_a_row_are_judged(connection: DuckDBPyConnection, unparsable: int) -> None:
    deliver(connection, date(2023, 6, 1), rows=0, unparsable=unparsable)

    requiring_rows(connection, date(2023, 6, 1), date(2023, 6, 2))(TABLE)
