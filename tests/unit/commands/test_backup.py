"""`backup` and `restore` of an installation of several councils: each of them, and what they share."""

import shutil
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.ledger.register import take_in, today
from pipelines.settings import Paths

PARTS = ("authorities/bury", "authorities/tameside", "shared")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for part in PARTS:
        file = tmp_path / "root" / part / "raw" / "dwp_grants" / "Grants.xlsx"
        file.parent.mkdir(parents=True)
        file.write_text(f"grants of {part}")
        take_in(Paths(tmp_path / "root" / part), ["dwp_grants"], today())
    return tmp_path / "root"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def held(root: Path) -> dict[str, bytes]:
    files = (path for part in PARTS for path in (root / part / "raw").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_all_councils_and_what_they_share_come_back(
    root: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = held(root)
    assert {name.partition("/raw/")[0] for name in before} == set(PARTS)
    assert main(["backup", str(folder), "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert [part for part in PARTS if f"\n{part}\n" in said] == list(PARTS)
    shutil.rmtree(root)
    assert main(["restore", str(folder), "--root", str(root)]) == 0
    assert held(root) == before


def test_one_council_comes_back_alone(root: Path, folder: Path) -> None:
    assert main(["backup", str(folder), "--root", str(root)]) == 0
    lost, other = (root / part / "raw" / "dwp_grants" / "Grants.xlsx" for part in PARTS[:2])
    shutil.rmtree(lost.parent.parent)
    other.write_text("newer")
    assert main(["restore", str(folder), "--root", str(root), "--authority", "bury"]) == 0
    assert (lost.read_text(), other.read_text()) == ("grants of authorities/bury", "newer")


def test_one_council_into_a_folder_of_its_own(root: Path, folder: Path) -> None:
    assert main(["backup", str(folder), "--root", str(root), "--authority", "bury"]) == 0
    assert (folder / "contents").is_dir()
    assert not (folder / "authorities").exists()


@pytest.mark.parametrize("part", PARTS)
def test_what_went_is_told_and_the_others_are_backed_up(
    root: Path, folder: Path, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(folder), "--root", str(root)]) == 0
    # a folder of a council that goes is a council that left; what they share is missed by those who stay
    shutil.rmtree(root / part if part == "shared" else root / part / "raw")
    assert main(["backup", str(folder), "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert f"{root / part / 'raw'} is not a folder" in said.err
    lists = {each: len(list((folder / each / "backups").iterdir())) for each in PARTS}
    assert lists == {each: 1 if each == part else 2 for each in PARTS}


def test_a_backup_of_several_is_named_for_one_council(
    root: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(folder), "--root", str(root)]) == 0
    assert main(["restore", str(folder), "--root", str(root), "--backup", "x", "--replace"]) == 64
    assert "--authority" in capsys.readouterr().err
