import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.archives import RefusedFileError
from xypipeline.raw import batches, large
from xypipeline.raw.batches import DeliveredFile
from xypipeline.raw.files import Source, read_file
from xypipeline.raw.large import read_large
from xypipeline.raw.reading import Reading
from xypipeline.raw.storage import Storage
from xypipeline.raw.store import create_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.raw.tables import visit_table

TABLE = visit_table()
HEADER = "org_code,visit_id,note,床号\n"
LINES = st.lists(
    st.sampled_from(
        [
            "A1,1,a,x\n",
            'A1,2,"b\nb",x\n',
            '"A1","3","a,""b""",\n',
            "A1,4\n",
            "\n",
            "A1,5,发热,x\n",
            "A1,\0,0,\n",
        ]
    ),
    max_size=20,
)


@given(lines=LINES, blank_lines=st.integers(0, 2), piece_bytes=st.integers(40, 200))
@settings(deadline=None)
def test_a_file_read_in_pieces_is_read_as_a_whole(
    lines: list[str], blank_lines: int, piece_bytes: int
) -> None:
    with _delivered(("\n" * blank_lines + HEADER + "".join(lines)).encode()) as source:
        whole = read_file(source, TABLE)
        pieces = _read(source, piece_bytes)

    frames = [piece.frame for piece in pieces]
    defects = [piece.defects for piece in pieces]
    assert (pl.concat(frames).rows() if frames else []) == whole.frame.rows()
    assert (pl.concat(defects).rows() if lines else []) == (whole.defects.rows() if lines else [])
    assert sum(piece.rows_received for piece in pieces) == whole.rows_received


def test_an_open_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    with _delivered((HEADER + 'A1,1,"a,x\n' + "A1,2,b,x\n" * 20).encode()) as source:
        pieces = _read(source, 60)

    assert [line for piece in pieces for line in piece.frame["line"]] == list(range(3, 23))
    assert [line for piece in pieces for line in piece.defects["line"]] == [1, 2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ((HEADER + "x" * 500 + "\n").encode(), "缺少换行"),
        (("x" * 500 + "\n" + HEADER).encode(), "缺少换行"),
        ((HEADER + "A1,1,a,x\n").encode("utf-16"), "UTF-16"),
        (b"bed,ward\n1,2\n", "没有本表的列名"),
    ],
)
def test_what_cannot_be_cut_into_pieces_is_refused(content: bytes, reason: str) -> None:
    with _delivered(content) as source, pytest.raises(RefusedFileError, match=reason):
        _read(source, 100)


def test_a_file_refused_midway_leaves_nothing_but_its_note(connection: DuckDBPyConnection) -> None:
    table, file = current_catalogue().tables["department"], _delivered_file("department.csv.gz")
    whole = gzip.compress(("org_code,dept_code\n" + "".join(f"A,{n}\n" for n in range(5_000))).encode())
    with _delivered(whole[:-20], "csv.gz") as source, pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "PIECE_BYTES", 1_000)

        storage = Storage(connection, table)
        reading = storage.store_large_file(file, read_large(source, table))
        storage.finish()

    assert (reading.is_refused, reading.rows_parsed) == (True, 0)
    assert connection.sql("from raw.department").fetchall() == []
    assert connection.sql("select rows_received, is_refused from raw.reading").fetchall() == [(0, True)]


def test_a_large_file_is_stored_and_counted_like_any_other(connection: DuckDBPyConnection) -> None:
    table, file = current_catalogue().tables["department"], _delivered_file("department.csv")
    content = b"org_code,dept_code,bed\nA,1,x\nA,2\nA,3,x\n"
    with _delivered(content) as source, pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "PIECE_BYTES", 24)
        storage = Storage(connection, table)
        reading = storage.store_large_file(file, read_large(source, table))
        storage.finish()

    assert (reading.rows_received, reading.rows_parsed) == (3, 2)
    assert connection.sql("select line, dept_code from raw.department").fetchall() == [(2, "1"), (4, "3")]
    assert connection.sql("select line, rule_id from raw.defect").fetchall() == [(1, "I02"), (3, "I01")]
    assert connection.sql("select rows_received, reason from raw.reading").fetchall() == [
        (3, "3 行中有 1 行无法解析（规则 I01），未入库；1 列不在标准中或重复（规则 I02），未入库")
    ]


@pytest.mark.parametrize(
    ("name", "size", "is_large"),
    [
        ("a.csv", batches.LARGE_BYTES, False),
        ("a.csv", batches.LARGE_BYTES + 1, True),
        ("a.csv.gz", batches.LARGE_BYTES // batches.GROWTH_OF_PACKED + 1, True),
        ("a.xlsx", batches.LARGE_BYTES, False),
    ],
)
def test_only_text_can_be_read_in_pieces(name: str, size: int, is_large: bool) -> None:
    assert _delivered_file(name, size).is_large == is_large


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        create_tables(connection, current_catalogue())
        yield connection


def _delivered_file(name: str, size: int = 1) -> DeliveredFile:
    kind = name.removesuffix(".gz").rpartition(".")[2]
    return DeliveredFile(f"2023-04-01/A1/{name}", date(2023, 4, 1), "A1", kind, size)


@contextmanager
def _delivered(content: bytes, suffix: str = "csv") -> Iterator[Source]:
    with TemporaryDirectory() as folder:
        path = f"2023-04-01/A1/visit.{suffix}"
        (Path(folder) / path).parent.mkdir(parents=True)
        (Path(folder) / path).write_bytes(content)
        yield Source(Path(folder), path, "csv")


def _read(source: Source, piece_bytes: int) -> list[Reading]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "PIECE_BYTES", piece_bytes)
        return list(read_large(source, TABLE))
