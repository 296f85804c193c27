"""Which of Dagster's runs may go: a run is kept for as long as its record says what a partition holds.

To delete a run deletes its materializations; a partition that has no other would look as if it had never
been materialized, and a backfill of what is missing would do it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import dagster as dg
from dagster._core.storage.dagster_run import FINISHED_STATUSES
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
)


@dataclass(frozen=True)
class RunRecord:
    """What a run was for, and how it ended."""

    run_id: str
    created: datetime
    job: str
    partitions: tuple[str, str]
    """First and last key; empty texts for a run without."""
    assets: frozenset[str] | None
    """None: all of the job's."""
    is_finished: bool
    is_success: bool

    def repeats(self, earlier: "RunRecord") -> bool:
        """Whether this run succeeded at all that an earlier one was for."""
        return (
            self.is_success
            and self.created > earlier.created
            and self.job == earlier.job
            and self.partitions[0] <= earlier.partitions[0] <= earlier.partitions[1] <= self.partitions[1]
            and (self.assets is None or (earlier.assets is not None and earlier.assets <= self.assets))
        )


def prunable_runs(
    runs: Iterable[RunRecord], *, repeated_before: datetime, all_before: datetime
) -> list[RunRecord]:
    """The finished runs that are not needed any longer, oldest first.

    Args:
        runs: every run there is.
        repeated_before: a run that was created before it goes if a later one repeated it with success.
        all_before: a run that was created before it goes, and with it the record of its partitions.
    """
    known = sorted(runs, key=lambda run: run.created)
    return [
        run
        for run in known
        if run.is_finished
        and (
            run.created < all_before
            or (run.created < repeated_before and any(later.repeats(run) for later in known))
        )
    ]


def read_runs(instance: dg.DagsterInstance) -> list[RunRecord]:
    """Every run that the instance knows."""
    return [_describe(record.dagster_run, record.create_timestamp) for record in instance.get_run_records()]


def delete_run(instance: dg.DagsterInstance, run_id: str) -> None:
    """Delete a run with its events and captured output."""
    instance.delete_run(run_id)
    instance.compute_log_manager.delete_logs(prefix=[run_id])


def _describe(run: dg.DagsterRun, created: datetime) -> RunRecord:
    one = run.tags.get(PARTITION_NAME_TAG, "")
    return RunRecord(
        run_id=run.run_id,
        created=created,
        job=run.job_name,
        partitions=(
            run.tags.get(ASSET_PARTITION_RANGE_START_TAG, one),
            run.tags.get(ASSET_PARTITION_RANGE_END_TAG, one),
        ),
        assets=frozenset(map(str, run.asset_selection)) if run.asset_selection else None,
        is_finished=run.status in FINISHED_STATUSES,
        is_success=run.is_success,
    )
