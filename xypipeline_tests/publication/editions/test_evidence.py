import gzip
import subprocess
from pathlib import Path

import polars as pl
import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.editions.basis import find_standard
from xypipeline.publication.editions.cells import read_cells
from xypipeline.publication.editions.evidence import (
    CELLS,
    INPUTS,
    KEYS,
    LEDGER,
    STANDING,
    TABLE_STANDING,
    as_frozen,
    read_current,
    read_frozen,
)
from xypipeline.publication.editions.fingerprints import _commit, sha256_of, sha256_of_files
from xypipeline.publication.editions.manifest import parse_manifest
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.publication.editions.small_quarter import QUARTER, SmallQuarter


@pytest.mark.parametrize(
    ("name", "table"),
    [(STANDING, "standing"), (TABLE_STANDING, "table_standing"), (LEDGER, "ledger")],
)
def test_every_column_of_the_figures_is_frozen(quarter: SmallQuarter, name: str, table: str) -> None:
    with quarter.warehouse() as connection:
        stored = connection.sql(f"select * from scores.{table} limit 0").columns

    assert read_frozen((quarter.folder / name).read_bytes()).columns == stored


def test_inputs_are_frozen_file_by_file(quarter: SmallQuarter) -> None:
    content = (quarter.folder / INPUTS).read_bytes()
    frozen = read_frozen(content)

    landing = quarter.settings.landing_dir
    files = sorted(path for path in landing.rglob("*.csv"))
    assert frozen.select("path", "sha256", "bytes", "status").rows() == [
        (
            path.relative_to(landing).as_posix(),
            sha256_of(path.read_bytes()),
            str(path.stat().st_size),
            "loaded",
        )
        for path in files
    ]
    # No time in the gzip's head.
    assert content[4:8] == bytes(4)


def test_cells_are_what_the_attachment_prints(quarter: SmallQuarter) -> None:
    cells = {cell.place: cell for cell in read_cells((quarter.folder / CELLS).read_bytes())}

    assert [cells["", column].value for column in ("as_of", "tables_required")] == ["2023-06-30", "51"]
    assert {column: cell.value for (org_code, column), cell in cells.items() if org_code == "B2"} == {
        "seq": "2",
        "district": "市直",
        "hospital": "乙医院",
        "tables_uploaded": "1",
        "completeness_pct": "1.96",
        "rows_uploaded": "200",
        "interruption_days": "89",
        "last_upload_date": "2023-06-30",
        "remark": "",
        "tier": "第三梯队",
        "is_severely_missing": "是",
        "is_good_continuity": "否",
        "qualified_pct": "100.00",
        "score": "17.37",
        "rank": "2",
    }
    assert cells["B2", "tables_uploaded"].title == "上传表数量（共51张表）"


def test_frozen_values_are_text_and_null_stays_null() -> None:
    frame = pl.DataFrame({"number": [1, None], "day": ["a,b", "c"]})
    text = pl.DataFrame({"number": ["1", None], "day": ["a,b", "c"]})

    assert as_frozen(frame).equals(text)
    assert read_frozen(gzip.compress(frame.write_csv().encode())).equals(text)


@pytest.mark.parametrize("name", KEYS)
def test_a_warehouse_without_the_table_is_told(name: str) -> None:
    with pytest.raises(PublicationError, match="run 2023Q2 first"):
        read_current(connect_in_memory(), name, QUARTER, QUARTER.last)


def test_a_fingerprint_of_files_knows_names_and_contents() -> None:
    files = {"a": b"1", "b": b"2"}

    assert sha256_of_files(files) == sha256_of_files(dict(reversed(files.items())))
    assert len({sha256_of_files(one) for one in (files, {"a": b"2", "b": b"1"}, {"a": b"1", "c": b"2"})}) == 3


def test_a_version_of_the_standard_that_is_not_there_is_told() -> None:
    with pytest.raises(PublicationError, match="no version 1999.1 of the standard"):
        find_standard("1999.1")


def test_the_commit_is_named_only_where_this_is_the_checkout(tmp_path: Path) -> None:
    assert _commit(tmp_path) is None
    (tmp_path / ".git").write_text("damaged")
    assert _commit(tmp_path) is None
    (tmp_path / ".git").unlink()

    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "one"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)

    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    assert _commit(tmp_path) == head.stdout.strip()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"sha256": {"../x": "1"}, "edition": 1, "corrects": null}']
)
def test_a_damaged_manifest_is_told(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="manifest.json is damaged"):
        parse_manifest(content, tmp_path / "manifest.json")
