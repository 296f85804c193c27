import os
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline import archives
from xypipeline.archives import RefusedFileError, is_being_written, open_archive, open_regular
from xypipeline.limits import DEFAULT_LIMITS, Limits


def zip_of(folder: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "archive.zip"
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def refusal_of(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(RefusedFileError) as refusal, open_archive(path, limits):
        pass
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_names_are_read_whatever_wrote_them(tmp_path: Path, encoding: str) -> None:
    name = "患者基本信息.csv"
    # A name of the same length in bytes, replaced below: zipfile itself cannot write GBK names.
    stand_in = "x" * len(name.encode(encoding))
    path = zip_of(tmp_path, {stand_in: b"content"})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode(encoding)))

    with open_archive(path) as archive:
        assert list(archive.members) == [name]


def test_names_that_zipfile_writes_are_read(tmp_path: Path) -> None:
    with open_archive(zip_of(tmp_path, {"上报/患者.csv": b"1", "a\\b.csv": b"2"})) as archive:
        with archive.open("上报/患者.csv") as stream:
            assert stream.read() == b"1"
        with archive.open("a/b.csv") as stream:
            assert stream.read() == b"2"


@pytest.mark.parametrize("name", ["/etc/visit.csv", "../visit.csv", "a/../../visit.csv", "C:\\x.csv", "."])
def test_names_that_point_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with open_archive(zip_of(tmp_path, {name: b"1", "good.csv": b"2"})) as archive:
        assert list(archive.members) == ["good.csv"]
        assert list(archive.refused) == [name.replace("\\", "/")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_names_are_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path, {"visit.csv": b"1", "good.csv": b"2"})
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("visit.csv", b"3")

    with open_archive(path) as archive:
        assert (list(archive.members), list(archive.refused)) == (["good.csv"], ["visit.csv"])


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path, {"visit.csv": b"1"}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag in the member's own header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    path.write_bytes(content)

    with open_archive(path) as archive:
        assert archive.refused == {"visit.csv": "压缩包设有密码：请去除密码后重新压缩"}


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "archive.zip").write_bytes(content)

    assert "已损坏" in refusal_of(tmp_path / "archive.zip")


@pytest.mark.parametrize("members", [{}, {"folder/": b""}, {".hidden": b"1", "a.part": b"2"}])
def test_an_archive_without_files_is_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    assert "没有文件" in refusal_of(zip_of(tmp_path, members))


def test_limits_hold_for_the_whole_archive(tmp_path: Path) -> None:
    path = zip_of(tmp_path, {"a.csv": b"1" * 50, "b.csv": b"2" * 50})

    with open_archive(path, Limits(archive_bytes=100, archive_members=2)) as archive:
        assert len(archive.members) == 2
    assert "过大" in refusal_of(path, Limits(archive_bytes=99))
    assert "过大" in refusal_of(path, Limits(archive_members=1))


def test_a_bomb_is_told_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zip_of(tmp_path, {"a.csv": b"1" * 1_000_000})

    with open_archive(path) as archive:
        assert list(archive.members) == ["a.csv"]
    monkeypatch.setattr(archives, "RATIO_COUNTS_FROM_BYTES", 999_999)
    assert "压缩比" in refusal_of(path)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")

    with open_regular(tmp_path / "file") as stream:
        assert stream.read() == b"1"
    for name in ("link", "pipe", "gone", "."):
        with pytest.raises(RefusedFileError), open_regular(tmp_path / name):
            pass


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.part", True), ("a.TMP", True), (".a.csv", True), ("a.partial", False), ("part.csv", False)],
)
def test_unfinished_and_hidden_names(name: str, expected: bool) -> None:
    assert is_being_written(name) is expected


def test_an_archive_without_its_beginning_loses_what_began_there(tmp_path: Path) -> None:
    path = zip_of(tmp_path, {"visit.csv": b"1", "good.csv": b"2"})
    path.write_bytes(path.read_bytes()[10:])

    with open_archive(path) as archive:
        with pytest.raises(RefusedFileError, match="已损坏"), archive.open("visit.csv"):
            pass
        with archive.open("good.csv") as stream:
            assert stream.read() == b"2"


def test_a_list_of_members_without_end_is_not_read(tmp_path: Path) -> None:
    members = {f"{number}.csv": b"" for number in range(3_000)}
    path = zip_of(tmp_path, members)

    with open_archive(path, Limits(archive_members=3_000)) as archive:
        assert len(archive.members) == 3_000
    assert refusal_of(path, Limits(archive_members=2_999)).startswith("压缩包过大（3000 个文件")
    # 400 KB for 10 members at most; the list alone of so many hidden ones is longer.
    hidden = zip_of(tmp_path, {f".{'x' * 200}{number}": b"" for number in range(2_000)})
    assert refusal_of(hidden, Limits(archive_members=10)).startswith("压缩包过大（文件过多）")


def test_a_member_that_says_it_is_small_is_read_as_far_as_it_says(tmp_path: Path) -> None:
    path = zip_of(tmp_path, {"visit.csv": b"1" * 100_000})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"visit.csv") - 46
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(content)

    with open_archive(path) as archive, pytest.raises(RefusedFileError, match="已损坏"):  # noqa: SIM117
        with archive.open("visit.csv") as stream:
            assert len(stream.read()) <= 100


@given(content=st.binary(max_size=200), at=st.integers(0, 400))
@settings(max_examples=300, deadline=None)
def test_any_damage_is_a_refusal(content: bytes, at: int) -> None:
    with TemporaryDirectory() as folder:
        path = zip_of(Path(folder), {"visit.csv": b"org_code\n" * 9, "上报/科室.csv": b"1", "../x": b"2"})
        whole = path.read_bytes()
        path.write_bytes(whole[:at] + content + whole[at + len(content) :])
        with suppress(RefusedFileError), open_archive(path) as archive:
            assert not {*archive.members} & {*archive.refused}
            for name in archive.members:
                with archive.open(name) as stream:
                    stream.read()
