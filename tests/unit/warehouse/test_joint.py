"""The joint file: all councils' marts with their codes, from published files alone, published as any other."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import Paths
from pipelines.warehouse.joint import JointError, publish_joint
from pipelines.warehouse.publish import Stamp, private_build, publish

COUNCILS = {"stockport": ("E08000007", "Stockport"), "tameside": ("E08000008", "Tameside")}


def published(root: Path, key: str, *values: str, code: str = "", also: str = "", version: str = "1") -> Paths:
    """A council that has published a table of values, a view of it and, where asked for, a column more."""
    paths = Paths(root / "authorities" / key)
    area_code, name = COUNCILS[key]
    build = private_build(paths, version)
    with duckdb.connect(str(build)) as connection:
        connection.execute("create schema marts; create schema findings")
        connection.execute(
            "create table marts.authority as"
            " select $1 as area_code, $2 as authority_name, $2 || ' Council' as organisation",
            [code or area_code, name],
        )
        connection.execute("create table findings.one (value varchar)")
        connection.executemany("insert into findings.one values (?)", [[value] for value in values])
        connection.execute("create view marts.finding as select value from findings.one")
        connection.execute(f"create table marts.status as select value{also} from findings.one")
        connection.execute("comment on table marts.status is 'How it stands.'")
        connection.execute("comment on column marts.status.value is 'how'")
    publish(paths, build, Stamp(version, "code"))
    return paths


def rows(root: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(Paths(root).joint.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_councils_rows_with_its_code_first(tmp_path: Path) -> None:
    published(tmp_path, "stockport", "R", "G")
    published(tmp_path, "tameside", "A")
    made = publish_joint(Paths(tmp_path))
    assert made.is_new
    assert [line.split(",")[0] for line in made.members] == [
        "stockport: Stockport Council",
        "tameside: Tameside Council",
    ]
    expected = [("E08000007", "G"), ("E08000007", "R"), ("E08000008", "A")]
    assert rows(tmp_path, "select * from marts.status order by all") == expected
    assert rows(tmp_path, "select * from marts.finding order by all") == expected
    assert [row[0] for row in rows(tmp_path, "describe marts.status")] == ["authority_code", "value"]


def test_a_table_keeps_its_comments(tmp_path: Path) -> None:
    published(tmp_path, "stockport", "R")
    publish_joint(Paths(tmp_path))
    [(purpose,)] = rows(tmp_path, "select comment from duckdb_tables() where table_name = 'status'")
    assert purpose == "How it stands. Of every council."
    columns = dict(rows(tmp_path, "select column_name, comment from duckdb_columns() where table_name = 'status'"))
    assert columns["value"] == "how"
    assert columns["authority_code"].startswith("GSS code of the council")


def test_nothing_new_publishes_nothing_and_a_new_version_of_one_does(tmp_path: Path) -> None:
    published(tmp_path, "stockport", "R")
    published(tmp_path, "tameside", "A")
    paths = Paths(tmp_path)
    assert publish_joint(paths).is_new
    before = paths.joint.published.resolve()
    assert not publish_joint(paths).is_new
    assert paths.joint.published.resolve() == before
    published(tmp_path, "tameside", "G", version="2")
    assert publish_joint(paths).is_new
    assert rows(tmp_path, "select * from marts.status order by all") == [("E08000007", "R"), ("E08000008", "G")]


def test_a_council_that_has_published_nothing_is_left_out_and_said_to_be(tmp_path: Path) -> None:
    published(tmp_path, "stockport", "R")
    (tmp_path / "authorities" / "tameside").mkdir()
    assert publish_joint(Paths(tmp_path)).members[1] == "tameside: left out, since it has published nothing yet"
    assert rows(tmp_path, "select authority_code, authority_key from marts.joint_member") == [
        ("E08000007", "stockport")
    ]


def test_a_column_that_one_council_does_not_have_yet_is_empty_there(tmp_path: Path) -> None:
    published(tmp_path, "stockport", "R", also=", 1 as more")
    published(tmp_path, "tameside", "A")
    publish_joint(Paths(tmp_path))
    assert rows(tmp_path, "select authority_code, more from marts.status order by all") == [
        ("E08000007", 1),
        ("E08000008", None),
    ]


def test_two_that_say_they_are_the_same_are_refused_and_what_stood_stands(tmp_path: Path) -> None:
    published(tmp_path, "stockport", "R")
    publish_joint(Paths(tmp_path))
    published(tmp_path, "tameside", "A", code="E08000007")
    with pytest.raises(JointError, match="stockport and tameside both say that they are E08000007"):
        publish_joint(Paths(tmp_path))
    assert rows(tmp_path, "select * from marts.status") == [("E08000007", "R")]


def test_none_that_has_published_is_told(tmp_path: Path) -> None:
    (tmp_path / "authorities" / "tameside").mkdir(parents=True)
    with pytest.raises(JointError, match="has published anything yet"):
        publish_joint(Paths(tmp_path))
