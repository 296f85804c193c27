"""What Dagster's own databases say of runs and schedules; only read."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_RUNS = """
select
    id, run_id, pipeline_name, status, coalesce(partition, ''), end_time - start_time,
    exists (
        select 1 from run_tags
        where run_tags.run_id = runs.run_id and key = 'dagster/will_retry' and value = 'true'
    )
from runs where create_timestamp >= ? order by id
"""

_ENDED = ("SUCCESS", "FAILURE", "CANCELED")


@dataclass(frozen=True)
class Run:
    """One line of the runs database."""

    number: int
    run_id: str
    job: str
    status: str
    partition: str
    seconds: float | None
    """From the start of its process's work to the end of it."""
    will_be_retried: bool

    @property
    def has_failed(self) -> bool:
        """Whether it came to nothing, and Dagster will not try again."""
        return self.status in ("FAILURE", "CANCELED") and not self.will_be_retried


def runs_since(state: Path, moment: datetime) -> list[Run]:
    """The runs created at or after a moment, in their order."""
    since = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return [Run(*row) for row in _read(state / "runs" / "runs.db", _RUNS, [since])]


def unsuccessful_runs(state: Path) -> int:
    """The runs of all days so far that failed or were cancelled."""
    query = "select id from runs where status in ('FAILURE', 'CANCELED')"
    return len(_read(state / "runs" / "runs.db", query))


def is_at_work(state: Path) -> bool:
    """Whether any run waits or works."""
    query = f"select id from runs where status not in {_ENDED} limit 1"
    return bool(_read(state / "runs" / "runs.db", query))


def instigators(state: Path) -> int:
    """Schedules and sensors that the daemon has taken note of."""
    return len(_read(state / "schedules" / "schedules.db", "select id from instigators"))


def _read(database: Path, query: str, parameters: Sequence[str] = ()) -> list[tuple]:
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as connection:
        return connection.execute(query, parameters).fetchall()
