import os
from datetime import date, timedelta

import dagster as dg

from xypipeline.definitions import defs
from xypipeline.landing.lateness import list_day, remember_days
from xypipeline.orchestration.late_files import late_files
from xypipeline.orchestration.resources import Platform
from xypipeline.settings import Settings
from xypipeline_tests.orchestration.landing import upload

FIRST = date(2023, 4, 1)
DAYS = [FIRST + timedelta(days=offset) for offset in range(6)]


def evaluate(instance: dg.DagsterInstance, cursor: str | None = None) -> dg.SensorResult:
    context = dg.build_sensor_context(
        instance=instance, cursor=cursor, resources={"platform": Platform()}, definitions=defs
    )
    return late_files(context)


def spans(result: dg.SensorResult) -> list[tuple[str, str, str]]:
    return [
        (
            request.partition_key or request.tags["dagster/asset_partition_range_start"],
            request.partition_key or request.tags["dagster/asset_partition_range_end"],
            request.tags["xypipeline/late_files"],
        )
        for request in result.run_requests
    ]


def arrive_late(settings: Settings, *days: date, part: str = "1") -> None:
    for day in days:
        path = upload(settings.landing_dir, day, "staff", part)
        os.utime(path, (0, 0))


def take_in(settings: Settings) -> None:
    remember_days(Platform().arrivals_dir, {day: list_day(settings.landing_dir, day) for day in DAYS})


def test_exactly_the_days_that_changed_are_requested_once(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    take_in(settings)
    assert spans(evaluate(instance)) == []
    arrive_late(settings, DAYS[0], DAYS[2], DAYS[3])

    first = evaluate(instance)

    assert spans(first) == [("2023-04-01", "2023-04-01", "1"), ("2023-04-03", "2023-04-04", "2")]
    assert spans(evaluate(instance, first.cursor)) == []
    arrive_late(settings, DAYS[2], part="2")
    assert spans(evaluate(instance, first.cursor)) == [("2023-04-03", "2023-04-03", "2")]


def test_a_day_that_a_run_is_at_work_on_waits(settings: Settings, instance: dg.DagsterInstance) -> None:
    take_in(settings)
    arrive_late(settings, DAYS[0], DAYS[2])
    instance.create_run_for_job(
        defs.resolve_job_def("intake"),
        status=dg.DagsterRunStatus.STARTED,
        tags={
            "dagster/asset_partition_range_start": "2023-04-02",
            "dagster/asset_partition_range_end": "2023-04-05",
        },
    )

    assert spans(evaluate(instance)) == [("2023-04-01", "2023-04-01", "1")]
