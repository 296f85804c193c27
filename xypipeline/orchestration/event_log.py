"""Dagster's event log in SQLite, made quick enough for a quarter of daily tables.

A quarter of 51 daily tables is some ten thousand planned and as many finished materializations. Dagster
hands them over in batches, but its SQLite storage writes each event in four transactions of its own:
minutes where this takes seconds. It also opens and closes a database for each of them, and SQLite writes
its log back each time; here the databases last used stay open. The rows written are the same, but for the
checks of a range of days.

Named in `dagster.yaml`.
"""

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from dagster._core.storage.sqlite_storage import SqliteStorageConfig
from dagster._serdes import ConfigurableClassData
from dagster_shared.record import replace
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy import event as engine_event
from sqlalchemy.engine.interfaces import DBAPIConnection

BATCH_SIZE = 1000
OPEN_DATABASES = 4
BUSY_TIMEOUT_SECONDS = 60
_BATCHED_TYPES = {DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.ASSET_MATERIALIZATION_PLANNED}


class BatchedSqliteEventLogStorage(SqliteEventLogStorage):
    """Dagster's own storage, but for how it connects and how it stores a batch."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None):
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._tables_seen: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: SqliteStorageConfig
    ) -> "BatchedSqliteEventLogStorage":
        """Called by Dagster with the values of `dagster.yaml`."""
        # Dagster collects events into batches only where this is set.
        os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", str(BATCH_SIZE))
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            engine = create_engine(
                self.conn_string_for_shard(shard),
                pool_size=1,
                connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
            )
            engine_event.listen(engine, "connect", _trust_the_log)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            self._engines[shard] = engine
        self._engines.move_to_end(shard)
        if len(self._engines) > OPEN_DATABASES:
            _, oldest = self._engines.popitem(last=False)
            oldest.dispose()
        return self._engines[shard]

    def has_table(self, table_name: str) -> bool:
        """Whether the log has a table: asked for each event, at the price of another connection."""
        if table_name not in self._tables_seen and super().has_table(table_name):
            self._tables_seen.add(table_name)
        return table_name in self._tables_seen

    def dispose(self) -> None:
        """Close what is open; called by Dagster with its instance."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()

    def delete_events(self, run_id: str) -> None:
        """Delete what is known of a run, and the run's own file."""
        super().delete_events(run_id)
        engine = self._engines.pop(run_id, None)
        if engine:
            engine.dispose()
        self._initialized_dbs.discard(run_id)
        database = Path(self.path_for_shard(run_id))
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store events in their order; neighbours of one kind that concern assets go in one transaction."""
        for is_batch, group in groupby(events, key=_is_batched):
            if is_batch:
                self._store_asset_events(list(group))
            else:
                for event in group:
                    self.store_event(event)

    def _store_asset_check_evaluation_planned(self, event: EventLogEntry, event_id: int | None) -> None:
        super()._store_asset_check_evaluation_planned(_as_planned_once(event), event_id)

    def _store_asset_events(self, events: Sequence[EventLogEntry]) -> None:
        rows = [self._event_to_row(event) for event in events]
        insert = SqlEventLogStorageTable.insert()
        with self.run_connection(events[0].run_id) as connection:
            connection.execute(insert, rows)
        with self.index_transaction() as connection:
            returning = insert.returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)
            event_ids = [row[0] for row in connection.execute(returning, rows)]
            self._store_asset_event_tags(connection, events, event_ids)
            for event, event_id in _last_of_each_asset(zip(events, event_ids, strict=True)):
                self._store_asset_event(connection, event, event_id)


def _trust_the_log(connection: DBAPIConnection, _record: object) -> None:
    # With a write-ahead log a crash cannot damage the file; only power loss may take the last events.
    connection.execute("pragma synchronous = normal")


def _is_batched(event: EventLogEntry) -> bool:
    return event.is_dagster_event and event.dagster_event_type in _BATCHED_TYPES


def _as_planned_once(event: EventLogEntry) -> EventLogEntry:
    """A check planned for several partitions as one without, which is how its evaluation will come.

    Dagster plans each partition of a range and evaluates none of them: the UI shows all as skipped for ever.
    """
    planned_event = event.get_dagster_event()
    planned = planned_event.asset_check_planned_data
    if planned.partitions_subset is None or len(planned.partitions_subset) == 1:
        return event
    once = replace(planned, partitions_subset=None)
    return event._replace(dagster_event=planned_event._replace(event_specific_data=once))


def _last_of_each_asset(
    events: Iterable[tuple[EventLogEntry, int]],
) -> list[tuple[EventLogEntry, int]]:
    return list({event.get_dagster_event().asset_key: (event, number) for event, number in events}.values())
