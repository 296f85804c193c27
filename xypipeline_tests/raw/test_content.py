import gzip
import zipfile
from pathlib import Path

import pytest

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.raw.content import read_content

FOLDER = "2023-04-01/411500001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    return folder


def test_files_gz_files_and_members_are_unpacked(tmp_path: Path, folder: Path) -> None:
    (folder / "visit.csv").write_bytes(b"plain")
    (folder / "visit.csv.GZ").write_bytes(gzip.compress(b"gzipped"))
    with zipfile.ZipFile(folder / "day.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("四月/就诊.csv", b"member")
        archive.writestr("visit.csv.gz", gzip.compress(b"gzipped member"))

    names = ["visit.csv", "visit.csv.GZ", "day.zip/四月/就诊.csv", "day.zip/visit.csv.gz"]
    contents = [read_content(tmp_path, f"{FOLDER}/{name}") for name in names]

    assert contents == [b"plain", b"gzipped", b"member", b"gzipped member"]


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (gzip.compress(b"x" * 1000)[:-9], "gz 文件已损坏"),
        (gzip.compress(b"x" * 1000)[:-1] + b"?", "gz 文件已损坏"),
        (b"no gzip", "gz 文件已损坏"),
    ],
    ids=["cut off", "checksum", "other"],
)
def test_a_damaged_gz_file_is_refused(tmp_path: Path, folder: Path, damaged: bytes, reason: str) -> None:
    (folder / "visit.csv.gz").write_bytes(damaged)

    with pytest.raises(RefusedFileError, match=reason):
        read_content(tmp_path, f"{FOLDER}/visit.csv.gz")


def test_more_than_memory_bears_is_refused(tmp_path: Path, folder: Path) -> None:
    limits = Limits(file_bytes=100)
    (folder / "full.csv").write_bytes(b"x" * 100)
    (folder / "over.csv").write_bytes(b"x" * 101)
    (folder / "bomb.csv.gz").write_bytes(gzip.compress(b"x" * 101))

    assert len(read_content(tmp_path, f"{FOLDER}/full.csv", limits)) == 100
    for name in ("over.csv", "bomb.csv.gz"):
        with pytest.raises(RefusedFileError, match="请拆分"):
            read_content(tmp_path, f"{FOLDER}/{name}", limits)


@pytest.mark.parametrize("name", ["gone.csv", "link.csv", "pipe.csv", "folder.csv", "day.zip/gone.csv"])
def test_what_is_no_file_any_more_is_refused(tmp_path: Path, folder: Path, name: str) -> None:
    import os

    (tmp_path / "elsewhere").write_bytes(b"secret")
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere")
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    with zipfile.ZipFile(folder / "day.zip", "w") as archive:
        archive.writestr("visit.csv", b"member")

    with pytest.raises(RefusedFileError):
        read_content(tmp_path, f"{FOLDER}/{name}")
