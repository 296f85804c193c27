import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.archives import is_being_written
from xypipeline.errors import LandingError
from xypipeline.harmless import is_visible
from xypipeline.landing import refusals
from xypipeline.landing.inventory import create_tables, scan, store_arrivals
from xypipeline.landing.walk import DEEPEST_FOLDER, Door
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory

DAY, NEXT_DAY = date(2023, 4, 1), date(2023, 4, 2)
HOSPITAL = "411500001"
FOLDER = f"{DAY}/{HOSPITAL}"
CONTENT = b"dept_code\n1\n"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def connection() -> Iterator[DuckDBPyConnection]:
    with connect_in_memory() as connection:
        create_tables(connection)
        yield connection


def deliver(landing_dir: Path, *paths: str) -> None:
    for path in paths:
        (landing_dir / path).parent.mkdir(parents=True, exist_ok=True)
        (landing_dir / path).write_bytes(CONTENT)


def door(landing_dir: Path, limits: Limits = DEFAULT_LIMITS, today: date | None = None) -> Door:
    return Door(landing_dir, {HOSPITAL}, current_catalogue(), limits, today)


def found(landing_dir: Path) -> list[tuple]:
    return [astuple(arrival) for arrival in scan(door(landing_dir), DAY, DAY)]


def reasons(
    landing_dir: Path, limits: Limits = DEFAULT_LIMITS, today: date | None = None
) -> dict[str, str | None]:
    arrivals = scan(door(landing_dir, limits, today), DAY, DAY)
    return {arrival.path: arrival.reason for arrival in arrivals}


def test_a_recognised_file_is_described(tmp_path: Path) -> None:
    deliver(tmp_path, f"{FOLDER}/科室信息.早.csv")

    assert found(tmp_path) == [
        (f"{FOLDER}/科室信息.早.csv", DAY, HOSPITAL, "department", "csv", len(CONTENT), SHA256, None)
    ]


@pytest.mark.parametrize(
    ("path", "known", "reason"),
    [
        ("department.csv", (None, None, "department", "csv"), refusals.LOOSE),
        (f"{DAY}/department.csv", (DAY, None, "department", "csv"), refusals.LOOSE),
        ("2023-02-30/411500001/department.csv", (None, None, "department", "csv"), refusals.NO_DATE),
        ("archive/2023/04/readme", (None, None, None, None), refusals.NO_DATE),
        (f"{DAY}/999/sub/department.csv", (DAY, None, "department", "csv"), refusals.UNKNOWN_HOSPITAL),
        (f"{FOLDER}/sub/deep/department.csv", (DAY, HOSPITAL, "department", "csv"), refusals.NESTED),
        (f"{FOLDER}/beds.csv", (DAY, HOSPITAL, None, "csv"), refusals.UNKNOWN_TABLE),
        (f"{FOLDER}/department.xls", (DAY, HOSPITAL, "department", None), refusals.UNKNOWN_KIND),
    ],
)
def test_a_file_out_of_place_is_refused_with_what_is_known_of_it(
    tmp_path: Path,
    path: str,
    known: tuple[date | None, str | None, str | None, str | None],
    reason: str,
) -> None:
    deliver(tmp_path, path)

    assert found(tmp_path) == [(path, *known, len(CONTENT), SHA256, reason)]


def test_other_days_and_unfinished_or_hidden_files_are_left_alone(tmp_path: Path) -> None:
    unfinished = ["department.csv.part", "department.TMP", ".department.csv", ".uploads/department.csv"]
    deliver(tmp_path, f"{NEXT_DAY}/{HOSPITAL}/department.csv", *(f"{FOLDER}/{name}" for name in unfinished))

    assert found(tmp_path) == []


def test_links_and_pipes_are_refused_and_not_followed(tmp_path: Path) -> None:
    landing_dir, elsewhere = tmp_path / "landing", tmp_path / "elsewhere"
    deliver(tmp_path, "elsewhere/department.csv")
    (landing_dir / FOLDER).mkdir(parents=True)
    (landing_dir / FOLDER / "department.csv").symlink_to(elsewhere / "department.csv")
    (landing_dir / FOLDER / "folder.csv").symlink_to(elsewhere)
    (landing_dir / str(NEXT_DAY)).symlink_to(elsewhere)
    os.mkfifo(landing_dir / FOLDER / "staff.csv")

    assert reasons(landing_dir) == {
        f"{FOLDER}/department.csv": refusals.NOT_A_FILE,
        f"{FOLDER}/folder.csv": refusals.NOT_A_FILE,
        f"{FOLDER}/staff.csv": refusals.NOT_A_FILE,
        str(NEXT_DAY): refusals.NOT_A_FILE,
    }


