"""Takes a day in again when files for it arrive after it was taken in."""

import hashlib
import json
import time
from collections.abc import Sequence

import dagster as dg

from xypipeline.landing.lateness import LateDay, find_late_days
from xypipeline.orchestration.jobs import intake
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.run_days import busy_days, contiguous, run_request
from xypipeline.periods import Period

LATE_FILES_TAG = "xypipeline/late_files"
SECONDS_BETWEEN_LOOKS = 120


@dg.sensor(
    job=intake,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="已接收过的日子又收到文件时，只重新接收这些日子；仍在传输的文件（5 分钟内有改动）先等待。",
)
def late_files(context: dg.SensorEvaluationContext, platform: Platform) -> dg.SensorResult:
    """The cursor holds what was requested for each late day, so a day that fails is not tried for ever."""
    requested: dict[str, str] = json.loads(context.cursor or "{}")
    late = find_late_days(platform.settings.landing_dir, platform.arrivals_dir, time.time())
    busy = busy_days(context.instance)
    due = [
        item
        for item in late
        if requested.get(item.day.isoformat()) != item.signature and item.day not in busy
    ]
    known = {item.day.isoformat() for item in late}
    cursor = {day: signature for day, signature in requested.items() if day in known}
    cursor |= {item.day.isoformat(): item.signature for item in due}
    return dg.SensorResult(
        run_requests=[_request(period, due) for period in contiguous(item.day for item in due)],
        skip_reason=None if due else f"{len(late)} 天有迟到文件待处理完毕",
        cursor=json.dumps(cursor, sort_keys=True),
    )


def _request(period: Period, due: Sequence[LateDay]) -> dg.RunRequest:
    late = [item for item in due if period.first <= item.day <= period.last]
    files = sum(len(item.files) for item in late)
    change = hashlib.sha256(" ".join(item.signature for item in late).encode("ascii")).hexdigest()[:16]
    run_key = f"{period.first}..{period.last}:{change}"
    return run_request(period, run_key, {LATE_FILES_TAG: str(files)})
