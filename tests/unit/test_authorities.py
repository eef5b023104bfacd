"""Which council an installation is of: what its file may say, and what is told of one that does not say it."""

from pathlib import Path

import pytest

from assets.sources import source_of
from pipelines.authorities import STOCKPORT, Authority, AuthorityError, authority_keys, paths_of, read_authority
from pipelines.contract.model import Rows
from pipelines.settings import Paths

HEADINGS = "area_code,name,organisation,also_called"
TAMESIDE = Authority("E08000008", "Tameside", "Tameside Metropolitan Borough Council", ("TMBC", "Tameside MBC"))


def said(root: Path, *lines: str) -> Paths:
    paths = Paths(root)
    paths.raw.mkdir(parents=True, exist_ok=True)
    paths.authority.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return paths


def one_of_several(root: Path, key: str) -> Path:
    folder = root / "authorities" / key
    folder.mkdir(parents=True)
    return folder


def test_an_installation_that_does_not_say_it_is_of_stockport(tmp_path: Path) -> None:
    assert read_authority(Paths(tmp_path)) == STOCKPORT


def test_another_council_with_its_other_names(tmp_path: Path) -> None:
    line = "E08000008,Tameside,Tameside Metropolitan Borough Council,TMBC; Tameside MBC"
    assert read_authority(said(tmp_path, HEADINGS, line)) == TAMESIDE


def test_other_names_may_be_left_out(tmp_path: Path) -> None:
    paths = said(tmp_path, "area_code,name,organisation", "W06000015,Cardiff,Cardiff Council")
    assert read_authority(paths).names == ("Cardiff",)


def test_a_name_given_twice_is_one_name() -> None:
    assert Authority("E08000008", "Tameside", "Council", ("TMBC", "TAMESIDE", "TMBC")).names == ("Tameside", "TMBC")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([HEADINGS], "a line is missing below the headings"),
        ([HEADINGS, "E08000008,,Council,"], "line 2: name must be filled"),
        ([HEADINGS, "Tameside,Tameside,Council,"], "line 2: area_code must be a GSS code such as E08000008, not 'Tame"),
        (["code,name", "E08000008,Tameside"], "line 1: expected the columns area_code, name, organisation"),
        ([HEADINGS, "E08000008,A,B,", "E08000007,C,D,"], "line 3: one council has one line"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(AuthorityError, match=message.replace("(", r"\(")) as told:
        read_authority(said(tmp_path, *lines))
    assert str(Paths(tmp_path).authority) in str(told.value)


def test_one_of_several_never_passes_for_stockport(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match=r"authority.csv is missing: it says in two lines which council this is"):
        read_authority(Paths(one_of_several(tmp_path, "tameside")))


def test_councils_are_the_folders_of_authorities(tmp_path: Path) -> None:
    assert authority_keys(Paths(tmp_path)) == []
    folders = {key: one_of_several(tmp_path, key) for key in ("tameside", "stockport")}
    (tmp_path / "authorities" / ".hidden").mkdir()
    assert authority_keys(Paths(tmp_path)) == ["stockport", "tameside"]
    assert paths_of(Paths(tmp_path), "tameside") == Paths(folders["tameside"])
    assert paths_of(Paths(tmp_path), "tameside").several == Paths(tmp_path)
    assert Paths(tmp_path).several is None


def test_an_unknown_council_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    one_of_several(tmp_path, "stockport")
    with pytest.raises(AuthorityError, match=r"no authority is called 'bury'; known are stockport"):
        paths_of(Paths(tmp_path), "bury")


def test_a_folder_whose_name_cannot_stand_in_a_command_is_refused(tmp_path: Path) -> None:
    one_of_several(tmp_path, "Tameside MBC")
    with pytest.raises(AuthorityError, match=r"Tameside MBC: the folder of a council has a name of a to z"):
        authority_keys(Paths(tmp_path))


def test_a_raw_folder_beside_councils_is_nobodys_and_refused(tmp_path: Path) -> None:
    one_of_several(tmp_path, "stockport")
    Paths(tmp_path).raw.mkdir()
    with pytest.raises(AuthorityError, match="holds both raw/ and authorities/"):
        authority_keys(Paths(tmp_path))


def test_a_contract_names_the_authority_in_its_headings_and_texts() -> None:
    [table] = source_of("state_of_the_sector", TAMESIDE).tables
    assert isinstance(layout := table.layouts[0], Rows)
    assert layout.columns["authority"].headings == ("Tameside", "TMBC", "Tameside MBC")
    assert source_of("local_fund", TAMESIDE).title == "Tameside Local Fund"
    assert source_of("local_fund").title == "Stockport Local Fund"