def test_a_name_that_is_not_utf8_is_refused_but_shown_readably(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(tmp_path / FOLDER) + "/科室信息.csv".encode("gbk"))).write_bytes(CONTENT)

    assert reasons(tmp_path) == {f"{FOLDER}/科室信息.csv": refusals.UNREADABLE_NAME}


def test_an_archive_is_followed_by_its_members(tmp_path: Path) -> None:
    deliver(tmp_path, f"{FOLDER}/x.txt")
    path = tmp_path / FOLDER / "四月.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("上报/科室信息.csv", CONTENT)
        archive.writestr("department.csv", CONTENT)
        archive.writestr("beds.csv", CONTENT)
        archive.writestr("inner.zip", CONTENT)
        archive.writestr("../staff.csv", CONTENT)
        archive.writestr("__MACOSX/._department.csv", CONTENT)
        archive.writestr("empty/", b"")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    same = (len(CONTENT), SHA256)
    inside = f"{FOLDER}/四月.zip"

    assert found(tmp_path)[1:] == [
        (inside, DAY, HOSPITAL, None, "zip", path.stat().st_size, sha256, None),
        (f"{inside}/../staff.csv", DAY, HOSPITAL, "staff", "csv", None, None, OUTSIDE),
        (f"{inside}/beds.csv", DAY, HOSPITAL, None, "csv", *same, refusals.UNKNOWN_TABLE),
        (f"{inside}/department.csv", DAY, HOSPITAL, "department", "csv", *same, None),
        (f"{inside}/inner.zip", DAY, HOSPITAL, None, "zip", *same, refusals.NESTED_ARCHIVE),
        (f"{inside}/上报/科室信息.csv", DAY, HOSPITAL, "department", "csv", *same, None),
    ]


OUTSIDE = "压缩包内的文件名指向压缩包之外：请只打包数据文件本身，不带路径"


def test_an_archive_that_cannot_be_opened_is_refused_as_a_whole(tmp_path: Path) -> None:
    deliver(tmp_path, f"{FOLDER}/department.zip", f"{DAY}/999/department.zip")

    assert reasons(tmp_path) == {
        f"{FOLDER}/department.zip": "压缩包已损坏或没有传完：请重新压缩为 zip 后上传",
        f"{DAY}/999/department.zip": refusals.UNKNOWN_HOSPITAL,
    }


def test_a_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    path = tmp_path / FOLDER / "day.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("department.csv", b"damaged-content")
        archive.writestr("staff.csv", CONTENT)
    path.write_bytes(path.read_bytes().replace(b"damaged-content", b"other-characters"[:15]))

    assert reasons(tmp_path) == {
        f"{FOLDER}/day.zip": None,
        f"{FOLDER}/day.zip/department.csv": "压缩包已损坏或没有传完：请重新压缩为 zip 后上传",
        f"{FOLDER}/day.zip/staff.csv": None,
    }


def test_storing_replaces_the_days_and_what_belongs_to_none(
    tmp_path: Path, connection: DuckDBPyConnection
) -> None:
    deliver(tmp_path, "loose.csv", f"{FOLDER}/department.csv", f"{NEXT_DAY}/{HOSPITAL}/department.csv")
    counts = store_arrivals(connection, door(tmp_path), DAY, NEXT_DAY)
    (tmp_path / "loose.csv").rename(tmp_path / "other.csv")
    (tmp_path / FOLDER / "department.csv").unlink()
    (tmp_path / str(NEXT_DAY) / HOSPITAL / "department.csv").unlink()

    store_arrivals(connection, door(tmp_path), DAY, DAY)

    assert (counts.files, counts.refused, counts.bytes) == (3, 1, 3 * len(CONTENT))
    assert connection.sql(
        "select path, upload_date, reason from landing.arrival order by path"
    ).fetchall() == [
        (f"{NEXT_DAY}/{HOSPITAL}/department.csv", NEXT_DAY, None),
        ("other.csv", None, refusals.LOOSE),
    ]


