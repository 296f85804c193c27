from pathlib import Path

import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.raw.files import READERS, Source, read_bytes, read_file
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
