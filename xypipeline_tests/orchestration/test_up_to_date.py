from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from xypipeline.landing.inventory import create_tables, store_arrivals
from xypipeline.landing.walk import Door
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.up_to_date import Attempt, begin, is_up_to_date
from xypipeline.periods import Period
from xypipeline.publication.editions.basis import load_basis
from xypipeline.settings import Settings
from xypipeline.warehouse import open_warehouse

DAY = Period(date(2023, 4, 1), date(2023, 4, 1))
FILE = "2023-04-01/411500001/department.csv"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "data", tmp_path / "landing")
    _upload(settings, FILE, "org_code,dept_code\nA,1\n")
    return settings


def test_a_period_is_up_to_date_once_it_was_run_to_the_end(settings: Settings) -> None:
    assert not is_up_to_date(settings, DAY)
    attempt = _begin(settings)
    assert not is_up_to_date(settings, DAY)
    attempt.finish()
    assert is_up_to_date(settings, DAY)
    assert not is_up_to_date(settings, Period(DAY.first, date(2023, 4, 2)))


@pytest.mark.parametrize(
    "change",
    [
        lambda settings: _upload(settings, FILE, "org_code,dept_code\nA,2\n"),
        lambda settings: _upload(settings, FILE.replace(".csv", ".2.csv"), "org_code,dept_code\nA,2\n"),
        lambda settings: (settings.landing_dir / FILE).unlink(),
        lambda settings: _upload(settings, "loose.csv", "x"),
        lambda settings: _publish(settings, "2023Q2/manifest.json"),
        lambda settings: _publish(settings, "../office/2023Q2.toml"),
    ],
    ids=["changed", "added", "taken away", "of no day", "a draft that is no longer its own", "the office"],
)
def test_whatever_a_run_depends_on_makes_it_run_again(
    settings: Settings, change: Callable[[Settings], None]
) -> None:
    _begin(settings).finish()

    change(settings)

    assert not is_up_to_date(settings, DAY)


def test_a_file_of_another_day_changes_nothing(settings: Settings) -> None:
    _begin(settings).finish()

    _upload(settings, FILE.replace("04-01", "04-02"), "org_code,dept_code\nA,1\n")

    assert is_up_to_date(settings, DAY)


def test_a_run_that_another_overtook_does_not_count(settings: Settings) -> None:
    overtaken = _begin(settings)
    _begin(settings)

    overtaken.finish()

    assert not is_up_to_date(settings, DAY)


def test_a_run_of_the_ui_or_the_daemon_makes_it_run_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XY_DATA_DIR", str(settings.data_dir))
    attempt = _begin(settings)
    with Platform(attempt=attempt.token).warehouse():
        pass
    attempt.finish()
    assert is_up_to_date(settings, DAY)

    with Platform().warehouse():
        pass

    assert not is_up_to_date(settings, DAY)


def test_a_run_that_another_process_disturbed_does_not_count(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XY_DATA_DIR", str(settings.data_dir))
    attempt = _begin(settings)
    with Platform().warehouse():
        pass

    attempt.finish()

    assert not is_up_to_date(settings, DAY)


def _begin(settings: Settings) -> Attempt:
    attempt = begin(settings, DAY)
    basis = load_basis(DAY.last.year)
    door = Door(
        settings.landing_dir, basis.registry.org_codes, basis.catalogue, basis.policy.limits, date(2023, 5, 1)
    )
    with open_warehouse(settings.warehouse_path) as connection:
        create_tables(connection)
        store_arrivals(connection, door, DAY.first, DAY.last)
    return attempt


def _upload(settings: Settings, path: str, content: str) -> None:
    (settings.landing_dir / path).parent.mkdir(parents=True, exist_ok=True)
    (settings.landing_dir / path).write_text(content)


def _publish(settings: Settings, path: str) -> None:
    file = settings.publication_dir / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}")
