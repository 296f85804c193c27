import dagster as dg

from xypipeline.definitions import defs
from xypipeline.orchestration.score_columns import LEDGER, STANDING
from xypipeline.orchestration.stale_scores import stale_quarters, stale_scores
from xypipeline.periods import Quarter

STAFF = dg.AssetKey(["validated", "staff"])
SECOND, THIRD = Quarter(2023, 2), Quarter(2023, 3)


def materialize(instance: dg.DagsterInstance, key: dg.AssetKey, partition: str) -> None:
    instance.report_runless_asset_event(dg.AssetMaterialization(key, partition=partition))


def evaluate(instance: dg.DagsterInstance, cursor: str | None = None) -> dg.SensorResult:
    context = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs)
    return stale_scores(context)


def requested(result: dg.SensorResult) -> list[str]:
    return [request.partition_key for request in result.run_requests]


def test_a_quarter_is_stale_if_any_of_its_days_changed_after_it_was_scored() -> None:
    days = {"2023-04-01": 10, "2023-06-30": 20, "2023-07-01": 5}
    third = {"2023-07-01": 6}

    assert stale_quarters(days, {}, {}) == {SECOND: 20, THIRD: 5}
    assert stale_quarters(days, {"2023-04-01": 21, **third}, {"2023-04-01": 22, **third}) == {}
    assert stale_quarters(days, {"2023-04-01": 19, **third}, {"2023-04-01": 22, **third}) == {SECOND: 20}
    assert stale_quarters(days, {"2023-04-01": 21, **third}, {"2023-04-01": 9, **third}) == {SECOND: 20}


def test_a_stale_quarter_is_marked_and_scored_once_when_its_days_are_at_rest(
    instance: dg.DagsterInstance,
) -> None:
    materialize(instance, STAFF, "2023-04-05")
    run = instance.create_run_for_job(
        defs.resolve_job_def("intake"),
        status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/partition": "2023-05-01"},
    )
    assert requested(evaluate(instance)) == []
    instance.report_run_failed(run)

    first = evaluate(instance)

    assert requested(first) == ["2023-04-01"]
    assert [(mark.asset_key, mark.passed) for mark in first.asset_events] == [(STANDING, False)]
    assert requested(evaluate(instance, first.cursor)) == []


def test_a_quarter_scored_after_its_last_change_is_left_alone(instance: dg.DagsterInstance) -> None:
    for key, partition in ((STAFF, "2023-04-05"), (LEDGER, "2023-04-01"), (STANDING, "2023-04-01")):
        materialize(instance, key, partition)

    assert requested(evaluate(instance)) == []
    materialize(instance, STAFF, "2023-04-05")
    assert requested(evaluate(instance)) == ["2023-04-01"]
