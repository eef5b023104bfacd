"""The joint file: the marts of what several councils have published, each row with its council's code.

It is made of published files alone, so that nobody sees there what a council has not published. Every council's rows
are as it published them, comparators too: they are in it once for each council that has them.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipelines.authorities import authority_keys, paths_of
from pipelines.files import alone
from pipelines.moments import london_time, moment_of
from pipelines.settings import Paths, code_root
from pipelines.versions import all_code_sha256, bytes_sha256
from pipelines.warehouse.build import STORAGE_VERSION, describe, remove_build
from pipelines.warehouse.publish import Stamp, private_build, publish, published_stamp

AUTHORITY_CODE = "authority_code"
_CODE_MEANING = "GSS code of the council whose published file the row is from"
_MEMBERS = "marts.joint_member"
_WHOSE = "select area_code, authority_name, organisation from marts.authority"


class JointError(Exception):
    """The joint file cannot be made; what stood before stands. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Member:
    """A council's published file as it is taken into the joint one. version: name of the published version's folder."""

    key: str
    area_code: str
    name: str
    organisation: str
    version: str


@dataclass(frozen=True)
class Joint:
    """What came of it: whether a new version was published, and what is in it, in words, a line for each council."""

    is_new: bool
    members: list[str]


def publish_joint(paths: Paths) -> Joint:
    """Publishes the joint file anew when a council has published since.

    A council that has published nothing is left out, and said to be. Raises JointError when none has, two say that they
    are the same, or their files do not go together.
    """
    joint = paths.joint
    with alone(joint.being_published):
        files, lines = _published_files(paths)
        if not files:
            raise JointError(f"no council of {paths.authorities} has published anything yet")
        members = sorted(files, key=lambda member: member.area_code)
        listed = json.dumps([asdict(member) for member in members])
        stamp = Stamp(bytes_sha256(listed.encode()), all_code_sha256(code_root()))
        if published_stamp(joint) == stamp:
            return Joint(False, lines)
        build = private_build(joint, str(os.getpid()))
        try:
            _build(build, {member: files[member] for member in members})
        except duckdb.Error as fault:
            remove_build(build)
            raise JointError(f"the published files do not go together: {str(fault).splitlines()[0]}") from fault
        publish(joint, build, stamp)
    return Joint(True, lines)


def _published_files(paths: Paths) -> tuple[dict[Member, Path], list[str]]:
    """Each council's published file, the version that its link names now; and a line of each for a person."""
    files: dict[Member, Path] = {}
    lines = []
    for key in authority_keys(paths):
        own = paths_of(paths, key)
        if not own.published.exists():
            lines.append(f"{key}: left out, since it has published nothing yet")
            continue
        file = own.published.resolve()
        member = _member(key, file)
        same = [other.key for other in files if other.area_code == member.area_code]
        if same:
            raise JointError(
                f"{same[0]} and {key} both say that they are {member.area_code}: mend the raw/authority.csv of one"
            )
        files[member] = file
        made = moment_of(member.version)
        lines.append(f"{key}: {member.organisation}" + (f", as published on {london_time(made)}" if made else ""))
    return files, lines


def _member(key: str, file: Path) -> Member:
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            [(area_code, name, organisation)] = connection.execute(_WHOSE).fetchall()
    except (duckdb.Error, ValueError) as fault:
        raise JointError(f"the published file of {key} cannot be read, or says not whose it is: {fault}") from fault
    return Member(key, area_code, name, organisation, file.parent.name)


def _build(build: Path, files: Mapping[Member, Path]) -> None:
    remove_build(build)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach {_quoted(str(build))} as joint (storage_version '{STORAGE_VERSION}')")
        for number, file in enumerate(files.values()):
            connection.execute(f"attach {_quoted(str(file))} as member_{number} (read_only)")
        connection.execute("create schema joint.marts")
        connection.execute("begin")
        _write_members(connection, list(files))
        codes = {f"member_{number}": member.area_code for number, member in enumerate(files)}
        for table, databases in _tables(connection, list(codes)).items():
            parts = [
                f'select {_quoted(codes[each])} as {AUTHORITY_CODE}, * from {each}.marts."{table}"'
                for each in databases
            ]
            # by name: a council that another version of the code published for may lack a column
            connection.execute(f'create table joint.marts."{table}" as {" union all by name ".join(parts)}')
        connection.execute("use joint")
        for table, databases in _tables(connection, list(codes)).items():
            _describe(connection, table, databases[0])
        connection.execute("commit")
        connection.execute("checkpoint joint")


def _tables(connection: duckdb.DuckDBPyConnection, databases: Sequence[str]) -> dict[str, list[str]]:
    """The tables and views of the marts, by name the databases that have them."""
    found = connection.execute(
        "select table_name, list(table_catalog order by list_position($databases, table_catalog))"
        " from information_schema.tables where table_schema = 'marts' and list_contains($databases, table_catalog)"
        " group by table_name order by table_name",
        {"databases": list(databases)},
    )
    return dict(found.fetchall())


def _describe(connection: duckdb.DuckDBPyConnection, table: str, database: str) -> None:
    """Gives a table the comments that it has in a council's file."""
    found = connection.execute(
        "select comment from duckdb_tables() where database_name = $1 and schema_name = 'marts' and table_name = $2"
        " union all select comment from duckdb_views()"
        " where database_name = $1 and schema_name = 'marts' and view_name = $2",
        [database, table],
    )
    purpose = next((comment for (comment,) in found.fetchall() if comment), "")
    columns = connection.execute(
        "select column_name, coalesce(comment, '') from duckdb_columns()"
        " where database_name = ? and schema_name = 'marts' and table_name = ?",
        [database, table],
    )
    meanings = {AUTHORITY_CODE: _CODE_MEANING, **dict(columns.fetchall())}
    describe(connection, "table", f"marts.{table}", f"{purpose} Of every council.".strip(), meanings)


def _write_members(connection: duckdb.DuckDBPyConnection, members: Sequence[Member]) -> None:
    connection.execute(
        f"create table joint.{_MEMBERS} ({AUTHORITY_CODE} varchar, authority_name varchar, organisation varchar,"
        " authority_key varchar, version varchar)"
    )
    connection.executemany(
        f"insert into joint.{_MEMBERS} values (?, ?, ?, ?, ?)",
        [[each.area_code, each.name, each.organisation, each.key, each.version] for each in members],
    )
    for column, meaning in {
        AUTHORITY_CODE: _CODE_MEANING,
        "authority_name": "name of its area",
        "organisation": "who publishes",
        "authority_key": "name of its folder in authorities/",
        "version": "its published version that the rows are from",
    }.items():
        connection.execute(f"comment on column joint.{_MEMBERS}.{column} is {_quoted(meaning)}")
    connection.execute(
        f"comment on table joint.{_MEMBERS} is 'The councils whose marts are here. One row per council.'"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
