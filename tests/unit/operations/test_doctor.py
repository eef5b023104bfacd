"""The doctor names each bad state that can be made, and what to do about it."""

import fcntl
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest

from assets.sources import all_sources
from pipelines.instance import InstanceState, LastRun, read_instance
from pipelines.ledger.register import LOCAL_TIME, take_in
from pipelines.operations import doctor, doctor_data
from pipelines.operations.doctor import BAD, LOOK, OK, Examination, Line, Patient, as_text, examine
from pipelines.operations.kept_versions import roll_back
from pipelines.operations.living_runs import hold, let_go
from pipelines.settings import Paths
from pipelines.warehouse.publish import point_at
from tests.small_versions import publish_small

NOW = datetime(2021, 11, 20, 12, 0, tzinfo=LOCAL_TIME)
ALIVE = {"SCHEDULER": NOW - timedelta(minutes=1), "SENSOR": None}


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    """An installation with one workbook taken in and one version published."""
    paths = Paths(tmp_path)
    folder = paths.raw / "dwp_grants"
    folder.mkdir(parents=True)
    (folder / "Grants.xlsx").write_text("grants")
    take_in(paths, ["dwp_grants"], date(2021, 10, 15))
    publish_small(paths, 1)
    ran = LastRun("last", "SUCCESS", NOW - timedelta(hours=9), NOW - timedelta(hours=9) + timedelta(seconds=31))
    instance = InstanceState(
        tmp_path / "dagster", exists=True, assets=200, automations={"nightly_at_0230": True}, heartbeats=dict(ALIVE),
        last_nightly=ran,
    )  # fmt: skip
    return Patient(paths, all_sources, instance, NOW)


def told(patient: Patient, examination: Examination) -> list[tuple[str, str]]:
    lines = examine(patient, [("subject", examination)])
    assert all(line.advice for line in lines if line.state != OK)
    return [(line.state, line.said) for line in lines]


def states(patient: Patient, examination: Examination) -> list[str]:
    return [state for state, _ in told(patient, examination)]


def test_all_is_well(patient: Patient) -> None:
    examinations = [doctor.code, doctor.dagster, doctor.nightly, doctor_data.ledger, doctor_data.decided,
                    doctor_data.published, doctor_data.versions, doctor.runs, doctor.permissions,
                    doctor.locks]  # fmt: skip
    for examination in examinations:
        assert set(states(patient, examination)) == {OK}, examination
    assert told(patient, doctor.nightly) == [(OK, "success, started 20/11/2021 03:00, took 31 s")]


Change = Callable[[InstanceState], None]


def _set(**values: object) -> Change:
    def change(state: InstanceState) -> None:
        for name, value in values.items():
            setattr(state, name, value)

    return change


@pytest.mark.parametrize(("examination", "change", "state", "said"), [
    pytest.param(doctor.code, _set(code_error="ModelError: x.sql"), BAD, "does not load: ModelError", id="code_broken"),
    pytest.param(doctor.dagster, _set(exists=False), LOOK, "there is no instance in", id="no_instance"),
    pytest.param(doctor.dagster, _set(fault="not a db", is_damaged=True), BAD, "be used: not a db", id="damaged"),
    pytest.param(doctor.dagster, _set(fault="no answer"), BAD, "cannot be used: no answer", id="storage_out_of_reach"),
    pytest.param(doctor.dagster, _set(automations={"nightly": False}), LOOK, "nightly is off", id="schedule_off"),
    pytest.param(doctor.dagster, _set(heartbeats={"SCHEDULER": None}), LOOK, "has never run", id="daemon_never_ran"),
    pytest.param(doctor.dagster, _set(heartbeats={"SENSOR": NOW - timedelta(minutes=6)}), BAD,
                 "last sign of life 20/11/2021 11:54", id="daemon_dead"),
    pytest.param(doctor.dagster, _set(daemon_errors=["boom\nmore"]), LOOK, "told an error: boom", id="daemon_moans"),
    pytest.param(doctor.runs, _set(unfinished=[("0123456789", NOW - timedelta(hours=2))]), LOOK,
                 "run 01234567 counts as running since 20/11/2021 10:00, but it died", id="orphan"),
    pytest.param(doctor.nightly, _set(last_nightly=None), LOOK, "has not run", id="no_nightly"),
    pytest.param(doctor.nightly, _set(last_nightly=LastRun("last", "FAILURE", NOW, NOW)), BAD, "failure",
                 id="nightly_failed"),
    pytest.param(doctor.nightly, _set(last_nightly=LastRun("last", "STARTED", NOW - timedelta(hours=2), None)), BAD,
                 "it died", id="nightly_died"),
    pytest.param(doctor.nightly, _set(last_nightly=LastRun("last", "SUCCESS", NOW - timedelta(hours=27), NOW)), BAD,
                 "started 19/11/2021 09:00", id="nightly_missed"),
    pytest.param(doctor.nightly, _set(last_nightly=LastRun("last", "SUCCESS", NOW - timedelta(hours=27), NOW),
                                      automations={"nightly_at_0230": False}), LOOK,
                 "started 19/11/2021 09:00", id="nightly_not_wanted"),
])  # fmt: skip
def test_what_dagster_says(patient: Patient, examination: Examination, change: Change, state: str, said: str) -> None:
    change(patient.instance)
    [found] = [text for each, text in told(patient, examination) if each == state]
    assert said in found


