"""Backup and restore of raw/: verified, incremental, whole while a nightly runs, and careful with what is there."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

import pipelines.operations.backup as backing
from pipelines.cli import main
from pipelines.ledger.decisions import DecisionError, read_decisions
from pipelines.ledger.register import Receipt, read_supply, take_in
from pipelines.operations.backup import back_up, restore
from pipelines.operations.backup_list import BackupError, backups_in
from pipelines.settings import Paths
from pipelines.versions import file_sha256

SOURCES = ["dwp_grants"]
DAY = date(2021, 10, 15)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "root")
    for name, text in {
        "dwp_grants/Grants.xlsx": "grants",
        "decisions.csv": "decided_on",
        "corrections/dwp_grants.csv": "workbook,sheet",
        "locked/2021-22-Q2.csv": "report_quarter",
    }.items():
        (paths.raw / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.raw / name).write_text(text)
    take_in(paths, SOURCES, DAY)
    return paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lose(paths: Paths) -> dict[str, bytes]:
    held = contents(paths.raw)
    paths.raw.rename(paths.root.with_name("lost"))
    return held


def test_everything_of_raw_comes_back(paths: Paths, folder: Path) -> None:
    done = back_up(paths, folder)
    changed = (paths.raw / "dwp_grants/Grants.xlsx").stat().st_mtime_ns
    held = lose(paths)
    assert len(held) == 6
    assert (len(done.files), done.wrong) == (6, [])
    restore(paths, folder)
    assert contents(paths.raw) == held
    assert (paths.raw / "dwp_grants/Grants.xlsx").stat().st_mtime_ns == changed
    assert read_supply(paths, SOURCES).missing == []


def test_bytes_that_are_there_are_not_copied_again(paths: Paths, folder: Path) -> None:
    first = back_up(paths, folder)
    assert first.copied == 5  # the workbook and its copy in the archive are one content
    before = {path: path.stat().st_mtime_ns for path in (folder / "contents").rglob("*") if path.is_file()}
    assert back_up(paths, folder).copied == 0
    (paths.raw / "dwp_grants" / "More.xlsx").write_text("more")
    third = back_up(paths, folder)
    assert (third.copied, third.copied_bytes) == (1, 4)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_an_earlier_backup_can_be_named(paths: Paths, folder: Path) -> None:
    first = back_up(paths, folder)
    paths.decisions.write_text("changed")
    back_up(paths, folder)
    assert backups_in(folder)[0] == first.name
    lose(paths)
    restore(paths, folder, first.name)
    assert paths.decisions.read_text() == "decided_on"
    with pytest.raises(BackupError, match="holds no backup '1999'"):
        restore(paths, folder, "1999")


def content_of(folder: Path, text: bytes) -> Path:
    [content] = [path for path in (folder / "contents").rglob("*") if path.is_file() and path.read_bytes() == text]
    return content


def damage(content: Path, how: str) -> None:
    content.unlink() if how == "removed" else content.write_bytes({"changed": b"x" * 6, "shortened": b"gr"}[how])


DAMAGES = pytest.mark.parametrize("how", ["changed", "shortened", "removed"])


@DAMAGES
def test_what_is_sound_in_a_damaged_backup_is_restored_and_the_rest_named(
    paths: Paths, folder: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(paths, folder)
    damage(content_of(folder, b"grants"), how)
    held = lose(paths)
    assert main(["restore", str(folder), "--root", str(paths.root)]) == 2
    told = capsys.readouterr()
    lost = {"dwp_grants/Grants.xlsx", *(name for name in held if name.startswith("archive/"))}
    assert contents(paths.raw) == {name: text for name, text in held.items() if name not in lost}
    assert " IN PART from the backup " in told.out
    assert "4 of 6 files; those have their hashes" in told.out
    assert "every hash verified" not in told.out
    assert "Register, decisions, corrections and locks are whole. `neighbourhoods doctor --deep`" in told.err
    for name in lost:
        assert f"NOT restored: raw/{name}: its content is damaged or missing in {folder}\n" in told.err
    assert f"`neighbourhoods restore {folder} --backup NAME --root ELSEWHERE`" in told.err


def test_damaged_text_of_which_another_backup_holds_a_state_names_that_backup(
    paths: Paths, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = back_up(paths, folder)
    paths.decisions.write_text("later")
    back_up(paths, folder)
    damage(content_of(folder, b"later"), "changed")
    lose(paths)
    assert main(["restore", str(folder), "--root", str(paths.root)]) == 2
    assert "Nothing is published until raw/decisions.csv is back." in capsys.readouterr().err
    [lost] = restore(paths, folder, replace=True).lost
    assert lost.endswith(f"damaged or missing in {folder}; the backup {first.name} holds it as it was then")
    with pytest.raises(DecisionError, match="line 1: expected the columns"):  # nothing is published without it
        read_decisions(paths.decisions)
    assert "raw/decisions.csv was damaged in the backup" in paths.decisions.read_text()


@DAMAGES
def test_what_is_damaged_in_the_backup_is_taken_from_raw_where_it_is_sound(
    paths: Paths, folder: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(paths, folder)
    held = contents(paths.raw)
    (paths.raw / "dwp_grants" / "Grants.xlsx").unlink()  # its bytes are in the archive still
    damage(content_of(folder, b"grants"), how)
    assert main(["restore", str(folder), "--replace", "--root", str(paths.root)]) == 2
    assert "taken from what lay in raw/: raw/dwp_grants/Grants.xlsx" in capsys.readouterr().out
    assert contents(paths.raw) == held


def test_backup_with_nothing_sound_restores_nothing(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    (folder / "contents").rename(folder / "elsewhere")
    lose(paths)
    with pytest.raises(BackupError, match="nothing was restored: all 6 files of the backup"):
        restore(paths, folder)
    assert not paths.raw.exists()


@DAMAGES
def test_damaged_content_is_healed_by_the_next_backup_and_told(paths: Paths, folder: Path, how: str) -> None:
    back_up(paths, folder)
    content = content_of(folder, b"grants")
    damage(content, how)
    done = back_up(paths, folder)
    assert content.read_bytes() == b"grants"
    assert done.copied == 1
    [said] = done.wrong if how != "removed" else ["was damaged, and was made anew"]
    assert "was damaged, and was made anew" in said
    assert back_up(paths, folder).wrong == []


def test_damaged_content_that_raw_no_longer_holds_is_told_by_every_backup(paths: Paths, folder: Path) -> None:
    first = back_up(paths, folder)
    content = content_of(folder, b"decided_on")
    damage(content, "changed")
    paths.decisions.write_text("later")
    for _ in range(2):
        [said] = back_up(paths, folder).wrong
        assert said.startswith(f"raw/decisions.csv of the backup {first.name} is damaged or missing in {folder}")
        assert said.endswith(f"bring contents/{content.parent.name}/{content.name} back from a copy of that folder")


@pytest.mark.parametrize(
    "text",
    ["", "[{", "{}x", "{}", "[]", "null", "[1]", '[{"path": "a", "sha256": "../../x", "size": 1, "changed_ns": 1}]'],
)
def test_list_that_cannot_be_read_is_named_with_the_one_before_it_that_can(
    paths: Paths, folder: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = (back_up(paths, folder).name for _ in range(3))
    for name in (second, third):
        (folder / "backups" / f"{name}.json").write_text(text)
    assert len(back_up(paths, folder).wrong) == 2
    lose(paths)
    root = ["--root", str(paths.root)]
    assert main(["restore", str(folder), "--backup", third, *root]) == 1
    told = capsys.readouterr().err
    assert f"the list {folder / 'backups' / f'{third}.json'} is damaged" in told
    assert told.endswith(f"--backup {first}\n")
    assert not paths.raw.exists()
    assert main(["restore", str(folder), "--backup", first, *root]) == 0


@pytest.mark.parametrize("line", ["dwp_grants,Grants.xlsx,tooshort,2021-10-15", "nonsense", "a" * 200_000 + ",b,c,d"])
def test_backup_is_made_of_a_register_that_cannot_be_read(
    paths: Paths, folder: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with paths.register.open("a") as register:
        register.write(f"{line}\n")
    assert main(["backup", str(folder), "--root", str(paths.root)]) == 2
    assert "the register cannot be read" in (told := capsys.readouterr().out)
    assert "raw/received.csv, line 3" in told
    held = lose(paths)
    restore(paths, folder)
    assert contents(paths.raw) == held


def test_backup_without_a_register_says_so(paths: Paths, folder: Path) -> None:
    paths.register.unlink()
    assert back_up(paths, folder).wrong == [
        "raw/received.csv, the register, is not there, while the archive holds files"
    ]


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_backup_onto_a_file_is_refused_plainly(
    paths: Paths, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    assert main(["backup", str(tmp_path / place), "--root", str(paths.root)]) == 1
    told = capsys.readouterr().err
    assert f"nothing was backed up: {tmp_path / place} cannot be written to ({tmp_path / 'file'} is a file)" in told
    assert (tmp_path / "file").read_text() == "mine"


def test_backup_to_an_unwritable_place_is_refused_plainly(
    paths: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: object) -> None:  # root may always, so that what a user may is said here
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(backing.tempfile, "TemporaryFile", denied)  # type: ignore[attr-defined]
    with pytest.raises(BackupError, match=r"cannot be written to \(permission denied\); name a folder"):
        back_up(paths, folder)


def test_backups_of_the_hour_that_comes_twice_are_in_order(
    paths: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Mock(wraps=datetime)
    monkeypatch.setattr("pipelines.moments.datetime", clock)
    names = []
    for minute in (45, 75):  # 01:45 in London, and half an hour later 01:15
        clock.now.return_value = datetime(2021, 10, 31, 0, 0, tzinfo=UTC) + timedelta(minutes=minute)
        names.append(back_up(paths, folder).name)
    old = "20210701T100000000000"  # from before names were in UTC
    (folder / "backups" / f"{old}.json").write_text((folder / "backups" / f"{names[0]}.json").read_text())
    assert backups_in(folder) == [old, *names]


def test_raw_that_holds_something_is_left_alone_or_moved_aside(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    held = contents(paths.raw)
    paths.decisions.write_text("later work")
    later = contents(paths.raw)
    with pytest.raises(BackupError, match="is not empty; with --replace it is moved aside"):
        restore(paths, folder)
    assert contents(paths.raw) == later
    aside = restore(paths, folder, replace=True).aside
    assert contents(paths.raw) == held
    assert aside is not None
    assert contents(aside) == later


def test_empty_raw_such_as_a_mounted_volume_is_filled(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    held = lose(paths)
    paths.raw.mkdir()
    volume = paths.raw.stat().st_ino
    restore(paths, folder)
    assert contents(paths.raw) == held
    assert paths.raw.stat().st_ino == volume


def test_workbook_taken_in_meanwhile_leaves_the_backup_consistent(
    paths: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = backing._keep
    taken: list[Receipt] = []

    def take_in_after_the_register(path: Path, *rest: object) -> object:
        kept = keep(path, *rest)  # type: ignore[arg-type]
        if path == paths.register and not taken:
            (paths.raw / "dwp_grants" / "More.xlsx").write_text("more")
            taken.extend(take_in(paths, SOURCES, DAY))
        return kept

    monkeypatch.setattr(backing, "_keep", take_in_after_the_register)
    done = back_up(paths, folder)
    assert (len(taken), done.wrong) == (1, [])
    lose(paths)
    restore(paths, folder)
    assert read_supply(paths, SOURCES).missing == []
    # what the register did not list yet is simply new again
    assert [receipt.workbook for receipt in take_in(paths, SOURCES, DAY)] == ["More.xlsx"]


def test_file_that_changes_or_goes_while_it_is_copied_is_told(
    paths: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = file_sha256

    def still_growing(path: Path) -> str:
        sha256 = hashed(path)
        if path.name == "Grants.xlsx":
            path.write_text("grants and more")
        return sha256

    monkeypatch.setattr(backing, "file_sha256", still_growing)
    done = back_up(paths, folder)
    assert done.wrong == ["raw/dwp_grants/Grants.xlsx changed while it was copied; the next backup takes it"]
    assert "dwp_grants/Grants.xlsx" not in {each.path for each in done.files}


def test_damaged_and_missing_archive_are_told_and_what_was_kept_stays(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    (paths.raw / "dwp_grants" / "Grants.xlsx").unlink()
    [archived] = paths.archive.iterdir()
    archived.write_text("grant5")
    first, second = back_up(paths, folder).wrong
    assert "is damaged: its bytes are no longer those" in first
    assert second == "dwp_grants/Grants.xlsx: the register lists bytes that are nowhere"
    assert b"grants" in contents(folder).values()


@pytest.mark.parametrize("inside", ["raw/backups", "warehouse/backups"])
def test_backup_into_what_is_backed_up_or_may_be_deleted_is_refused(paths: Paths, inside: str) -> None:
    with pytest.raises(BackupError, match="name a folder elsewhere"):
        back_up(paths, paths.root / inside)


def test_full_disk_while_restoring_leaves_nothing_behind(
    paths: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(paths, folder)
    lose(paths)

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing, "_copied_sha256", full)
    assert main(["restore", str(folder), "--root", str(paths.root)]) == 1
    assert f"the disk of {paths.root} is full. Make room there" in capsys.readouterr().err
    assert [path.name for path in paths.root.iterdir()] == ["warehouse"]


@pytest.mark.parametrize("place", ["_copied_sha256", "tempfile.TemporaryFile"])
def test_full_disk_of_the_backups_is_named(
    paths: Paths, folder: Path, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"pipelines.operations.backup.{place}", full)
    assert main(["backup", str(folder), "--root", str(paths.root)]) == 1
    assert f"the disk of {folder} is full. Make room there" in capsys.readouterr().err


def list_of(folder: Path) -> Path:
    return folder / "backups" / f"{backups_in(folder)[-1]}.json"


def old_form(listed: Path, files: list[dict[str, object]]) -> None:
    listed.write_text(json.dumps(files))


def test_list_that_names_files_outside_raw_is_refused(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    files = json.loads(list_of(folder).read_text())["files"]
    old_form(list_of(folder), [files[0], files[1] | {"path": "../decisions.csv"}])
    lose(paths)
    with pytest.raises(BackupError, match="names files outside raw/"):
        restore(paths, folder)


@pytest.mark.parametrize("count", [0, 6])
def test_list_from_which_a_file_was_deleted_restores_nothing(paths: Paths, folder: Path, count: int) -> None:
    back_up(paths, folder)
    held = contents(paths.raw)
    sealed = json.loads(list_of(folder).read_text())
    list_of(folder).write_text(json.dumps(sealed | {"count": count, "files": sealed["files"][:-1]}))
    with pytest.raises(BackupError, match="it is not what the backup wrote"):
        restore(paths, folder, replace=True)
    assert contents(paths.raw) == held
    assert [path.name for path in paths.root.iterdir() if path.name.startswith("raw")] == ["raw"]


def test_list_of_the_old_form_is_read_but_not_without_the_register(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    files = json.loads(list_of(folder).read_text())["files"]
    held = contents(paths.raw)
    old_form(list_of(folder), [each for each in files if each["path"] != "received.csv"])
    with pytest.raises(BackupError, match=r"damaged: it does not name the register, received\.csv"):
        restore(paths, folder, replace=True)
    old_form(list_of(folder), files)
    assert lose(paths) == held
    assert restore(paths, folder).files == 6
    assert contents(paths.raw) == held


def test_what_was_supplied_before_the_first_nightly_comes_back(tmp_path: Path, folder: Path) -> None:
    paths = Paths(tmp_path / "root")
    paths.raw.mkdir(parents=True)
    with pytest.raises(BackupError, match="holds no file: there is nothing to back up"):
        back_up(paths, folder)
    (paths.raw / "grants.xlsx").write_text("grants")
    back_up(paths, folder)
    assert restore(paths, folder, replace=True).files == 1


def test_commands_say_what_was_done(paths: Paths, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(paths.root)]
    assert main(["backup", str(folder), *root]) == 0
    assert "6 files" in capsys.readouterr().out
    assert main(["restore", str(folder), *root]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert main(["restore", str(folder), "--replace", *root]) == 0
    assert "every hash verified" in capsys.readouterr().out
    paths.decisions.unlink()
    (paths.archive / "x.csv").write_text("x")
    assert main(["backup", str(folder), *root]) == 2
    assert "is damaged" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["backup", ""],
        ["backup", ".", "--root", ""],
        ["restore", "", "--replace"],
        ["restore", ".", "--replace", "--backup", " "],
    ],
)
def test_empty_names_are_refused(
    paths: Paths,
    folder: Path,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    back_up(paths, folder)
    monkeypatch.chdir(folder)
    held, before = contents(paths.root), contents(folder)
    with pytest.raises(SystemExit, match="64"):
        main([arguments[0], "--root", str(paths.root), *arguments[1:]])
    assert " is empty; " in capsys.readouterr().err
    assert (contents(paths.root), contents(folder)) == (held, before)
