"""What is to be told of a run that has ended: checks, failure, patrol. Nothing is sent here.

A run with failed checks is a success for Dagster; its evaluations stand in the run's events.
"""

import dagster as dg
from dagster import DagsterEvent, DagsterEventType
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
    WILL_RETRY_TAG,
)

from xypipeline.notices.breaches import Breach, breach_notices
from xypipeline.notices.notice import Notice
from xypipeline.orchestration.checks import HOSPITALS_LABEL, PERIOD_LABEL, SEVERITIES_ZH
from xypipeline.orchestration.patrol import patrol_notices
from xypipeline.standard.catalogue import current_catalogue

MOST_LINES = 10


def notices_of_run(instance: dg.DagsterInstance, run: dg.DagsterRun, ui_address: str) -> list[Notice]:
    """One notice for each cause: a failed run, a rule broken in whatever tables, any other failed check.

    Nothing of a run that Dagster will try again: the next attempt tells.
    """
    if run.tags.get(WILL_RETRY_TAG) == "true":
        return []
    run_link = f"{ui_address}/runs/{run.run_id}"
    failed = _failed_checks(instance, run)
    of_rows = [event for event in failed if HOSPITALS_LABEL in event.asset_check_evaluation_data.metadata]
    others = [event for event in failed if event not in of_rows]
    return [
        *_failure(instance, run, failed, run_link),
        *(_other_check(event.asset_check_evaluation_data, ui_address) for event in others),
        *_broken_rules(of_rows, ui_address, run_link),
        *patrol_notices(instance, run, ui_address),
    ]


def _events(instance: dg.DagsterInstance, run: dg.DagsterRun, kind: str) -> list[DagsterEvent]:
    entries = instance.all_logs(run.run_id, of_type=DagsterEventType[kind])
    return [entry.get_dagster_event() for entry in entries]


def _failed_checks(instance: dg.DagsterInstance, run: dg.DagsterRun) -> list[DagsterEvent]:
    # A step that was tried twice evaluated its checks twice; the last one counts.
    events = _events(instance, run, "ASSET_CHECK_EVALUATION")
    last = {event.asset_check_evaluation_data.asset_check_key: event for event in events}
    return [event for event in last.values() if not event.asset_check_evaluation_data.passed]


def _broken_rules(events: list[DagsterEvent], ui_address: str, run_link: str) -> list[Notice]:
    evaluations = [event.asset_check_evaluation_data for event in events]
    if not evaluations:
        return []
    breaches = [breach for evaluation in evaluations for breach in _breaches(evaluation, ui_address)]
    return breach_notices(breaches, evaluations[0].metadata[PERIOD_LABEL].value, run_link)


def _breaches(evaluation: dg.AssetCheckEvaluation, ui_address: str) -> list[Breach]:
    """Counts by hospital only: examples, paths and lines of the check stay where they are."""
    table = current_catalogue().tables[evaluation.asset_key.path[-1]]
    rows = [record.data for record in evaluation.metadata[HOSPITALS_LABEL].records]
    return [
        Breach(
            rule_id=row["规则"],
            rule=row["规则名称"],
            severity=row["严重程度"],
            is_fatal=row["严重程度"] == SEVERITIES_ZH["fatal"],
            table=table.title_zh,
            hospital=row["医院"],
            count=row["处数"],
            link=_check_link(evaluation, ui_address),
        )
        for row in rows
        if row["严重程度"] != SEVERITIES_ZH["warn"]
    ]


def _check_link(evaluation: dg.AssetCheckEvaluation, ui_address: str) -> str:
    path = "/".join(evaluation.asset_key.path)
    return f"{ui_address}/assets/{path}?view=checks&checkDetail={evaluation.check_name}"


def _other_check(evaluation: dg.AssetCheckEvaluation, ui_address: str) -> Notice:
    """A check of our own figures; its description is ours and speaks of hospitals at most."""
    asset = ".".join(evaluation.asset_key.path)
    lines = (evaluation.description or "").splitlines()
    return Notice(
        cause=f"{asset}:{evaluation.check_name}",
        title=f"检查未通过：{evaluation.check_name}（{asset}）",
        lines=tuple(lines[:MOST_LINES]),
        link=_check_link(evaluation, ui_address),
    )


def _failure(
    instance: dg.DagsterInstance, run: dg.DagsterRun, failed_checks: list[DagsterEvent], link: str
) -> list[Notice]:
    """Nothing where the run only stopped because a check blocked it: the check's own notice tells."""
    if run.status is not dg.DagsterRunStatus.FAILURE:
        return []
    blocked = {event.step_key for event in failed_checks if event.asset_check_evaluation_data.blocking}
    failures = _events(instance, run, "STEP_FAILURE")
    causes = [event for event in failures if event.step_key not in blocked]
    if failures and not causes:
        return []
    lines = [f"分区：{_partitions(run)}", *(_step_line(event) for event in causes[:MOST_LINES])]
    if not causes:
        lines.append("没有步骤报告失败：运行未能启动，或进程中断")
    return [Notice("run", f"运行失败：{run.job_name}", (*lines, "修复后请在界面中重新执行。"), link)]


def _step_line(event: DagsterEvent) -> str:
    """The step and its tables, without the error's text: that may hold what is in a row."""
    failure = event.step_failure_data
    tables = current_catalogue().tables
    named = failure.user_failure_data.metadata if failure.user_failure_data else {}
    titles = [tables[code].title_zh for code in named if code in tables]
    return f"- 步骤 {event.step_key}" + (f"：{'，'.join(titles)}" if titles else "")


def _partitions(run: dg.DagsterRun) -> str:
    first, last = (
        run.tags.get(tag) for tag in (ASSET_PARTITION_RANGE_START_TAG, ASSET_PARTITION_RANGE_END_TAG)
    )
    return f"{first} 至 {last}" if first else run.tags.get(PARTITION_NAME_TAG, "无")