def test_a_missing_landing_folder_is_an_error_and_erases_nothing(
    tmp_path: Path, connection: DuckDBPyConnection
) -> None:
    deliver(tmp_path, f"{FOLDER}/department.csv")
    store_arrivals(connection, door(tmp_path), DAY, DAY)

    with pytest.raises(LandingError, match="is no folder"):
        store_arrivals(connection, door(tmp_path / "unmounted"), DAY, DAY)

    assert connection.sql("select count(*) from landing.arrival").fetchall() == [(1,)]


def test_the_limit_of_an_archive_is_told(tmp_path: Path) -> None:
    limits = Limits(archive_bytes=10)
    (tmp_path / FOLDER).mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / FOLDER / "day.zip", "w") as archive:
        archive.writestr("department.csv", CONTENT)

    assert list(reasons(tmp_path, limits)) == [f"{FOLDER}/day.zip"]
    assert "压缩包过大" in reasons(tmp_path, limits)[f"{FOLDER}/day.zip"]


def test_folders_below_all_reason_are_reported_and_not_looked_into(tmp_path: Path) -> None:
    deliver(tmp_path, f"{FOLDER}/department.csv", f"{FOLDER}/a/staff.csv")
    # One for each, since making or removing all at once is what fails on them.
    deep = [tmp_path / FOLDER / "a" / ("a/" * depth) for depth in range(1, 1_200)]
    for folder in deep:
        folder.mkdir()

    found_reasons = reasons(tmp_path)
    for folder in reversed(deep):
        folder.rmdir()

    assert found_reasons == {
        f"{FOLDER}/{'a/' * (DEEPEST_FOLDER - 2)}a": refusals.TOO_DEEP,
        f"{FOLDER}/a/staff.csv": refusals.NESTED,
        f"{FOLDER}/department.csv": None,
    }


def test_each_of_many_folders_and_files_is_reported(tmp_path: Path) -> None:
    nowhere = [f"folder-{number}/department.csv" for number in range(300)]
    good = [f"{FOLDER}/department.{number}.csv" for number in range(300)]
    deliver(tmp_path, *nowhere, *good)

    assert reasons(tmp_path) == dict.fromkeys(nowhere, refusals.NO_DATE) | dict.fromkeys(good)


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("2023-04-01", None),
        ("2023-04-02", "another day"),
        ("2023-04-03", refusals.FUTURE_DATE),
        ("2099-12-31", refusals.FUTURE_DATE),
        ("2024-02-29", refusals.FUTURE_DATE),
        ("2023-02-29", refusals.NO_DATE),
        ("9999-99-99", refusals.NO_DATE),
    ],
)
def test_a_folder_of_a_day_to_come_is_misnamed(tmp_path: Path, folder: str, reason: str | None) -> None:
    path = f"{folder}/{HOSPITAL}/department.csv"
    deliver(tmp_path, path)

    expected = {} if reason == "another day" else {path: reason}
    assert reasons(tmp_path, today=NEXT_DAY) == expected


@pytest.mark.parametrize(
    "name",
    [
        "department.'; drop table landing.arrival; --.csv",
        "department.$(touch x)`id`.csv",
        "department.%s{}\\..\\x.csv",
        "department.<script>.csv",
        "department.=1+1.csv",
        "-rf.csv",
    ],
)
def test_a_name_is_only_a_name(tmp_path: Path, connection: DuckDBPyConnection, name: str) -> None:
    deliver(tmp_path, f"{FOLDER}/{name}")

    store_arrivals(connection, door(tmp_path), DAY, DAY)

    assert connection.sql("select path, sha256 from landing.arrival").fetchall() == [
        (f"{FOLDER}/{name}", SHA256)
    ]


NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=30) | st.text(
    "科室信息department.csv gz;'\"\n\u202e\ud800", min_size=1, max_size=20
)
NAMES = NAMES.filter(lambda name: name not in (".", ".."))


@given(names=st.sets(NAMES, max_size=4), is_folder=st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_file_of_any_name_is_seen_or_being_written(names: set[str], is_folder: bool) -> None:
    with TemporaryDirectory() as folder:
        landing_dir, written = Path(folder), set()
        (landing_dir / FOLDER).mkdir(parents=True)
        for name in names:
            place = f"{FOLDER}/{name}/department.csv" if is_folder else f"{FOLDER}/{name}"
            with suppress(OSError, ValueError):
                deliver(landing_dir, place)
                written |= set() if is_being_written(name) else {place}

        seen = found(landing_dir)

    assert len(seen) == len(written)
    assert all(is_visible(path) and sha256 == SHA256 for path, *_, sha256, _ in seen)