def test_run_that_is_at_work_is_no_orphan(patient: Patient) -> None:
    patient.instance.unfinished = [("0123456789", NOW - timedelta(minutes=5))]
    patient.instance.last_nightly = LastRun("0123456789", "STARTED", NOW - timedelta(minutes=5), None)
    assert set(states(patient, doctor.runs) + states(patient, doctor.nightly)) == {OK}


def test_run_at_work_is_told_with_since_when_and_one_that_was_killed_at_once(patient: Patient) -> None:
    began = NOW - timedelta(minutes=5)
    patient.instance.unfinished = [("0123456789", began)]
    patient.instance.last_nightly = LastRun("0123456789", "STARTED", began, None)
    hold(patient.paths, "0123456789")
    os.utime(patient.paths.warehouse / ".runs" / "0123456789.lock", (began.timestamp(),) * 2)
    with (patient.paths.warehouse / ".publish.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert told(patient, doctor.runs) == [(OK, "run 01234567 is at work since 20/11/2021 11:55")]
        assert told(patient, doctor.nightly) == [(OK, "at work, started 20/11/2021 11:55")]
        assert told(patient, doctor.locks) == [(OK, "held by the run at work: .publish.lock")]
    let_go(patient.paths, "0123456789")
    died = "it died: its process was killed, or the machine went down"
    assert told(patient, doctor.runs) == [
        (LOOK, f"run 01234567 counts as running since 20/11/2021 11:55, but {died}"), (OK, "none is at work")
    ]  # fmt: skip
    assert told(patient, doctor.nightly) == [(BAD, f"did not end, started 20/11/2021 11:55: {died}")]
    patient.instance.unfinished = []
    assert told(patient, doctor.runs) == [(OK, "none is at work")], "it ended in order"


def test_no_raw(patient: Patient) -> None:
    patient.paths.raw.rename(patient.paths.root / "elsewhere")
    assert states(patient, doctor_data.ledger) == [BAD]


def test_register_that_cannot_be_read(patient: Patient) -> None:
    patient.paths.register.write_text("source;workbook\n")
    [(state, said)] = told(patient, doctor_data.ledger)
    assert (state, "expected the columns source, workbook" in said) == (BAD, True)


def test_archive_without_a_register(patient: Patient) -> None:
    patient.paths.register.unlink()
    [line] = examine(patient, [("subject", doctor_data.ledger)])
    assert (line.state, line.said.startswith("the archive holds 1 files, and there is no register")) == (BAD, True)
    assert "neighbourhoods restore FOLDER --replace" in line.advice
    [archived] = patient.paths.archive.iterdir()
    archived.unlink()
    assert set(states(patient, doctor_data.ledger)) == {OK}, "nothing was ever taken in"


def test_archived_bytes_that_are_nowhere_and_those_that_changed(patient: Patient) -> None:
    [archived] = patient.paths.archive.iterdir()
    archived.write_text("grant5")
    assert (BAD, f"1 of 1 archived files are not what they were: {archived.stem}") in told(patient, doctor_data.ledger)
    archived.unlink()
    (patient.paths.raw / "dwp_grants" / "Grants.xlsx").write_text("other bytes")
    first, _ = told(patient, doctor_data.ledger)
    assert first == (BAD, f"the bytes of 1 files of the register are nowhere: {archived.stem}")


def test_fresh_clone_has_its_bytes_in_raw_and_not_yet_in_the_archive(patient: Patient) -> None:
    [archived] = patient.paths.archive.iterdir()
    archived.unlink()
    assert told(patient, doctor_data.ledger) == [
        (LOOK, "1 files of the register lie in raw/ and are not archived yet"),
        (OK, "0 files, 0 of them hashed and sound"),
    ]


def test_some_archived_files_are_hashed_or_all(patient: Patient) -> None:
    for number in range(12):
        (patient.paths.raw / "dwp_grants" / f"{number}.xlsx").write_text(str(number))
    take_in(patient.paths, ["dwp_grants"], date(2021, 10, 15))
    assert (OK, "13 files, 10 of them hashed and sound") in told(patient, doctor_data.ledger)
    deep = Patient(patient.paths, patient.sources, patient.instance, NOW, deep=True)
    assert (OK, "13 files, all hashed and sound") in told(deep, doctor_data.ledger)


@pytest.mark.parametrize("name", ["decisions.csv", "corrections/dwp_grants.csv"])
def test_decisions_and_corrections_that_cannot_be_read(patient: Patient, name: str) -> None:
    (patient.paths.raw / name).parent.mkdir(exist_ok=True)
    (patient.paths.raw / name).write_text("nonsense\n1\n")
    assert states(patient, doctor_data.decided) == [BAD]


def test_nothing_published(patient: Patient) -> None:
    patient.paths.current.unlink()
    [(state, said)] = told(patient, doctor_data.published)
    assert (state, said.startswith("none of the 1 kept versions is current: the link")) == (BAD, True)
    patient.paths.versions.rename(patient.paths.root / "elsewhere")
    assert told(patient, doctor_data.published) == [(BAD, "nothing is published")]
    assert told(patient, doctor_data.up_to_date) == []


def test_published_file_that_somebody_wrote_to_and_one_that_does_not_open(patient: Patient) -> None:
    published = patient.paths.published
    published.chmod(0o644)
    published.write_bytes(b"no database, and of another size")
    assert told(patient, doctor_data.published) == [(BAD, "somebody has written to the published file")]
    published.with_name("seal.json").unlink()
    [(state, said)] = told(patient, doctor_data.published)
    assert (state, said.startswith("the published file cannot be read")) == (BAD, True)


def test_inputs_that_changed_and_reports_of_another_version(patient: Patient) -> None:
    assert told(patient, doctor_data.up_to_date) == [
        (LOOK, "raw/ or the code have changed since"),
        (LOOK, "are not those of the published version"),
    ]


def test_rollback_is_told_with_who_and_why(patient: Patient) -> None:
    publish_small(patient.paths, 2)
    roll_back(patient.paths, who="A. Officer", why="Wrong totals.")
    [(state, said), *_] = told(patient, doctor_data.up_to_date)
    assert state == LOOK
    assert "by A. Officer from" in said
    assert said.endswith("Wrong totals.")
    assert "last rolled back on" in told(patient, doctor_data.versions)[-1][1]


def test_earlier_version_that_somebody_wrote_to(patient: Patient) -> None:
    spoiled = patient.paths.published.resolve()
    publish_small(patient.paths, 2)
    spoiled.with_name(f"{spoiled.name}.wal").write_bytes(b"left")
    assert states(patient, doctor_data.versions) == [LOOK, OK]


def test_what_is_no_version_and_a_damaged_record_are_named(patient: Patient) -> None:
    (patient.paths.versions / "notes.txt").write_text("mine")
    patient.paths.rollbacks.write_text("{")
    assert states(patient, doctor_data.versions) == [LOOK, BAD, OK]
    assert states(patient, doctor_data.published) == [OK]
    point_at(patient.paths.current, patient.paths.root / "elsewhere")
    (patient.paths.versions / "elsewhere").mkdir()
    patient.paths.published.write_bytes(b"mine")
    assert BAD in states(patient, doctor_data.published)


@pytest.mark.parametrize(("free", "state"), [(199_999_999, BAD), (200_000_000, LOOK), (1_000_000_000, OK)])
def test_disk(patient: Patient, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))  # type: ignore[attr-defined]
    assert states(patient, doctor.disk) == [state]


