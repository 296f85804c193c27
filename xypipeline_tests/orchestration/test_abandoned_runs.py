import os
import subprocess
import sys

import dagster as dg
import pytest
from dagster._core.events import EngineEventData

from xypipeline.definitions import defs
from xypipeline.orchestration.abandoned_runs import HOST_TAG, PROCESS_TAG, close_abandoned_runs
from xypipeline.orchestration.tables import POOL


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def start_run(instance: dg.DagsterInstance, process_id: int, **tags: str) -> dg.DagsterRun:
    run = instance.create_run_for_job(
        defs.resolve_job_def("intake"), status=dg.DagsterRunStatus.STARTED, tags=tags
    )
    instance.report_engine_event("Started process", run, EngineEventData.in_process(process_id))
    return run


def status(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRunStatus:
    return instance.get_run_by_id(run.run_id).status


def test_a_run_whose_process_was_killed_is_closed_and_frees_the_pool(instance: dg.DagsterInstance) -> None:
    storage = instance.event_log_storage
    killed = start_run(instance, ended_process())
    storage.initialize_concurrency_limit_to_default(POOL)
    storage.claim_concurrency_slot(POOL, killed.run_id, "raw")
    assert storage.get_concurrency_info(POOL).active_slot_count == 1

    assert close_abandoned_runs(instance) == [killed.run_id]

    assert status(instance, killed) == dg.DagsterRunStatus.FAILURE
    assert storage.get_concurrency_info(POOL).active_slot_count == 0


@pytest.mark.parametrize("tags", [{}, {HOST_TAG: "another-machine"}])
def test_a_run_at_work_here_or_of_another_machine_is_left_alone(
    instance: dg.DagsterInstance, tags: dict[str, str]
) -> None:
    run = start_run(instance, ended_process() if tags else os.getpid(), **tags)

    assert close_abandoned_runs(instance) == []
    assert status(instance, run) == dg.DagsterRunStatus.STARTED


def test_a_process_number_given_to_a_later_process_is_not_mistaken(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        # The run reported long before this process began.
        patched.setattr("time.time", lambda: 1_000_000_000.0)
        run = start_run(instance, os.getpid())

    assert close_abandoned_runs(instance) == [run.run_id]


def test_a_run_killed_before_it_began_is_closed_but_not_one_that_waits_to_repeat_it(
    instance: dg.DagsterInstance,
) -> None:
    job, tags = defs.resolve_job_def("intake"), {PROCESS_TAG: str(ended_process())}
    killed = instance.create_run_for_job(job, tags=tags)
    repeated = instance.create_run_for_job(
        job, tags=tags, parent_run_id=killed.run_id, root_run_id=killed.run_id
    )

    assert close_abandoned_runs(instance) == [killed.run_id]
    assert status(instance, repeated) == dg.DagsterRunStatus.NOT_STARTED
