"""Rows read as they were received."""

from pathlib import Path

from xypipeline.validated.received import reading_beside
from xypipeline.warehouse import connect_in_memory, transaction


def test_a_thread_reads_what_is_committed_in_the_warehouse_in_use(tmp_path: Path) -> None:
    with connect_in_memory() as connection:
        # As an encrypted warehouse is opened.
        connection.execute(f"attach '{tmp_path / 'elsewhere.duckdb'}' as elsewhere")
        connection.execute("use elsewhere")
        connection.execute("create table bed as select 1 as number")
        with transaction(connection):
            connection.execute("insert into bed values (2)")
            with reading_beside(connection) as beside:
                seen = beside.sql("from bed").fetchall()

        assert seen == [(1,)]
        assert connection.sql("from bed order by number").fetchall() == [(1,), (2,)]