def test_permissions(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    patient.paths.published.chmod(0o644)
    assert states(patient, doctor.permissions) == [OK, LOOK]
    # root may always, so that what a user may is said here
    monkeypatch.setattr(os, "access", lambda path, _: path != patient.paths.archive)
    assert told(patient, doctor.permissions)[0] == (BAD, f"may not write {patient.paths.archive}")


def test_permissions_of_the_root_and_of_what_a_nightly_run_as_root_left(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = patient.paths.root / ".cache" / "dagster.lock"
    lock.parent.mkdir()
    lock.touch()
    patient.instance.home.mkdir()
    refused = [patient.paths.root, lock, patient.instance.home]
    monkeypatch.setattr(os, "access", lambda path, _: path not in refused)
    [(state, said)] = told(patient, doctor.permissions)
    assert state == BAD
    assert all(str(path) in said.removeprefix("may not write ").split(", ") for path in refused)
    patient.instance.keeps_files = False
    [(_, said)] = told(patient, doctor.permissions)
    assert str(patient.instance.home) not in said, "settings that come with the code are only read"


def test_lock_that_is_held(patient: Patient) -> None:
    with (patient.paths.warehouse / ".publish.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert told(patient, doctor.locks) == [(LOOK, "held right now: .publish.lock")]
    assert told(patient, doctor.locks) == [(OK, "none held")]


def test_logs(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEIGHBOURHOODS_RUN_LOGS", raising=False)
    assert states(patient, doctor.logs) == [LOOK]
    folder = patient.instance.home / "run_logs"
    folder.mkdir(parents=True)
    (folder / "1.jsonl").write_text("{}\n")
    assert states(patient, doctor.logs) == [OK]
    monkeypatch.setenv("NEIGHBOURHOODS_RUN_LOGS", "off")
    assert told(patient, doctor.logs) == [(OK, "of runs are switched off")]


def test_text_fits_a_screen_and_says_what_to_do() -> None:
    lines = [Line(OK, "ledger", "well " * 40), Line(BAD, "permissions", "ill", "do " * 60)]
    text = as_text(lines)
    assert max(len(line) for line in text.splitlines()) <= 100
    assert text.splitlines()[0].startswith("ok    ledger       well")
    assert "-> do do" in text
    assert text.endswith("1 ok, 0 look, 1 bad")


def test_instance_is_read_as_the_daemon_and_runs_leave_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dagster._daemon.types import DaemonHeartbeat

    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert not read_instance(Paths(tmp_path)).exists
    (tmp_path / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        instance.add_daemon_heartbeat(DaemonHeartbeat(NOW.timestamp(), "SCHEDULER", "id", []))
        instance.create_run_for_job(dg.job(name="nightly")(lambda: None), status=dg.DagsterRunStatus.STARTED)
    state = read_instance(Paths(tmp_path))
    assert (state.fault, state.code_error, state.exists) == ("", "", True)
    assert state.heartbeats["SCHEDULER"] == NOW
    assert state.automations[doctor.NIGHTLY_SCHEDULE]
    assert state.last_nightly is not None
    assert state.last_nightly.outcome == "STARTED"
    assert len(state.unfinished) == 1

    for path in tmp_path.rglob("*.db"):
        path.write_bytes(b"no database" * 100)
    assert read_instance(Paths(tmp_path)).is_damaged
