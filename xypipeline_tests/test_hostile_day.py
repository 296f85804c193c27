"""A day on which broken and hostile files lie beside good ones: each is told of, and each good row counts."""

import gzip
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from xypipeline.landing import inventory
from xypipeline.landing.walk import Door
from xypipeline.raw import store as raw
from xypipeline.raw.files import Uploads
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated import store as validated
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.raw.workbooks import SHEET, sheet_of, workbook_with

CATALOGUE = current_catalogue()
TABLE = CATALOGUE.tables["department"]
HOSPITAL, DAY = "411500001", date(2023, 4, 1)
GOOD = b"org_code,dept_code\n411500001,01\n411500001,02\n"
TORN = GOOD + b'411500001,"03\n411500001,04,5\n411500001,06\n'
CORNER = sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "landing" / str(DAY) / HOSPITAL
    folder.mkdir(parents=True)
    files = {
        "department.csv": GOOD,
        "department.torn.csv": TORN,
        "department.nul.csv": GOOD + b"411500001,0\x005\n",
        "department.cut.csv.gz": gzip.compress(GOOD)[:-3],
        "department.xlsx": workbook_with({SHEET: CORNER}),
        "department.wrong.csv": gzip.compress(GOOD),
        "department.cut.parquet": b"PAR1PAR1",
        "department.1.jsonl": b'{"dept_code": "07"}\n{"dept_code": {}}\n',
        "cut.zip": b"PK\x03\x04",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "day.zip", "w") as archive:
        for name in ("department.csv", "../department.csv", "inner.zip", "."):
            archive.writestr(name, GOOD)
    os.mkfifo(folder / "department.pipe.csv")
    (folder / "department.link.csv").symlink_to("/etc/hostname")
    return folder


def test_each_file_is_told_of_and_each_good_row_counts(folder: Path) -> None:
    landing = folder.parents[1]
    with connect_in_memory() as connection:
        inventory.create_tables(connection)
        raw.create_tables(connection, CATALOGUE)
        validated.create_tables(connection, CATALOGUE)
        inventory.create_file_view(connection)
        counts = inventory.store_arrivals(connection, Door(landing, {HOSPITAL}, CATALOGUE), DAY, DAY)
        loaded = raw.load_days(connection, TABLE, Uploads(landing), DAY, DAY)
        files = connection.sql(
            "select split_part(path, '/', 3), status, split_part(reason, '：', 1), rows_received "
            "from landing.file where not contains(path, '.zip/') order by path"
        ).fetchall()
        members = connection.sql(
            "select path[len($1) + 2:], status, rows_received from landing.file "
            "where contains(path, 'day.zip/') order by path",
            params=[f"{DAY}/{HOSPITAL}/day.zip"],
        ).fetchall()

    assert files == [
        ("cut.zip", "refused", "压缩包已损坏或没有传完", None),
        ("day.zip", "partly_loaded", "压缩包内 4 个文件中有 3 个未接收或只部分入库，原因见各文件", None),
        ("department.1.jsonl", "partly_loaded", "2 行中有 1 行无法解析（规则 I01），未入库", 2),
        ("department.csv", "loaded", None, 2),
        ("department.cut.csv.gz", "refused", "gz 文件已损坏或没有传完", 0),
        ("department.cut.parquet", "refused", "Parquet 文件已损坏或没有传完", 0),
        ("department.link.csv", "refused", "不是普通文件", None),
        ("department.nul.csv", "partly_loaded", "3 行中有 1 行无法解析（规则 I01），未入库", 3),
        ("department.pipe.csv", "refused", "不是普通文件", None),
        ("department.torn.csv", "partly_loaded", "5 行中有 2 行无法解析（规则 I01），未入库", 5),
        ("department.wrong.csv", "refused", "文件内容是gz 压缩文件，与扩展名 .csv 不符", 0),
        ("department.xlsx", "refused", "文件有 16384 列，超过 1000 列", 0),
    ]
    assert members == [
        (".", "refused", None),
        ("../department.csv", "refused", None),
        ("department.csv", "loaded", 2),
        ("inner.zip", "refused", None),
    ]
    # 12 files and 4 members; 2 rows of each good file, 2 + 1 torn, 2 beside NUL, 1 of JSON, 2 of the archive.
    assert (counts.files, counts.refused, loaded.files, loaded.files_refused, loaded.rows) == (
        16,
        6,
        9,
        4,
        10,
    )
