"""Executes the jobs in this process, on the project's own Dagster instance, so that the UI sees the runs."""

import os
import socket
from collections.abc import Mapping, Sequence

import dagster as dg
from dagster._core.execution.plan.objects import StepFailureData
from dagster._core.storage.tags import PARTITION_NAME_TAG

from xypipeline.errors import RunFailedError
from xypipeline.orchestration.abandoned_runs import HOST_TAG, PROCESS_TAG, close_abandoned_runs
from xypipeline.orchestration.across import across
from xypipeline.orchestration.home import prepare_home
from xypipeline.orchestration.intake import validated_tables
from xypipeline.orchestration.jobs import INTAKE_JOB, PUBLISH_JOB, SCORE_JOB
from xypipeline.orchestration.partitions import quarter_key
from xypipeline.orchestration.patrol import patrol
from xypipeline.orchestration.run_days import partition_tags
from xypipeline.orchestration.up_to_date import forget
from xypipeline.periods import Period
from xypipeline.settings import Settings

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_period(definitions: dg.Definitions, settings: Settings, period: Period) -> None:
    """Take in the days of a period in one run, then publish each quarter that they touch.

    Args:
        definitions: the code location whose jobs are run.
        settings: where things lie.
        period: complete days.

    Raises:
        RunFailedError: a step failed; quarters after it are not published.
    """
    prepare_home(settings)
    with dg.DagsterInstance.get() as instance:
        close_abandoned_runs(instance)
        _execute(definitions.resolve_job_def(INTAKE_JOB), instance, partition_tags(period))
        for quarter in period.quarters():
            publish = definitions.resolve_job_def(PUBLISH_JOB)
            _execute(publish, instance, {PARTITION_NAME_TAG: quarter_key(quarter)})


def judge_period_again(definitions: dg.Definitions, settings: Settings, period: Period) -> None:
    """Judge the stored rows of a period by the rules now in force, and score the quarters that it touches.

    Nothing is read from landing but what hospitals declare; nothing is published.

    Args:
        definitions: the code location whose jobs are run.
        settings: where things lie.
        period: complete days that were taken in.

    Raises:
        RunFailedError: a step failed; among others, raw rows were deleted as the policy says.
    """
    prepare_home(settings)
    judging = [key for asset in (validated_tables, across, patrol) for key in asset.keys]
    # Before Dagster takes note of the run: killed after that, it is to be mended by the next one.
    forget(settings)
    with dg.DagsterInstance.get() as instance:
        close_abandoned_runs(instance)
        _execute(definitions.resolve_job_def(INTAKE_JOB), instance, partition_tags(period), judging)
        for quarter in period.quarters():
            score = definitions.resolve_job_def(SCORE_JOB)
            _execute(score, instance, {PARTITION_NAME_TAG: quarter_key(quarter)})


def _execute(
    job: dg.JobDefinition,
    instance: dg.DagsterInstance,
    partition: Mapping[str, str],
    selection: Sequence[dg.AssetKey] | None = None,
) -> None:
    result = job.execute_in_process(
        instance=instance,
        asset_selection=selection,
        partition_key=partition.get(PARTITION_NAME_TAG),
        tags={**partition, HOST_TAG: socket.gethostname(), PROCESS_TAG: str(os.getpid())},
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
    # Whatever goes wrong in our own code is told plainly already; the rest is Dagster's.
    if failure.user_failure_data:
        return failure.user_failure_data.description or failure.user_failure_data.label
    error = failure.error
    while error.cause:
        error = error.cause
    return f"{error.cls_name}; see the run in the UI"
