"""Days and runs: which days runs are at work on, and requests for the runs of some days."""

from collections.abc import Iterable
from datetime import date, timedelta

import dagster as dg
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
)

from xypipeline.periods import Period


def busy_days(instance: dg.DagsterInstance) -> set[date]:
    """The days of all runs that wait or work.

    A run of a quarter counts as one of the quarter's first day, which is its partition's key.
    """
    runs = instance.get_runs(dg.RunsFilter(statuses=list(NOT_FINISHED_STATUSES)))
    return {day for run in runs for period in _periods(run.tags) for day in period.days()}


def contiguous(days: Iterable[date]) -> list[Period]:
    """The days as the fewest unbroken periods, in order."""
    periods: list[Period] = []
    for day in sorted(set(days)):
        if periods and day - periods[-1].last == timedelta(days=1):
            periods[-1] = Period(periods[-1].first, day)
        else:
            periods.append(Period(day, day))
    return periods


def partition_tags(period: Period) -> dict[str, str]:
    """Tags that make one run cover a period: a day is one partition, more days are a range of them."""
    if period.first == period.last:
        return {PARTITION_NAME_TAG: period.first.isoformat()}
    return {
        ASSET_PARTITION_RANGE_START_TAG: period.first.isoformat(),
        ASSET_PARTITION_RANGE_END_TAG: period.last.isoformat(),
    }


def run_request(period: Period, run_key: str, tags: dict[str, str]) -> dg.RunRequest:
    """One run of the job for all days of a period."""
    if period.first == period.last:
        return dg.RunRequest(run_key=run_key, partition_key=period.first.isoformat(), tags=tags)
    return dg.RunRequest(run_key=run_key, tags={**tags, **partition_tags(period)})


def _periods(tags: dict[str, str]) -> list[Period]:
    first = tags.get(ASSET_PARTITION_RANGE_START_TAG) or tags.get(PARTITION_NAME_TAG)
    last = tags.get(ASSET_PARTITION_RANGE_END_TAG) or first
    try:
        return [Period(date.fromisoformat(first), date.fromisoformat(last))] if first else []
    except ValueError:
        return []
