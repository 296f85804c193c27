"""Closes runs whose process was killed: nobody else would, and they hold the pool and the days they cover."""

import os
import socket
import time
from pathlib import Path

import dagster as dg

HOST_TAG = "xypipeline/host"
PROCESS_TAG = "xypipeline/process"
_AT_WORK = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="进程已被终止的运行，标为失败并释放仓库；随后可在界面上从失败处重新运行。",
)
def abandoned_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Requests nothing: a run closed here is tried again as `run_retries` says."""
    closed = close_abandoned_runs(context.instance)
    return dg.SkipReason(
        f"已关闭 {len(closed)} 个中断的运行：{'、'.join(closed)}" if closed else "没有中断的运行"
    )


def close_abandoned_runs(instance: dg.DagsterInstance) -> list[str]:
    """Mark the runs of this host whose process is gone as failed, and free the pool they held.

    Returns:
        The ids of the runs that were closed.
    """
    closed = []
    for run in instance.get_runs(dg.RunsFilter(statuses=_AT_WORK)):
        if run.tags.get(HOST_TAG, socket.gethostname()) != socket.gethostname() or _waits(run):
            continue
        process = _process_of(instance, run)
        if process and not _is_alive(*process):
            instance.report_run_failed(run, "its process ended before the run did")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
            closed.append(run.run_id)
    return closed


def _waits(run: dg.DagsterRun) -> bool:
    """Whether it is about to be started anew: a repeated run has the tags of the one that died."""
    return run.status == dg.DagsterRunStatus.NOT_STARTED and run.parent_run_id is not None


def _process_of(instance: dg.DagsterInstance, run: dg.DagsterRun) -> tuple[int, float] | None:
    """The process that works on a run, and a moment (seconds since 1970) at which it did."""
    reports = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
    for report in reversed(reports):
        process_id = report.get_dagster_event().engine_event_data.metadata.get("pid")
        if process_id:
            return int(str(process_id.value)), report.timestamp
    return (int(run.tags[PROCESS_TAG]), time.time()) if PROCESS_TAG in run.tags else None


def _is_alive(process_id: int, seen_at: float) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not _is_another(process_id, seen_at)


def _is_another(process_id: int, seen_at: float) -> bool:
    """Whether the number was given to a process that began later, or is all that is left of a dead one."""
    try:
        # After the name in brackets: state is field 3, the start in clock ticks since boot field 22.
        fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    except OSError:
        return False
    started_at = time.time() - uptime + int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return fields[0] == "Z" or started_at > seen_at + 5
