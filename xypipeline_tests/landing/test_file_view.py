from collections.abc import Iterator

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.landing.inventory import create_file_view, create_tables
from xypipeline.warehouse import connect_in_memory

FOLDER = "2023-04-01/411500001"


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        create_tables(connection)
        connection.execute(
            """
            create table raw.reading (path varchar, rows_received bigint, is_refused boolean, reason varchar);
            create table raw.defect (path varchar, rule_id varchar);
            create table validated.tally (path varchar, rows_accepted bigint, rows_fatal bigint);
            create table validated.control_tally (path varchar, rows_accepted bigint, rows_fatal bigint);
            """
        )
        create_file_view(connection)
        yield connection


def arrive(connection: DuckDBPyConnection, name: str, kind: str = "csv", reason: str | None = None) -> None:
    connection.execute(
        "insert into landing.arrival values (?, '2023-04-01', '411500001', null, ?, 1, 'x', ?)",
        [f"{FOLDER}/{name}", kind, reason],
    )


def read(
    connection: DuckDBPyConnection, name: str, *, is_refused: bool = False, rules: tuple[str, ...] = ()
) -> None:
    path, reason = f"{FOLDER}/{name}", "损坏" if is_refused else None
    connection.execute("insert into raw.reading values (?, 3, ?, ?)", [path, is_refused, reason])
    for rule in rules:
        connection.execute("insert into raw.defect values (?, ?)", [path, rule])


def files(connection: DuckDBPyConnection, columns: str = "status, reason") -> list[tuple]:
    return connection.sql(f"select {columns} from landing.file order by path").fetchall()


def test_the_columns_of_the_contract(connection: DuckDBPyConnection) -> None:
    arrive(connection, "department.csv")
    read(connection, "department.csv")
    connection.execute("insert into validated.tally values (?, 2, 1)", [f"{FOLDER}/department.csv"])

    relation = connection.sql("select * exclude (upload_date) from landing.file")
    assert relation.columns == [
        *("path", "org_code", "table_code", "bytes", "sha256"),
        *("status", "reason", "rows_received", "rows_accepted", "rows_fatal"),
    ]
    assert relation.fetchall() == [
        (f"{FOLDER}/department.csv", "411500001", None, 1, "x", "loaded", None, 3, 2, 1)
    ]


def test_each_status_of_a_file(connection: DuckDBPyConnection) -> None:
    arrive(connection, "1-at-the-door.csv", reason="表名不明")
    for name in ("2-in-reading.csv", "3-lines.csv", "4-columns.csv", "5-waiting.csv"):
        arrive(connection, name)
    read(connection, "2-in-reading.csv", is_refused=True)
    read(connection, "3-lines.csv", rules=("I01", "I01", "I02"))
    read(connection, "4-columns.csv", rules=("I02",))

    assert files(connection) == [
        ("refused", "表名不明"),
        ("refused", "损坏"),
        ("partly_loaded", None),
        ("loaded", None),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("members", "status", "reason"),
    [
        (["good", "good"], "loaded", None),
        (["good", "refused"], "partly_loaded", "压缩包内 2 个文件中有 1 个未接收或只部分入库，原因见各文件"),
        (["good", "ragged"], "partly_loaded", "压缩包内 2 个文件中有 1 个未接收或只部分入库，原因见各文件"),
        (["refused", "unreadable"], "refused", "压缩包内 2 个文件中有 2 个未接收或只部分入库，原因见各文件"),
        (["good", "waiting"], None, None),
        ([], "refused", "压缩包已损坏"),
    ],
)
def test_an_archive_is_what_its_members_are(
    connection: DuckDBPyConnection, members: list[str], status: str | None, reason: str | None
) -> None:
    arrive(connection, "0.zip", kind="zip", reason=None if members else "压缩包已损坏")
    for number, fate in enumerate(members):
        name = f"0.zip/{number}/department.csv"
        arrive(connection, name, reason="不明" if fate == "refused" else None)
        if fate in ("good", "ragged", "unreadable"):
            rules = ("I01",) if fate == "ragged" else ()
            read(connection, name, is_refused=fate == "unreadable", rules=rules)

    assert files(connection)[0] == (status, reason)
    assert len(files(connection)) == 1 + len(members)
