import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from xypipeline.landing import lateness
from xypipeline.landing.lateness import LateDay, find_late_days, list_day, remember_days

FIRST = date(2023, 4, 1)
NOW = 1_700_000_000.0
LONG_AGO = NOW - 3600


def write(landing: Path, day: date, name: str, text: str = "a", changed: float = LONG_AGO) -> Path:
    path = landing / str(day) / "411500001" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (changed, changed))
    return path


def take_in(landing: Path, marks: Path, *days: date) -> None:
    remember_days(marks, {day: list_day(landing, day) for day in days})


def late(landing: Path, marks: Path) -> list[tuple[date, tuple[str, ...]]]:
    return [(item.day, item.files) for item in find_late_days(landing, marks, NOW)]


def test_new_and_changed_files_of_days_taken_in_are_late(tmp_path: Path) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    write(landing, FIRST, "staff.csv")
    days = [FIRST + timedelta(days=offset) for offset in range(4)]
    take_in(landing, marks, *days[:3])
    write(landing, FIRST, "staff.csv", "longer")
    write(landing, days[1], "staff.csv")
    write(landing, days[3], "staff.csv")

    assert late(landing, marks) == [
        (FIRST, ("2023-04-01/411500001/staff.csv",)),
        (days[1], ("2023-04-02/411500001/staff.csv",)),
    ]


def test_a_day_taken_in_again_is_late_no_longer(tmp_path: Path) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    take_in(landing, marks, FIRST)
    write(landing, FIRST, "staff.csv")
    take_in(landing, marks, FIRST)

    assert late(landing, marks) == []


def test_a_day_waits_until_its_files_have_settled(tmp_path: Path) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    take_in(landing, marks, FIRST)
    write(landing, FIRST, "staff.csv")
    growing = write(landing, FIRST, "patient_info.csv", changed=NOW - 60)
    for name in (".staff.csv", "department.csv.part", "department.csv.TMP"):
        write(landing, FIRST, name)

    assert late(landing, marks) == []
    os.utime(growing, (LONG_AGO, LONG_AGO))
    assert late(landing, marks) == [
        (FIRST, ("2023-04-01/411500001/patient_info.csv", "2023-04-01/411500001/staff.csv"))
    ]


def test_files_that_are_gone_are_not_late(tmp_path: Path) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    write(landing, FIRST, "staff.csv")
    take_in(landing, marks, FIRST)
    landing.rename(tmp_path / "unmounted")

    assert late(landing, marks) == []


def test_the_signature_changes_with_what_is_late_only(tmp_path: Path) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    take_in(landing, marks, FIRST)

    def look() -> LateDay:
        return find_late_days(landing, marks, NOW)[0]

    write(landing, FIRST, "staff.csv")
    first = look()
    assert look() == first
    write(landing, FIRST, "staff.csv", "longer")
    assert look().signature != first.signature


@pytest.mark.parametrize("changed", [NOW + 10 * 365 * 86_400, 0, -86_400], ids=["future", "1970", "before"])
def test_a_clock_that_went_wrong_makes_a_file_neither_wait_for_ever_nor_go_unseen(
    tmp_path: Path, changed: float
) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    take_in(landing, marks, FIRST)
    path = write(landing, FIRST, "staff.csv", changed=changed)

    assert late(landing, marks) == [(FIRST, ("2023-04-01/411500001/staff.csv",))]
    take_in(landing, marks, FIRST)
    assert late(landing, marks) == []
    os.utime(path, (changed, changed - 3_600))
    assert late(landing, marks) == [(FIRST, ("2023-04-01/411500001/staff.csv",))]


def test_folders_below_all_reason_are_not_looked_into(tmp_path: Path) -> None:
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    take_in(landing, marks, FIRST)
    write(landing, FIRST, "a/" * 40 + "staff.csv")

    assert late(landing, marks) == []


def test_only_the_latest_days_are_watched_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lateness, "WATCHED_DAYS", 2)
    landing, marks = tmp_path / "landing", tmp_path / "marks"
    days = [FIRST + timedelta(days=offset) for offset in range(3)]
    for day in days:
        take_in(landing, marks, day)
        write(landing, day, "staff.csv")

    assert sorted(mark.name for mark in marks.iterdir()) == [f"{day}.json" for day in days[1:]]
    assert [day for day, _ in late(landing, marks)] == days[1:]

    take_in(landing, marks, FIRST)
    assert sorted(mark.name for mark in marks.iterdir()) == [f"{day}.json" for day in days[1:]]
