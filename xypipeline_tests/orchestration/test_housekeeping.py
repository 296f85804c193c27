import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from xypipeline.orchestration.home import prepare_home
from xypipeline.orchestration.housekeeping import housekeeping, housekeeping_schedule
from xypipeline.orchestration.resources import Platform
from xypipeline.periods import Quarter, yesterday
from xypipeline.settings import Settings, load_settings
from xypipeline_tests.publication.test_finished import publish

LONG_AGO = Quarter(2023, 2)


@dg.op
def work() -> None:
    """A run to have a record of."""


@dg.job(executor_def=dg.in_process_executor)
def earlier() -> None:
    work()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("XY_DAGSTER_CONFIG", raising=False)
    monkeypatch.setenv("DAGSTER_HOME", "")
    settings = load_settings()
    with Platform().warehouse() as connection:
        connection.executemany(
            "insert into stored.department (in_raw, upload_date, org_code, path, line) "
            "values (true, ?, '411500001', 'a', 1)",
            [[LONG_AGO.first], [LONG_AGO.following.first], [yesterday()]],
        )
    publish(settings.publication_dir, str(LONG_AGO), LONG_AGO.last.isoformat())
    return settings


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    prepare_home(settings)
    with dg.DagsterInstance.get() as instance:
        yield instance


def clean_up(instance: dg.DagsterInstance, **days: int) -> dg.ExecuteInProcessResult:
    return housekeeping.execute_in_process(
        instance=instance,
        resources={"platform": Platform()},
        run_config={"ops": {"trim_runs": {"config": days}}},
    )


def test_raw_rows_of_published_quarters_are_deleted_and_others_kept(instance: dg.DagsterInstance) -> None:
    result = clean_up(instance)

    assert result.success
    with Platform().warehouse() as connection:
        kept = connection.sql("select upload_date from raw.department order by all").fetchall()
    assert kept == [(LONG_AGO.following.first,), (yesterday(),)]


def test_a_repeated_run_is_deleted_with_its_files(instance: dg.DagsterInstance, settings: Settings) -> None:
    first, second = (earlier.execute_in_process(instance=instance).run_id for _ in range(2))

    clean_up(instance, repeated_run_days=0)

    assert [run.run_id for run in instance.get_runs() if run.job_name == "earlier"] == [second]
    left = [path for path in settings.state_dir.rglob("*") if first in path.name]
    assert left == []
    assert instance.all_logs(second)


def test_recent_runs_are_kept(instance: dg.DagsterInstance) -> None:
    for _ in range(2):
        earlier.execute_in_process(instance=instance)

    clean_up(instance)

    assert len(instance.get_runs()) == 3


def test_what_a_killed_publication_left_is_deleted_but_not_what_is_being_written(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    folder = settings.publication_dir / str(LONG_AGO)
    left, at_work = folder / ".attachment.md.part", folder / ".attachment.json.part"
    left.touch()
    at_work.touch()
    two_days_ago = (datetime.now() - timedelta(days=2)).timestamp()
    os.utime(left, (two_days_ago, two_days_ago))

    clean_up(instance)

    assert at_work.exists()
    assert not left.exists()


def test_it_runs_weekly_by_itself() -> None:
    assert housekeeping_schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    assert housekeeping_schedule.execution_timezone == "Asia/Shanghai"
