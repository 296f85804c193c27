import gzip
from pathlib import Path

import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.files import READERS, Source, read_bytes, read_file, read_files, read_some
from xypipeline_tests.raw.tables import visit_table

TABLE = visit_table()


@pytest.mark.parametrize("kind", ["csv", "txt", "tsv"])
def test_text_kinds_are_read_by_their_header_not_by_their_name(kind: str) -> None:
    assert read_bytes(b"org_code;note\nA1;a,b\n", kind, TABLE).frame["note"].to_list() == ["a,b"]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize(
    ("content", "name"), [(b"PK\x03\x04...", "xlsx"), (b"\x1f\x8b...", "gz"), (b"PAR1...", "Parquet")]
)
def test_another_kind_of_file_under_a_texts_name_is_named(content: bytes, name: str, kind: str) -> None:
    with pytest.raises(RefusedFileError, match=name):
        read_bytes(content, kind, TABLE)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_file_that_is_gone_is_refused_not_raised(tmp_path: Path, kind: str) -> None:
    reading = read_file(Source(tmp_path, f"2023-04-01/A1/visit.{kind}", kind), TABLE)

    assert (reading.frame, reading.rows_received, reading.is_refused) == (None, 0, True)
    assert reading.reason.startswith("文件无法打开")
    assert reading.defects.is_empty()


@pytest.mark.parametrize(("expanded_bytes", "read_at_once"), [(0, 1), (2_000, 2), (10_000, 4)])
def test_no_more_files_are_read_at_once_than_memory_bears(
    tmp_path: Path, expanded_bytes: int, read_at_once: int
) -> None:
    sources = []
    for number, ending in enumerate(["\n", "\r\n", "\n", "\r\n"]):
        path = f"2023-04-01/A1/visit.{number}.csv.gz"
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        rows = ["org_code,note", *([f"A{number},x"] * 12)]
        (tmp_path / path).write_bytes(gzip.compress(ending.join(rows).encode()))
        sources.append(Source(tmp_path, path, "csv", Limits(expanded_bytes=expanded_bytes)))

    assert len(read_some(sources, TABLE)) == read_at_once
    assert [
        reading.frame["declared_org_code"].unique().to_list() for reading in read_files(sources, TABLE)
    ] == [
        ["A0"],
        ["A1"],
        ["A2"],
        ["A3"],
    ]
