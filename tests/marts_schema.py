"""The names and types of the public schema `marts`, and which version a change of them asks for.

`python -m tests.marts_schema` writes them down anew, from the published file of a nightly.
"""

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.settings import code_root, default_paths
from pipelines.warehouse.tables import MARTS_VERSION

SNAPSHOT = Path(__file__).resolve().parent / "integration" / "marts_schema.csv"
CHANGELOG = code_root() / "docs" / "marts-changelog.md"
FIELDS = ("table_name", "column_name", "type")

Schema = Mapping[tuple[str, str], str]
"""Types by table and column; of a macro the name and its parameters."""

_SCHEMA = """
select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts'
union all
select function_name, 'macro', array_to_string(parameters, ', ')
from duckdb_functions() where schema_name = 'marts' and function_type in ('macro', 'table_macro')
order by all
"""


def schema_of(published: Path) -> Schema:
    """The schema of a published file."""
    with duckdb.connect(str(published), read_only=True) as connection:
        return {(table, column): kind for table, column, kind in connection.execute(_SCHEMA).fetchall()}


def written_down(path: Path = SNAPSHOT) -> tuple[str, Schema]:
    """The version and schema that were written down last."""
    with path.open(encoding="utf-8", newline="") as file:
        version = next(csv.reader(file))[1]
        return version, {(row["table_name"], row["column_name"]): row["type"] for row in csv.DictReader(file)}


def changes(before: Schema, after: Schema) -> list[str]:
    """What differs, a line each: removed and changed first."""
    gone = [f"removed: {'.'.join(name)}" for name in before if name not in after]
    other = [
        f"changed: {'.'.join(name)} is {after[name]}, was {before[name]}"
        for name in before
        if name in after and after[name] != before[name]
    ]
    return [*gone, *other, *(f"added: {'.'.join(name)}" for name in after if name not in before)]


def least_version(version: str, differences: list[str]) -> str:
    """The least version that a schema with such differences from that of `version` may have."""
    major, minor, _ = (int(part) for part in version.split("."))
    if not differences:
        return version
    return f"{major}.{minor + 1}.0" if all(each.startswith("added") for each in differences) else f"{major + 1}.0.0"


def is_enough(version: str, least: str) -> bool:
    """Whether a version is at least another."""
    return [int(part) for part in version.split(".")] >= [int(part) for part in least.split(".")]


def what_to_do(version: str, differences: list[str]) -> str:
    """What a person who changed the schema has to do."""
    least = least_version(version, differences)
    return "\n".join(
        [
            f"The public schema marts is no longer that of version {version}:",
            *(f"  {each}" for each in differences),
            "Analysts' queries rest on it. Bump the version (MARTS_VERSION in pipelines/warehouse/tables.py) to at "
            f"least {least}, write the changelog (docs/marts-changelog.md), run a nightly, and then "
            "`python -m tests.marts_schema`.",
        ]
    )


def main() -> int:
    """Writes the schema of the published file down, under the version in the code; 1 where that grew too little."""
    after = schema_of(default_paths().published)
    if SNAPSHOT.exists():
        version, before = written_down()
        least = least_version(version, changes(before, after))
        if not is_enough(MARTS_VERSION, least):
            print(f"MARTS_VERSION is {MARTS_VERSION}; what has changed since {version} asks for at least {least}.")
            return 1
    with SNAPSHOT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("version", MARTS_VERSION))
        writer.writerow(FIELDS)
        writer.writerows((*name, kind) for name, kind in after.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
