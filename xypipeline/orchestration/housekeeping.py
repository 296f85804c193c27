"""The job that deletes what need not be kept: old raw rows, old runs, files that a killed run left behind."""

import shutil
from datetime import UTC, datetime, timedelta

import dagster as dg

from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.retention import delete_run, prunable_runs, read_runs
from xypipeline.orchestration.tables import POOL
from xypipeline.periods import TIMEZONE, today
from xypipeline.policy.policy import load_policy

HOUSEKEEPING_JOB = "housekeeping"
# Sunday before dawn: the day's intake comes at six.
WEEKLY = "0 3 * * 0"
_LEFT_BEHIND_AFTER = timedelta(days=1)


class RunRetention(dg.Config):
    """For how many days the record of runs is kept; changed in the launchpad, for one run."""

    repeated_run_days: int = 90
    run_days: int = 800


@dg.op(pool=POOL, description="删除已正式公布季度中超过保存期限的原始行")
def trim_raw(context: dg.OpExecutionContext, platform: Platform) -> None:
    """Delete raw rows older than the policy keeps them, of finished quarters only."""
    from xypipeline.publication.finished import finished_quarters
    from xypipeline.raw.retention import delete_old_rows
    from xypipeline.warehouse import hold_warehouse

    this_day = today()
    before = this_day - timedelta(days=load_policy(this_day.year).raw_retention_days)
    path = platform.settings.warehouse_path
    with hold_warehouse(path):
        # DuckDB removes what it spilled, unless it was killed.
        shutil.rmtree(path.with_suffix(".tmp"), ignore_errors=True)
    with platform.warehouse() as connection:
        finished = finished_quarters(platform.settings.publication_dir)
        deleted = delete_old_rows(connection, platform.catalogue, finished, before)
    context.add_output_metadata(
        {
            "uploaded before": before.isoformat(),
            "quarters": ", ".join(map(str, finished)),
            "rows deleted": deleted.rows,
            "lines blanked": deleted.lines,
        }
    )


@dg.op(description="删除已被重做的旧运行记录及其日志")
def trim_runs(context: dg.OpExecutionContext, config: RunRetention) -> None:
    """Delete runs that later ones repeated, and all that are very old."""
    now = datetime.now(UTC)
    old = prunable_runs(
        read_runs(context.instance),
        repeated_before=now - timedelta(days=config.repeated_run_days),
        all_before=now - timedelta(days=config.run_days),
    )
    for run in old:
        delete_run(context.instance, run.run_id)
    context.add_output_metadata({"runs deleted": len(old)})


@dg.op(description="删除被中断的发布留下的临时文件")
def trim_publication(context: dg.OpExecutionContext, platform: Platform) -> None:
    """Delete files that a publication which was killed has left half written."""
    oldest_at_work = (datetime.now(UTC) - _LEFT_BEHIND_AFTER).timestamp()
    left = [
        path
        for path in platform.settings.publication_dir.rglob(".*.part")
        if path.is_file() and path.stat().st_mtime < oldest_at_work
    ]
    for path in left:
        path.unlink()
    context.add_output_metadata({"files deleted": len(left)})


@dg.job(
    name=HOUSEKEEPING_JOB,
    executor_def=dg.in_process_executor,
    description="清理:删除超过保存期限的原始行、旧运行记录与残留文件",
)
def housekeeping() -> None:
    """Three steps that do not need each other."""
    trim_raw()
    trim_runs()
    trim_publication()


housekeeping_schedule = dg.ScheduleDefinition(
    name="housekeeping_weekly",
    job=housekeeping,
    cron_schedule=WEEKLY,
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
