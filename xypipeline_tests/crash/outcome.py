"""What an installation holds, as far as it is to be the same after a kill as without one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES

from xypipeline.orchestration.home import prepare_home
from xypipeline.orchestration.tables import POOL
from xypipeline.settings import Settings
from xypipeline_tests.crash.small_program import TABLES

HISTORY = "history.jsonl"
# Which period was run last, so that it need not be run again; forgotten where two runs were at work at once.
LAST_RUN = 'publication."up_to_date"'
CHANGED_ONCE = (
    *(f'{stage}."{table}"' for stage in ("raw", "validated") for table in TABLES),
    *(f'scores."{table}"' for table in ("ledger", "standing", "table_standing", "expected_day")),
)


@dataclass(frozen=True)
class Outcome:
    """Equal where nobody could tell two installations apart, but for the hours at which things were done."""

    warehouse: Mapping[str, str]
    """Columns, rows and a hash of all rows, by table or view: every schema, every table."""
    files: Mapping[str, str]
    """Hash by path: publications, and what is remembered of each day taken in."""
    decisions: Mapping[str, frozenset]
    """Who reviewed and who published which bytes, by history file."""
    partitions: Mapping[str, tuple[str, ...]]
    """What Dagster shows as materialized, by asset."""


def outcome_of(data_dir: Path) -> Outcome:
    """Read everything; the installation is at rest."""
    published = sorted(path for path in (data_dir / "publication").rglob("*") if path.is_file())
    remembered = sorted((data_dir / "state" / "arrivals").glob("*"))
    return Outcome(
        warehouse=contents_of(data_dir / "warehouse.duckdb"),
        files={
            path.relative_to(data_dir).as_posix(): hashlib.sha256(content).hexdigest()
            for path, content in (*map(_published, published), *map(_remembered, remembered))
            if path.name != HISTORY
        },
        decisions={
            path.relative_to(data_dir).as_posix(): _decisions(path)
            for path in published
            if path.name == HISTORY
        },
        partitions=_partitions(data_dir),
    )


def contents_of(warehouse: Path) -> dict[str, str]:
    """Columns, rows and a hash of all rows in a fixed order, by table and view of every schema."""
    if not warehouse.exists():
        return {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.\"' || table_name || '\"', list(column_name || ' ' || data_type) "
            "from information_schema.columns group by all order by all"
        ).fetchall()
        return {name: f"{columns} {_hash_of(connection, name)}" for name, columns in tables}


def torn_tables(warehouse: Path, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Tables that a command changes once, and that are neither as before nor as after it."""
    found = contents_of(warehouse) if warehouse.exists() else {}
    return [
        name
        for name, content in found.items()
        if name.startswith(CHANGED_ONCE)
        and content not in (before.get(name), after.get(name))
        and " 0 " not in content
    ]


def damaged_files(publication_dir: Path) -> list[str]:
    """Published files that are half written: JSON that does not end."""
    damaged = []
    for path in sorted(publication_dir.rglob("*.json")):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            damaged.append(path.name)
    return damaged


def difference(found: Outcome, expected: Outcome) -> list[str]:
    """Where two differ, by name."""
    return [
        f"{part} {name}"
        for part in ("warehouse", "files", "decisions", "partitions")
        for name in sorted(getattr(found, part).keys() | getattr(expected, part).keys())
        if getattr(found, part).get(name) != getattr(expected, part).get(name)
    ]


def _published(path: Path) -> tuple[Path, bytes]:
    return path, path.read_bytes()


def _remembered(path: Path) -> tuple[Path, bytes]:
    # In the order in which the disk lists a folder; a copy of the folder may have another.
    return path, json.dumps(json.loads(path.read_bytes()), sort_keys=True).encode()


def _hash_of(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    # A token is drawn anew by each attempt.
    rows = connection.execute(
        f"select columns(lambda name: name <> 'token') from {table} order by all"
    ).fetchall()
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"


def _decisions(history: Path) -> frozenset:
    # A decision that was taken and then killed may be taken again: two lines, one decision.
    lines = [json.loads(line) for line in history.read_bytes().splitlines()]
    return frozenset((line["edition"], line["state"], line["by"], line["manifest_sha256"]) for line in lines)


def _partitions(data_dir: Path) -> dict[str, tuple[str, ...]]:
    # A copied installation still names the folders that it was copied from.
    prepare_home(Settings(data_dir, data_dir.parent / "landing"))
    with dg.DagsterInstance.get() as instance:
        storage = instance.event_log_storage
        unfinished = instance.get_runs(dg.RunsFilter(statuses=list(NOT_FINISHED_STATUSES)))
        info = storage.get_concurrency_info(POOL)
        found = {
            "(runs that are not finished)": tuple(run.status.value for run in unfinished),
            "(taken and awaited places in the pool)": (
                str(info.active_slot_count),
                str(info.pending_step_count),
            ),
        }
        for key in instance.all_asset_keys():
            failed = storage.get_latest_asset_partition_materialization_attempts_without_materializations(key)
            shown = sorted(instance.get_materialized_partitions(key))
            found[key.to_user_string()] = (*shown, *(f"{name} failed" for name in sorted(failed)))
        return found
