"""Two councils in one installation: each built and published by itself, and both in the joint file.

Stockport's folder holds what an installation of Stockport alone has published; Tameside's nightly runs on real models.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.cli import main
from pipelines.publication.quarter import Quarter
from pipelines.settings import Paths
from pipelines.versions import file_sha256
from tests.conftest import Installation, in_memory, supply_as_first_received
from tests.second_authority import GROUPS, make_tameside

RATED = "select measure_code, value, status from marts.measure_status where report_quarter = '2021-22-Q2'"


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def both(published: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paths]:
    """Tameside alone in its folder while its nightly runs, so that it can have opened nothing of Stockport's."""
    paths = Paths(tmp_path_factory.mktemp("several"))
    tameside, stockport = (Paths(paths.authorities / key) for key in ("tameside", "stockport"))
    supply_as_first_received(tameside.raw)
    shared = paths.root / "shared" / "raw" / "community_safety_survey"
    shared.parent.mkdir(parents=True)
    shutil.move(tameside.raw / shared.name, shared)
    _share(tameside.register, shared.parent / "received.csv", shared.name)
    make_tameside(tameside.raw)
    (paths.root / ".cache").mkdir()
    shutil.copy(published.paths.kept_lineage, paths.kept_lineage)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.publication.outputs.MAKERS", (_names,))
        patch.setattr("pipelines.dagster_home.dagster_instance", in_memory)
        patch.setenv("DAGSTER_HOME", str(paths.root / "dagster"))
        assert main(["nightly", "--root", str(paths.root), "--authority", "tameside"]) == 0
        shutil.copytree(published.paths.root, stockport.root, symlinks=True)
        yield paths


def _names(quarter: Quarter) -> dict[str, bytes]:
    return {"publisher.txt": quarter.publisher.organisation.encode()}


def _share(own: Path, shared: Path, source: str) -> None:
    first, *lines = own.read_text(encoding="utf-8").splitlines()
    moved = [line for line in lines if line.startswith(f"{source},")]
    shared.write_text("\n".join([first, *moved, ""]), encoding="utf-8")
    own.write_text("\n".join([first, *(line for line in lines if line not in moved), ""]), encoding="utf-8")


def test_a_councils_ratings_come_from_its_own_figures(both: Paths, published: Installation) -> None:
    tameside, stockport = (
        {code: (value, status) for code, value, status in rows(file, RATED)}
        for file in (Paths(both.authorities / "tameside").published, published.paths.published)
    )
    assert (tameside["IN.19"], stockport["IN.19"]) == ((46, "G"), (41, "R"))
    assert (tameside["IN.14"], stockport["IN.14"]) == ((GROUPS, None), (1672, None))
    # of the survey, which both read from shared/raw/, each has its own district's figure
    assert tameside["IN.12"][0] != stockport["IN.12"][0] is not None
    assert {code for code in tameside if tameside[code] != stockport[code]} == {
        "IN.11",
        "IN.12",
        "IN.13",
        "IN.14",
        "IN.19",
    }


def test_nothing_of_its_own_is_under_another_councils_code(both: Paths) -> None:
    own = "select distinct area_code from marts.observation where measure_code in ('IN.2', 'IN.16', 'GRANT.1')"
    assert rows(Paths(both.authorities / "tameside").published, own) == [("E08000008",)]


def test_what_is_published_names_the_council(both: Paths) -> None:
    report = Paths(both.authorities / "tameside").reports / "2021-22-Q2" / "publisher.txt"
    assert report.read_text(encoding="utf-8") == "Tameside Metropolitan Borough Council"


def test_the_joint_file_holds_both_as_they_are_published(both: Paths, published: Installation) -> None:
    assert main(["joint", "--root", str(both.root)]) == 0
    for code, file in {
        "E08000007": published.paths.published,
        "E08000008": Paths(both.authorities / "tameside").published,
    }.items():
        joint = (
            f"select * exclude (authority_code) from marts.measure_status where authority_code = '{code}' order by all"
        )
        assert rows(both.joint.published, joint) == rows(file, "select * from marts.measure_status order by all")
    tables = {name for (name,) in rows(both.joint.published, "select table_name from duckdb_tables()")}
    marts = rows(
        published.paths.published, "select table_name from information_schema.tables where table_schema='marts'"
    )
    assert tables == {name for (name,) in marts} | {"joint_member"}


def test_one_that_fails_leaves_the_other_published(both: Paths, capfd: pytest.CaptureFixture[str]) -> None:
    stockport = Paths(both.authorities / "stockport")
    before = file_sha256(stockport.published)
    # it is one of several now, and does not say which: its nightly publishes nothing
    assert main(["nightly", "--root", str(both.root)]) == 1
    said = capfd.readouterr().out
    assert f"{stockport.authority} is missing" in said
    assert "stockport: exit code 1\ntameside: exit code 0\nall of them together: exit code 0" in said
    assert file_sha256(stockport.published) == before
    assert "nothing new since the last publication" in said.partition("\ntameside\n")[2]


def test_a_command_asks_which_council_is_meant(both: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--root", str(both.root)]) == 64
    assert "say which with --authority: stockport, tameside" in capsys.readouterr().err
    assert main(["status", "--root", str(both.root), "--authority", "tameside"]) == 0
    assert main(["status", "--root", str(both.root), "--authority", "bury"]) == 64
