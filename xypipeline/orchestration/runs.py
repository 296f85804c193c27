"""Executes the jobs in this process, on the project's own Dagster instance, so that the UI sees the runs."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

import dagster as dg
from dagster._core.execution.plan.objects import StepFailureData
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
)

from xypipeline.definitions import build_definitions
from xypipeline.errors import RunFailedError, XyPipelineError
from xypipeline.orchestration.home import prepare_home
from xypipeline.orchestration.jobs import INTAKE_JOB, PUBLISH_JOB
from xypipeline.orchestration.partitions import quarter_key
from xypipeline.orchestration.progress import Progress
from xypipeline.periods import Period
from xypipeline.settings import Settings

HOST_TAG = "xypipeline/host"
PROCESS_TAG = "xypipeline/process"
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_period(settings: Settings, period: Period, progress: Progress) -> list[Path]:
    """Take in the days of a period in one run, then publish each quarter that they touch.

    Returns:
        The folder of each published quarter.

    Raises:
        RunFailedError: a step failed; quarters after it are not published.
    """
    prepare_home(settings)
    definitions = build_definitions(progress)
    with dg.DagsterInstance.get() as instance:
        _close_abandoned_runs(instance)
        _execute(definitions.resolve_job_def(INTAKE_JOB), instance, **_partitions(period))
        published = []
        for quarter in period.quarters():
            publish = definitions.resolve_job_def(PUBLISH_JOB)
            _execute(publish, instance, partition_key=quarter_key(quarter))
            published.append(settings.publication_dir / str(quarter))
    return published


def _partitions(period: Period) -> dict[str, object]:
    if period.first == period.last:
        return {"partition_key": period.first.isoformat()}
    return {
        "tags": {
            ASSET_PARTITION_RANGE_START_TAG: period.first.isoformat(),
            ASSET_PARTITION_RANGE_END_TAG: period.last.isoformat(),
        }
    }


def _execute(
    job: dg.JobDefinition,
    instance: dg.DagsterInstance,
    *,
    partition_key: str | None = None,
    tags: Mapping[str, str] | None = None,
) -> None:
    result = job.execute_in_process(
        instance=instance,
        partition_key=partition_key,
        tags={**(tags or {}), HOST_TAG: socket.gethostname(), PROCESS_TAG: str(os.getpid())},
        run_config=_QUIET,
        raise_on_error=False,
    )
    if not result.success:
        raise RunFailedError(_failure_text(result))


def _failure_text(result: dg.ExecuteInProcessResult) -> str:
    lines = [f"Run {result.run_id} of job {result.job_def.name} failed:"]
    for event in result.filter_events(lambda event: event.is_step_failure):
        failure = event.step_failure_data
        lines.append(f"  {event.step_key}: {_cause(failure)}")
        if failure.user_failure_data:
            metadata = failure.user_failure_data.metadata
            lines.extend(f"    {name}: {entry.value}" for name, entry in metadata.items())
    for check in result.get_asset_check_evaluations():
        if check.blocking and not check.passed:
            lines.append(f"  {check.description}")
    return "\n".join([*lines, "What was loaded is kept; mend the cause and run the period again."])


def _cause(failure: StepFailureData) -> str:
    if failure.user_failure_data:
        return failure.user_failure_data.description or failure.user_failure_data.label
    error = failure.error
    while error.cause:
        error = error.cause
    if error.cls_name in {expected.__name__ for expected in XyPipelineError.__subclasses__()}:
        return error.message.partition(": ")[2].strip()
    return f"{error.cls_name}; see the run in the UI"


def _close_abandoned_runs(instance: dg.DagsterInstance) -> None:
    """Close runs that an earlier process of this host left behind when it was killed: they hold the pool."""
    filters = dg.RunsFilter(tags={HOST_TAG: socket.gethostname()}, statuses=[dg.DagsterRunStatus.STARTED])
    for run in instance.get_runs(filters):
        if not _is_alive(int(run.tags[PROCESS_TAG])):
            instance.report_run_failed(run, "its process ended before the run did")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
