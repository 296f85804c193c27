"""The soak's criteria and its record; the soak itself takes some half a minute a day: `make soak DAYS=3`."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from xypipeline.settings import PROJECT_ROOT

FIRST_DAY = date(2023, 1, 1)
# Whatever is not told: a constant.
CONSTANT = 20
Values = dict[str, Callable[[int], float]]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(PROJECT_ROOT / "benchmarks")
    return lambda name: importlib.import_module(f"soak.{name}")


@pytest.fixture
def lived(load: Callable[[str], ModuleType]) -> Callable[[int, Values], Sequence[Any]]:
    """So many days, with the values given for each by its number from 0."""
    kind = load("figures").Figures
    names = [one.name for one in fields(kind)]

    def make(days: int, values: Values) -> Sequence[Any]:
        constant = dict.fromkeys(names, CONSTANT) | {"temporary_files": 0, "failed_runs": 0}
        return [
            kind(
                **constant
                | {name: value(number) for name, value in values.items()}
                | {"day": FIRST_DAY + timedelta(days=number)}
            )
            for number in range(days)
        ]

    return make


def verdicts(load: Callable[[str], ModuleType], days: Sequence[Any]) -> dict[str, bool | None]:
    return {one.criterion.name: one.is_bounded for one in load("criteria").judge(days)}


def test_what_stays_as_it_was_is_bounded(
    load: Callable[[str], ModuleType], lived: Callable[[int, Values], Sequence[Any]]
) -> None:
    assert set(verdicts(load, lived(365, {})).values()) == {True}


def test_a_year_that_is_too_short_is_not_judged(
    load: Callable[[str], ModuleType], lived: Callable[[int, Values], Sequence[Any]]
) -> None:
    found = verdicts(load, lived(100, {}))

    assert found.pop("failed_runs") is True
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    ("name", "value", "bounded"),
    [
        # March against December: 100 against 125, and a little more.
        ("cpu_seconds", lambda number: 125 if number >= 334 else 100, True),
        ("cpu_seconds", lambda number: 125.1 if number >= 334 else 100, False),
        # As every quarter goes on its scores take longer, and begin anew with the next.
        ("cpu_seconds", lambda number: 10 + number % 91, True),
        # One day more than two descriptors above the most of March.
        ("daemon_descriptors", lambda number: 22 if number == 350 else 20, True),
        ("daemon_descriptors", lambda number: 23 if number == 350 else 20, False),
        ("temporary_files", lambda number: int(number == 350), False),
        # Two a day all year; and three a day since December.
        ("state_mb", lambda number: 2 * number, True),
        ("state_mb", lambda number: 2 * number + max(0, number - 334), False),
        # Rows of the last 180 days are kept; and all of them.
        ("raw_rows", lambda number: 100 * min(number, 187), True),
        ("raw_rows", lambda number: 100 * number, False),
        ("failed_runs", lambda number: int(number >= 340), False),
    ],
)
def test_the_last_month_is_held_against_one_at_the_same_place_of_its_quarter(
    load: Callable[[str], ModuleType],
    lived: Callable[[int, Values], Sequence[Any]],
    name: str,
    value: Callable[[int], float],
    *,
    bounded: bool,
) -> None:
    found = verdicts(load, lived(365, {name: value}))

    assert found.pop(name) is bounded
    assert set(found.values()) == {True}


def test_a_record_is_read_as_it_was_written_but_for_a_line_half_written(
    load: Callable[[str], ModuleType], lived: Callable[[int, Values], Sequence[Any]], tmp_path: Path
) -> None:
    figures, record = load("figures"), tmp_path / "days.csv"
    days = lived(3, {"state_mb": lambda number: number + 0.125})
    assert figures.read_figures(record) == []

    for one in days:
        figures.append_figures(record, one)
    assert figures.read_figures(record) == days

    record.write_text(record.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    assert figures.read_figures(record) == days[:2]


def test_the_clock_goes_on_where_it_was_stopped(load: Callable[[str], ModuleType], tmp_path: Path) -> None:
    year, clock = load("year"), load("clock").Clock(tmp_path / "clock")
    clock.resume(year.first_moment(FIRST_DAY))
    assert abs(clock.now() - year.first_moment(FIRST_DAY)) < timedelta(seconds=5)

    clock.resume(year.first_moment(FIRST_DAY + timedelta(days=1)))
    later = clock.now()
    clock.resume(year.first_moment(FIRST_DAY))
    assert timedelta(0) <= clock.now() - later < timedelta(seconds=5)
