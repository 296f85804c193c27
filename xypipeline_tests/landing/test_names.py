from datetime import date

import pytest

from xypipeline.landing.names import FileName, parse_file_name, parse_upload_date
from xypipeline.standard.catalogue import current_catalogue


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("department.csv", FileName("department", "csv")),
        ("Department.2023.上午.TXT", FileName("department", "txt")),
        ("tb_dic_department.tsv.GZ", FileName("department", "tsv")),
        ("科室信息.xlsx", FileName("department", "xlsx")),
        ("department.parquet", FileName("department", "parquet")),
        ("department.jsonl", FileName("department", "jsonl")),
        ("四月.zip", FileName(None, "zip")),
        ("department.zip", FileName("department", "zip")),
        ("department_1.csv", FileName(None, "csv")),
        ("department", FileName("department", None)),
        ("department.xls", FileName("department", None)),
        ("department.gz", FileName("department", None)),
        ("department.xlsx.gz", FileName("department", None)),
        ("department.csv.gz.gz", FileName("department", None)),
    ],
)
def test_a_name_tells_table_and_kind(name: str, expected: FileName) -> None:
    assert parse_file_name(name, current_catalogue()) == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("2023-04-01", date(2023, 4, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-01-01", date(2023, 1, 1)),
        ("2022-12-31", None),
        ("2023-02-29", None),
        ("2023-4-1", None),
        ("20230401", None),
        ("２０２３-04-01", None),
        ("2023-04-01 ", None),
        ("", None),
    ],
)
def test_only_an_existing_day_since_the_platform_began_is_an_upload_date(
    folder: str, expected: date | None
) -> None:
    assert parse_upload_date(folder) == expected
