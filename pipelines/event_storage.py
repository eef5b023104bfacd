"""Dagster's event log in SQLite, as Dagster's own class keeps it, with its files held open while an instance is.

Dagster opens the file, makes an engine and compiles its SQL anew for every statement, which costs more than all else of
a nightly. What is stored, and who can read it, is the same.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import sqlalchemy as db
from dagster import AssetKey, EventLogRecord
from dagster._core.events.log import EventLogEntry
from dagster._core.instance import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool


class OpenEventLogStorage(SqliteEventLogStorage):
    """Dagster's storage of events in SQLite, whose files stay open until `dispose`. One thread at a time uses it."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._one_at_a_time = threading.RLock()
        self._engines: dict[str, Engine] = {}
        self._in_use: dict[str, Connection] = {}
        self._true: set[str] = set()
        self._latest: dict[str, tuple[str, EventLogRecord]] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> "OpenEventLogStorage":
        """The storage of a configuration of Dagster's class."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        """A connection in a transaction; within one of the same file, that one."""
        with self._one_at_a_time:
            if shard in self._in_use:
                yield self._in_use[shard]
                return
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                self._in_use[shard] = connection
                try:
                    yield connection
                finally:
                    del self._in_use[shard]

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            self._engines[shard] = db.create_engine(
                self.conn_string_for_shard(shard),
                poolclass=StaticPool,
                # the lock sees to it that threads take turns
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
        return self._engines[shard]

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Stores events in one transaction of each file instead of two for each event."""
        with ExitStack() as transactions:
            for shard in (*sorted({event.run_id for event in events}), INDEX_SHARD_NAME):
                transactions.enter_context(self._connect(shard))
            for event in events:
                self.store_event(event)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table."""
        return self._once_true(f"table {table_name}", lambda: self._index_has(table_name))

    def has_secondary_index(self, name: str) -> bool:
        """Whether data have been migrated to what `name` names."""
        return self._once_true(f"migration {name}", lambda: super(OpenEventLogStorage, self).has_secondary_index(name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        inherited = super()._has_asset_key_col_on_connection
        return self._once_true(f"column {column_name}", lambda: inherited(conn, column_name))

    def has_asset_key_col(self, column_name: str) -> bool:
        """Whether the index's table of assets has a column."""
        inherited = super().has_asset_key_col
        return self._once_true(f"column {column_name}", lambda: inherited(column_name))

    def _get_asset_entry_values(
        self, event: EventLogEntry, event_id: int, has_asset_key_index_cols: bool
    ) -> dict[str, Any]:
        values = super()._get_asset_entry_values(event, event_id, has_asset_key_index_cols)
        key = event.dagster_event.asset_key if event.dagster_event else None
        if key and (text := values.get("last_materialization")):
            self._latest[key.to_string()] = (text, EventLogRecord(event_id, event))
        return values

    def _get_latest_materialization_records(self, raw_asset_rows: Any) -> dict[AssetKey, EventLogRecord | None]:
        """What was just stored is not read back, as long as the file holds the very same: each asset of a step asks."""
        found, others = dict[AssetKey, EventLogRecord | None](), []
        for row in raw_asset_rows:
            text, record = self._latest.get(row["asset_key"], ("", None))
            key = AssetKey.from_db_string(row["asset_key"])
            if key and record and text == row["last_materialization"] and row["asset_details"] is None:
                found[key] = record
            else:
                others.append(row)
        return found | dict(super()._get_latest_materialization_records(others)) if others else found

    def _index_has(self, table: str) -> bool:
        with self.index_connection() as connection:
            return bool(db.inspect(connection).has_table(table))

    def _once_true(self, what: str, asked: Callable[[], bool]) -> bool:
        """The answer, which is asked for until it is true: what Dagster has migrated stays so."""
        if what not in self._true and asked():
            self._true.add(what)
        return what in self._true

    def dispose(self) -> None:
        """Closes the files."""
        super().dispose()
        with self._one_at_a_time:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()


def keeping_open(reference: InstanceRef) -> InstanceRef:
    """The instance, its events in SQLite kept by `OpenEventLogStorage`; one that keeps them elsewhere, as it is."""
    stored = reference.event_storage_data
    if stored is None or stored.class_name != SqliteEventLogStorage.__name__:
        return reference
    ours = ConfigurableClassData(__name__, OpenEventLogStorage.__name__, stored.config_yaml)
    # storage_data would make all three storages anew, as Dagster's own
    return reference._replace(storage_data=None, event_storage_data=ours)
