"""Backup and restore of raw/: verified, incremental, whole while a nightly runs, and careful with what is there."""

from datetime import date
from pathlib import Path

import pytest

import pipelines.operations.backup as backing
from pipelines.cli import main
from pipelines.ledger.register import Receipt, read_supply, take_in
from pipelines.operations.backup import BackupError, back_up, backups_in, restore
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


@pytest.mark.parametrize("damage", ["changed", "shortened", "removed"])
def test_damaged_backup_restores_nothing(paths: Paths, folder: Path, damage: str) -> None:
    back_up(paths, folder)
    [content] = [path for path in (folder / "contents").rglob("*") if path.is_file() and path.read_bytes() == b"grants"]
    if damage == "removed":
        content.unlink()
    else:
        content.write_bytes(b"Grants" if damage == "changed" else b"grant")
    lose(paths)
    with pytest.raises(BackupError, match=r"nothing was restored: 2 of the 6 files .* damaged or missing"):
        restore(paths, folder)
    assert not paths.raw.exists()


def test_content_left_short_by_a_full_disk_is_copied_anew(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    [content] = [path for path in (folder / "contents").rglob("*") if path.is_file() and path.read_bytes() == b"grants"]
    content.write_bytes(b"")
    assert back_up(paths, folder).copied == 1
    held = lose(paths)
    restore(paths, folder)
    assert contents(paths.raw) == held


def test_raw_that_holds_something_is_left_alone_or_moved_aside(paths: Paths, folder: Path) -> None:
    back_up(paths, folder)
    held = contents(paths.raw)
    paths.decisions.write_text("later work")
    later = contents(paths.raw)
    with pytest.raises(BackupError, match="is not empty; with --replace it is moved aside"):
        restore(paths, folder)
    assert contents(paths.raw) == later
    _, aside = restore(paths, folder, replace=True)
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
    assert "No space left on device" in capsys.readouterr().err
    assert [path.name for path in paths.root.iterdir()] == ["warehouse"]


def test_list_that_names_files_outside_raw_is_refused(paths: Paths, folder: Path) -> None:
    done = back_up(paths, folder)
    listed = folder / "backups" / f"{done.name}.json"
    listed.write_text(listed.read_text().replace("decisions.csv", "../decisions.csv"))
    lose(paths)
    with pytest.raises(BackupError, match="names files outside raw/"):
        restore(paths, folder)


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
