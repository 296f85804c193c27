from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

from xypipeline.orchestration.checks import check_spec
from xypipeline.orchestration.event_log import BatchedSqliteEventLogStorage
from xypipeline.orchestration.partitions import DAYS

KEYS = [dg.AssetKey(["raw", "patient_info"]), dg.AssetKey(["raw", "staff"])]


@dg.multi_asset(
    specs=[dg.AssetSpec(key) for key in KEYS],
    check_specs=[check_spec(key) for key in KEYS],
    partitions_def=DAYS,
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def tables(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    for key in KEYS:
        yield dg.MaterializeResult(asset_key=key, metadata={"files": 2}, tags={"domain": "base"})
        yield dg.AssetCheckResult(asset_key=key, check_name="pandera", passed=key == KEYS[0])


def run_on(folder: Path, storage: dict) -> dg.DagsterInstance:
    folder.mkdir()
    (folder / "dagster.yaml").write_text(
        "telemetry: {enabled: false}\n"
        "event_log_storage:\n"
        f"  module: {storage['module']}\n"
        f"  class: {storage['class']}\n"
        f"  config: {{base_dir: {folder / 'events'}}}\n",
        encoding="utf-8",
    )
    instance = dg.DagsterInstance.from_config(str(folder))
    job = dg.Definitions(assets=[tables], jobs=[dg.define_asset_job("intake", [tables])])
    result = job.resolve_job_def("intake").execute_in_process(
        instance=instance,
        tags={ASSET_PARTITION_RANGE_START_TAG: "2023-04-01", ASSET_PARTITION_RANGE_END_TAG: "2023-04-04"},
    )
    assert result.success
    return instance


@pytest.fixture(scope="module")
def instances(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dg.DagsterInstance]]:
    folder = tmp_path_factory.mktemp("instances")
    theirs = {"module": "dagster._core.storage.event_log", "class": "SqliteEventLogStorage"}
    ours = {"module": BatchedSqliteEventLogStorage.__module__, "class": BatchedSqliteEventLogStorage.__name__}
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("DAGSTER_EVENT_BATCH_SIZE", raising=False)
        instances = [run_on(folder / "theirs", theirs), run_on(folder / "ours", ours)]
        yield instances
        for instance in instances:
            instance.dispose()


def what_is_known(instance: dg.DagsterInstance) -> dict:
    run = instance.get_runs()[-1]
    events = [entry.get_dagster_event() for entry in instance.all_logs(run.run_id) if entry.is_dagster_event]
    latest = {key: instance.get_latest_materialization_event(key) for key in KEYS}
    planned_and_done = [
        (event.event_type_value, event.asset_key, event.partition)
        for event in events
        if "MATERIALIZATION" in event.event_type_value or "CHECK" in event.event_type_value
    ]
    return {
        "events": sorted(planned_and_done, key=str),
        "partitions": {key: instance.get_materialized_partitions(key) for key in KEYS},
        "latest": {
            key: (entry.asset_materialization.partition, entry.asset_materialization.metadata)
            for key, entry in latest.items()
        },
        # The data version differs from run to run; that it is there does not.
        "tags": {key: [sorted(tags) for tags in instance.get_event_tags_for_asset(key)] for key in KEYS},
    }


def checks_in_history(instance: dg.DagsterInstance, limit: int) -> list[tuple[str, str | None]]:
    history = instance.event_log_storage.get_asset_check_execution_history(
        dg.AssetCheckKey(KEYS[1], "pandera"), limit=limit
    )
    return [(record.status.value, record.partition) for record in history]


def test_batches_leave_the_same_record_as_events_stored_one_by_one(
    instances: list[dg.DagsterInstance],
) -> None:
    theirs, ours = (what_is_known(instance) for instance in instances)

    assert ours == theirs
    assert ours["partitions"][KEYS[0]] == {"2023-04-01", "2023-04-02", "2023-04-03", "2023-04-04"}
    assert len(ours["events"]) == 2 * 4 * 2 + 2 * 2


def test_a_check_of_a_range_stands_once_in_its_history_and_not_as_skipped_for_each_day(
    instances: list[dg.DagsterInstance],
) -> None:
    theirs, ours = (checks_in_history(instance, 9) for instance in instances)

    planned = [("PLANNED", f"2023-04-0{day}") for day in (4, 3, 2, 1)]
    assert theirs == [("FAILED", None), *planned]
    assert ours == [("FAILED", None)]


def test_a_check_of_one_day_is_planned_and_evaluated_as_that_days(
    instances: list[dg.DagsterInstance],
) -> None:
    job = dg.Definitions(assets=[tables]).resolve_implicit_global_asset_job_def()
    for instance in instances:
        job.execute_in_process(instance=instance, partition_key="2023-04-02")

    assert [checks_in_history(instance, 1) for instance in instances] == [[("FAILED", "2023-04-02")]] * 2
