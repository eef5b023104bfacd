"""Events kept in SQLite files that stay open: the same events as Dagster's own class keeps, read by it."""

from collections import Counter
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events.log import EventLogEntry
from dagster._core.instance import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.dagster_home import dagster_instance
from pipelines.event_storage import OpenEventLogStorage, keeping_open
from pipelines.settings import Paths


@dg.asset(code_version="1")
def first() -> dg.MaterializeResult[None]:
    """An asset."""
    return dg.MaterializeResult(metadata={"rows": 3})


@dg.asset(deps=[first], check_specs=[dg.AssetCheckSpec("kept", asset="second")])
def second():  # type: ignore[no-untyped-def]  # Dagster reads two outputs from an annotation
    """An asset made of the other, and checked."""
    return dg.MaterializeResult(check_results=[dg.AssetCheckResult(check_name="kept", passed=True)])


def materialised(instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    return dg.materialize([first, second], instance=instance)


def said(instance: dg.DagsterInstance, run_id: str) -> Counter[tuple[str, str]]:
    return Counter(
        (event.dagster_event.event_type_value if event.dagster_event else "", event.step_key or "")
        for event in instance.all_logs(run_id)
    )


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    monkeypatch.setenv("DAGSTER_EVENT_BATCH_SIZE", "1000")
    return Paths(tmp_path)


def test_dagsters_own_storage_reads_what_was_kept(paths: Paths, tmp_path: Path) -> None:
    with dagster_instance(paths) as instance:
        assert isinstance(instance.event_log_storage, OpenEventLogStorage)
        run_id = materialised(instance).run_id
        here = said(instance, run_id)
    (tmp_path / "other").mkdir()
    with dg.DagsterInstance.from_config(str(tmp_path / "other")) as other:
        assert here == said(other, materialised(other).run_id)
    with dg.DagsterInstance.from_config(str(tmp_path / "dagster")) as instance:
        assert type(instance.event_log_storage) is SqliteEventLogStorage
        assert said(instance, run_id) == here
        event = instance.get_latest_materialization_event(second.key)
        assert event is not None and event.asset_materialization is not None
        made_of = instance.get_latest_materialization_event(first.key)
        assert made_of is not None and made_of.asset_materialization is not None
        version = (made_of.asset_materialization.tags or {})["dagster/data_version"]
        assert (event.asset_materialization.tags or {})["dagster/input_data_version/first"] == version
        [check] = instance.event_log_storage.get_asset_check_execution_history(
            dg.AssetCheckKey(second.key, "kept"), limit=5
        )
        assert check.status.value == "SUCCEEDED"


def test_batch_is_stored_whole_or_not_at_all(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with dagster_instance(paths) as instance:
        run_id = materialised(instance).run_id
        storage = instance.event_log_storage
        before, latest = said(instance, run_id), instance.get_latest_materialization_event(second.key)
        events = [event for event in instance.all_logs(run_id) if event.get_dagster_event().is_step_materialization]
        stored: list[EventLogEntry] = []

        def stops_after_all_but_one(event: EventLogEntry) -> None:
            if len(stored) == len(events) - 1:
                raise OSError("No space left on device")
            stored.append(event)
            SqliteEventLogStorage.store_event(storage, event)  # type: ignore[arg-type]

        monkeypatch.setattr(storage, "store_event", stops_after_all_but_one)
        with pytest.raises(OSError, match="No space left"):
            storage.store_event_batch(events)
        monkeypatch.undo()
        assert said(instance, run_id) == before
        assert instance.get_latest_materialization_event(second.key) == latest
        storage.store_event_batch(events)
        assert said(instance, run_id).total() == before.total() + len(events)


def test_what_others_store_and_wipe_is_seen(paths: Paths, tmp_path: Path) -> None:
    with dagster_instance(paths) as instance:
        materialised(instance)
        with dg.DagsterInstance.from_config(str(tmp_path / "dagster")) as another:
            later = materialised(another).run_id
        latest = instance.get_latest_materialization_event(second.key)
        assert latest is not None and latest.run_id == later
        own = materialised(instance).run_id
        latest = instance.get_latest_materialization_event(second.key)
        assert latest is not None and latest.run_id == own
        with dg.DagsterInstance.from_config(str(tmp_path / "dagster")) as another:
            assert another.get_latest_materialization_event(second.key) == latest
            another.wipe_assets([second.key])
        assert instance.get_latest_materialization_event(second.key) is None
        assert instance.get_latest_materialization_event(first.key) is not None


def test_files_are_closed_with_the_instance(paths: Paths, tmp_path: Path) -> None:
    with dagster_instance(paths) as instance:
        materialised(instance)
    assert list((tmp_path / "dagster" / "history" / "runs").glob("*-wal")) == []


def test_storage_elsewhere_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text(
        "event_log_storage:\n  module: dagster._core.storage.event_log\n  class: ConsolidatedSqliteEventLogStorage\n"
        f"  config:\n    base_dir: {tmp_path}\n",
        encoding="utf-8",
    )
    reference = InstanceRef.from_dir(str(tmp_path))
    assert keeping_open(reference) is reference


def test_sqlite_in_a_folder_of_its_own_stays_there(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text(f"storage:\n  sqlite:\n    base_dir: {tmp_path / 'own'}\n", encoding="utf-8")
    with dg.DagsterInstance.from_ref(keeping_open(InstanceRef.from_dir(str(tmp_path)))) as instance:
        run_id = materialised(instance).run_id
        assert isinstance(instance.event_log_storage, OpenEventLogStorage)
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert instance.has_run(run_id)
        assert said(instance, run_id)
    assert not (tmp_path / "history").exists()
