"""The sensor that tells people of failed checks and failed runs, each cause once."""

import json
import time
from dataclasses import asdict, dataclass

import dagster as dg
from dagster import DagsterEventType, EventLogRecord, RunStatusChangeRecordsFilter

from xypipeline.errors import NoticeError
from xypipeline.notices.delivery import deliver
from xypipeline.notices.notice import Notice
from xypipeline.orchestration.run_notices import notices_of_run
from xypipeline.settings import Webhook, load_webhook, ui_address

INTERVAL_SECONDS = 60
"""At most one run's notices each time: chat robots shut out who sends more than 20 a minute."""
OLDEST_SECONDS = 3 * 24 * 3600
"""What ended earlier is no news: nobody is flooded once a wrong address is mended."""
_ENDS = (DagsterEventType.RUN_SUCCESS, DagsterEventType.RUN_FAILURE)


@dataclass(frozen=True)
class Told:
    """How far people were told; kept as the sensor's cursor."""

    after: int
    """Number of the event that ended the last run of which all was told."""
    causes: tuple[str, ...] = ()
    """What was already told of the run after that one."""

    def dump(self) -> str:
        """As text for Dagster to keep."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Told":
        """From the text of `dump`."""
        fields = json.loads(text)
        return cls(fields["after"], tuple(fields["causes"]))


@dg.sensor(
    name="notices",
    description="检查未通过或运行失败时，按原因各发一条通知（需设置 XY_WEBHOOK_URL）",
    minimum_interval_seconds=INTERVAL_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def notices(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Tell of the next ended run with something to tell; the first evaluation only marks the present.

    Raises:
        NoticeError: nothing could be delivered; the next evaluation tries the same again.
    """
    instance, webhook = context.instance, load_webhook()
    if webhook is None or not context.cursor:
        reason = "没有设置 XY_WEBHOOK_URL" if webhook is None else "从现在开始通知"
        return dg.SensorResult(skip_reason=reason, cursor=Told(_latest_end(instance)).dump())
    told = Told.load(context.cursor)
    while end := _next_end(instance, told.after):
        left = [notice for notice in _notices(instance, end) if notice.cause not in told.causes]
        if left:
            return _tell(left, webhook, told, end)
        told = Told(end.storage_id)
    return dg.SensorResult(skip_reason="没有需要通知的", cursor=told.dump())


def _notices(instance: dg.DagsterInstance, end: EventLogRecord) -> list[Notice]:
    run = instance.get_run_by_id(end.run_id)
    if run is None or end.timestamp < time.time() - OLDEST_SECONDS:
        return []
    return notices_of_run(instance, run, ui_address())


def _tell(left: list[Notice], webhook: Webhook, told: Told, end: EventLogRecord) -> dg.SensorResult:
    for number, notice in enumerate(left):
        try:
            deliver(notice, webhook)
        except NoticeError as error:
            if not number:
                raise
            # Some were delivered: to raise would forget that, and send them twice.
            causes = told.causes + tuple(sent.cause for sent in left[:number])
            return dg.SensorResult(
                skip_reason=f"已通知 {number} 条，其余下次再发：{error}",
                cursor=Told(told.after, causes).dump(),
            )
    return dg.SensorResult(skip_reason=f"已通知 {len(left)} 条", cursor=Told(end.storage_id).dump())


def _next_end(instance: dg.DagsterInstance, after: int) -> EventLogRecord | None:
    """The next run that ended, by the order of the events."""
    found = []
    for kind in _ENDS:
        wanted = RunStatusChangeRecordsFilter(kind, after_storage_id=after)
        found += instance.fetch_run_status_changes(wanted, limit=1, ascending=True).records
    return min(found, key=lambda record: record.storage_id, default=None)


def _latest_end(instance: dg.DagsterInstance) -> int:
    found = [instance.fetch_run_status_changes(kind, limit=1).records for kind in _ENDS]
    return max((record.storage_id for records in found for record in records), default=0)
