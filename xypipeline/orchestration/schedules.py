"""What runs by the clock: each morning the day that is over, each quarter the one that is over."""

from collections.abc import Collection
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import dagster as dg
from dagster._core.storage.tags import MAX_RUNTIME_SECONDS_TAG, PARTITION_NAME_TAG

from xypipeline.orchestration.jobs import PUBLISH_JOB, intake, publish
from xypipeline.orchestration.partitions import quarter_key
from xypipeline.orchestration.run_days import busy_days, contiguous, run_request
from xypipeline.orchestration.table_specs import ARRIVAL
from xypipeline.periods import TIMEZONE, Period, Quarter

CATCH_UP_DAYS = 31
_DAY_LIMIT = {MAX_RUNTIME_SECONDS_TAG: "10800"}


def days_to_take_in(yesterday: date, taken_in: Collection[date], busy: Collection[date]) -> list[date]:
    """Yesterday, and the days before it that were missed: none older than the first day ever taken in.

    Args:
        yesterday: the last complete day.
        taken_in: all days that have been taken in.
        busy: days that a run is at work on; they are left to it.
    """
    first = max(min(taken_in, default=yesterday), yesterday - timedelta(days=CATCH_UP_DAYS - 1))
    missed = set(Period(first, yesterday).days()) - set(taken_in) if first <= yesterday else set()
    return sorted((missed | {yesterday}) - set(busy))


@dg.schedule(
    job=intake,
    cron_schedule="0 6 * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description=f"每天 06:00 接收前一天的上传；停机期间漏掉的日子（最多 {CATCH_UP_DAYS} 天）一并补上。",
)
def daily_intake(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest] | dg.SkipReason:
    """Dagster evaluates only the last of several missed ticks, so each looks for the days of the others."""
    yesterday = _local_date(context) - timedelta(days=1)
    taken_in = {date.fromisoformat(key) for key in context.instance.get_materialized_partitions(ARRIVAL)}
    days = days_to_take_in(yesterday, taken_in, busy_days(context.instance))
    if not days:
        return dg.SkipReason(f"{yesterday} 已有运行在处理")
    return [run_request(period, f"{period.first}..{period.last}", _DAY_LIMIT) for period in contiguous(days)]


@dg.schedule(
    job=publish,
    cron_schedule="0 8-20 1 1,4,7,10 *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="每季度首日 08:00 起，待上季度末日接收完毕，发布上季度附件的草稿一次。",
)
def quarterly_draft(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Every hour until the draft has been requested: the last day's intake may still be at work."""
    quarter = Quarter.containing(_local_date(context) - timedelta(days=1))
    key = quarter_key(quarter)
    if _was_requested_since(context, key):
        return dg.SkipReason(f"{quarter} 的草稿今天已发布或正在发布")
    days = Period(quarter.first, quarter.last).days()
    if not busy_days(context.instance).isdisjoint(days):
        return dg.SkipReason(f"{quarter} 的上传仍在接收，下一小时再试")
    if quarter.last.isoformat() not in context.instance.get_materialized_partitions(ARRIVAL):
        return dg.SkipReason(f"{quarter.last} 尚未接收，下一小时再试")
    return dg.RunRequest(run_key=f"{quarter}", partition_key=key)


def _local_date(context: dg.ScheduleEvaluationContext) -> date:
    return context.scheduled_execution_time.astimezone(ZoneInfo(TIMEZONE)).date()


def _was_requested_since(context: dg.ScheduleEvaluationContext, key: str) -> bool:
    midnight = context.scheduled_execution_time.astimezone(ZoneInfo(TIMEZONE)).replace(hour=0, minute=0)
    runs = dg.RunsFilter(job_name=PUBLISH_JOB, tags={PARTITION_NAME_TAG: key}, created_after=midnight)
    return bool(context.instance.get_runs(runs, limit=1))
