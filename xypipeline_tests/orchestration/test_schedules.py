from datetime import UTC, date, datetime

import dagster as dg

from xypipeline.definitions import defs
from xypipeline.orchestration.intake import arrivals
from xypipeline.orchestration.schedules import daily_intake, days_to_take_in, quarterly_draft
from xypipeline.orchestration.table_specs import ARRIVAL

# 06:00 of 5 April in Xinyang.
MORNING = datetime(2023, 4, 4, 22, tzinfo=UTC)
YESTERDAY = date(2023, 4, 4)


def days(*numbers: int) -> list[date]:
    return [date(2023, 4, number) for number in numbers]


def evaluate(
    schedule: dg.ScheduleDefinition, instance: dg.DagsterInstance, moment: datetime
) -> list[tuple[str | None, dict[str, str]]]:
    with dg.build_schedule_context(
        instance=instance, scheduled_execution_time=moment, repository_def=defs.get_repository_def()
    ) as context:
        requests = schedule.evaluate_tick(context).run_requests or []
    return [
        (
            request.partition_key,
            {key: value for key, value in request.tags.items() if "partition" in key or "runtime" in key},
        )
        for request in requests
    ]


def take_in(instance: dg.DagsterInstance, *taken_in: date) -> None:
    for day in taken_in:
        instance.report_runless_asset_event(dg.AssetMaterialization(ARRIVAL, partition=str(day)))


def test_yesterday_is_taken_in_and_what_was_missed_before_it() -> None:
    assert days_to_take_in(YESTERDAY, [], []) == days(4)
    assert days_to_take_in(YESTERDAY, days(1, 2, 3), []) == days(4)
    assert days_to_take_in(YESTERDAY, days(1), []) == days(2, 3, 4)
    assert days_to_take_in(YESTERDAY, days(1, 4), []) == days(2, 3, 4)
    assert days_to_take_in(YESTERDAY, days(1), days(2, 4)) == days(3)
    assert len(days_to_take_in(YESTERDAY, [date(2023, 1, 1)], [])) == 31


def test_after_a_standstill_one_run_covers_the_missed_days(instance: dg.DagsterInstance) -> None:
    take_in(instance, date(2023, 4, 1))

    assert evaluate(daily_intake, instance, MORNING) == [
        (
            None,
            {
                "dagster/max_runtime": "10800",
                "dagster/asset_partition_range_start": "2023-04-02",
                "dagster/asset_partition_range_end": "2023-04-04",
            },
        )
    ]


def test_an_ordinary_morning_takes_in_yesterday(instance: dg.DagsterInstance) -> None:
    take_in(instance, date(2023, 4, 3))

    [(partition_key, tags)] = evaluate(daily_intake, instance, MORNING)

    assert (partition_key, tags["dagster/partition"]) == ("2023-04-04", "2023-04-04")


def test_a_day_that_a_run_is_at_work_on_is_left_to_it(instance: dg.DagsterInstance) -> None:
    job = defs.resolve_job_def("intake")
    instance.create_run_for_job(
        job, status=dg.DagsterRunStatus.STARTED, tags={"dagster/partition": "2023-04-04"}
    )

    assert evaluate(daily_intake, instance, MORNING) == []


def test_the_draft_waits_for_the_quarters_last_day_and_is_published_once(
    instance: dg.DagsterInstance,
) -> None:
    # 08:00 of 1 July in Xinyang.
    moment = datetime(2023, 7, 1, 0, tzinfo=UTC)

    assert evaluate(quarterly_draft, instance, moment) == []
    take_in(instance, date(2023, 6, 30))
    [(partition_key, _)] = evaluate(quarterly_draft, instance, moment)
    assert partition_key == "2023-04-01"

    instance.create_run_for_job(
        defs.resolve_job_def("publish"),
        status=dg.DagsterRunStatus.SUCCESS,
        tags={"dagster/partition": "2023-04-01"},
    )
    assert evaluate(quarterly_draft, instance, moment) == []


def test_passing_faults_are_tried_again() -> None:
    assert arrivals.op.retry_policy.max_retries == 2
