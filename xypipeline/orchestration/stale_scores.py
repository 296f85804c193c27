"""Brings the scores of a quarter up to date once the runs that changed its days are over."""

import json
from collections.abc import Mapping

import dagster as dg

from xypipeline.orchestration.intake import validated_tables
from xypipeline.orchestration.jobs import score
from xypipeline.orchestration.partitions import quarter_key
from xypipeline.orchestration.publishing import FRESHNESS
from xypipeline.orchestration.run_days import busy_days
from xypipeline.orchestration.score_columns import LEDGER, STANDING
from xypipeline.periods import Period, Quarter, parse_period

# Ids of events: whatever happened later has the larger one.
EventIds = Mapping[str, int]


def stale_quarters(changed_days: EventIds, counted: EventIds, scored: EventIds) -> dict[Quarter, int]:
    """The quarters whose days changed after they were counted or scored, with the id of the last change.

    Args:
        changed_days: for each day the last event that changed a validated table.
        counted: for each quarter, by its partition key, the last event of the ledger.
        scored: the same of the standing.
    """
    changed: dict[Quarter, int] = {}
    for day, event_id in changed_days.items():
        quarter = Quarter.containing(parse_period(day).first)
        changed[quarter] = max(event_id, changed.get(quarter, 0))
    up_to = {
        quarter: min(counted.get(quarter_key(quarter), 0), scored.get(quarter_key(quarter), 0))
        for quarter in changed
    }
    return {quarter: event_id for quarter, event_id in sorted(changed.items()) if event_id > up_to[quarter]}


@dg.sensor(
    job=score,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="季度内有日子重新接收后，将得分标为过期，并在接收结束后重新计算台账与得分；已发布的附件不动。",
)
def stale_scores(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """The cursor holds for each stale quarter the change that was acted upon."""
    acted: dict[str, int] = json.loads(context.cursor or "{}")
    stale = stale_quarters(
        _changed_days(context.instance),
        _latest(context.instance, LEDGER),
        _latest(context.instance, STANDING),
    )
    busy = busy_days(context.instance)
    due = {
        quarter: event_id
        for quarter, event_id in stale.items()
        if acted.get(str(quarter)) != event_id and busy.isdisjoint(Period(quarter.first, quarter.last).days())
    }
    left = {str(quarter): acted[str(quarter)] for quarter in stale if str(quarter) in acted}
    return dg.SensorResult(
        run_requests=[
            dg.RunRequest(run_key=f"{quarter}:{event_id}", partition_key=quarter_key(quarter))
            for quarter, event_id in due.items()
        ],
        skip_reason=None if due else _reason(stale),
        cursor=json.dumps({**left, **{str(quarter): event_id for quarter, event_id in due.items()}}),
        asset_events=[_mark(quarter) for quarter in due],
    )


def _changed_days(instance: dg.DagsterInstance) -> dict[str, int]:
    changed: dict[str, int] = {}
    for key in validated_tables.keys:
        for day, event_id in _latest(instance, key).items():
            changed[day] = max(event_id, changed.get(day, 0))
    return changed


def _latest(instance: dg.DagsterInstance, key: dg.AssetKey) -> EventIds:
    return instance.event_log_storage.get_latest_storage_id_by_partition(
        key, dg.DagsterEventType.ASSET_MATERIALIZATION
    )


def _mark(quarter: Quarter) -> dg.AssetCheckEvaluation:
    return dg.AssetCheckEvaluation(
        asset_key=STANDING,
        check_name=FRESHNESS,
        passed=False,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{quarter} 的上传数据在计算之后有变化，得分已过期；正在重新计算。",
    )


def _reason(stale: Mapping[Quarter, int]) -> str:
    if not stale:
        return "各季度得分都是最新的"
    return f"{'、'.join(map(str, stale))} 的得分已过期：等待接收结束，或重新计算未成功，请查看运行记录"
