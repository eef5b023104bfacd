"""What describes the open data to machines: a Frictionless Data Package and CSV on the Web metadata."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.open_data.sets import DataSet
from pipelines.publication.catalogue import TableColumn

LICENCE_NAME = "OGL-UK-3.0"
LICENCE_TITLE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

REFERENCES: tuple[tuple[str, str, str], ...] = (("observation_origin", "origin_id", "observation"),)
"""Columns of a table that name rows of another, by its column of the same name."""

ESCAPED = "Text that a spreadsheet would run as a formula has an apostrophe before it in the CSV files."


def datapackage(label: str, title: str, sets: Sequence[DataSet], files: Mapping[str, bytes]) -> bytes:
    """`datapackage.json` of the files of a quarter, by name; each with its size and hash."""
    [sources] = [each for each in sets if each.name == "source"]
    place = {column.name: index for index, column in enumerate(sources.table.columns)}
    resources = [resource for each in sets for resource in _resources(each, files)]
    package = {
        "profile": "data-package",
        "name": f"inclusive-neighbourhoods-{label.lower()}",
        "id": f"inclusive-neighbourhoods-{label}",
        "title": title,
        "description": f"Performance measures with their origins, and what goes with them. {ESCAPED}",
        "version": label,
        "licenses": [{"name": LICENCE_NAME, "title": LICENCE_TITLE, "path": LICENCE_ADDRESS}],
        "sources": [{"title": f"{row[place['title']]} ({row[place['owner']]})"} for row in sources.rows],
        "resources": resources,
    }
    return _json(package)


def _resources(data: DataSet, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    schema: dict[str, Any] = {
        "fields": [_field(column, data.key) for column in data.table.columns],
        "missingValues": [""],
    }
    if data.key:
        schema["primaryKey"] = list(data.key)
    references = [(column, other) for name, column, other in REFERENCES if name == data.name]
    if references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [column]}} for column, other in references
        ]
    shared = {"title": data.title, "description": data.table.purpose}
    return [
        {"name": data.name, "path": f"{data.name}.csv", "profile": "tabular-data-resource", **shared}
        | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}}
        | _fingerprint(files[f"{data.name}.csv"])
        | {"schema": schema},
        {"name": f"{data.name}-parquet", "path": f"{data.name}.parquet", "type": "file", **shared}
        | {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
        | _fingerprint(files[f"{data.name}.parquet"]),
    ]


def _fingerprint(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _field(column: TableColumn, key: Sequence[str]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _type(column.kind), "description": column.meaning}
    if column.name in key:
        field["constraints"] = {"required": True}
    return field


def _type(kind: str) -> str:
    """Frictionless's name of a type."""
    return {"DATE": "date", "BOOLEAN": "boolean", "VARCHAR": "string"}.get(kind) or (
        "number" if kind.startswith(("DECIMAL", "DOUBLE")) else "integer"
    )


def csvw_metadata(title: str, sets: Sequence[DataSet]) -> bytes:
    """`csv-metadata.json`: the tables by the W3C's metadata vocabulary for tabular data."""
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
            "dc:title": title,
            "dc:description": ESCAPED,
            "dc:license": {"@id": LICENCE_ADDRESS},
            "dialect": {"lineTerminators": ["\r\n"], "encoding": "utf-8"},
            "tables": [_csvw_table(each) for each in sets],
        }
    )


def _csvw_table(data: DataSet) -> dict[str, Any]:
    kinds = {"string": "string", "number": "decimal", "integer": "integer", "date": "date", "boolean": "boolean"}
    schema: dict[str, Any] = {
        "columns": [
            {
                "name": column.name,
                "titles": column.name,
                "dc:description": column.meaning,
                "datatype": kinds[_type(column.kind)],
                "required": column.name in data.key,
            }
            for column in data.table.columns
        ]
    }
    if data.key:
        schema["primaryKey"] = list(data.key)
    references = [(column, other) for name, column, other in REFERENCES if name == data.name]
    if references:
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": {"resource": f"{other}.csv", "columnReference": column}}
            for column, other in references
        ]
    return {
        "url": f"{data.name}.csv",
        "dc:title": data.title,
        "dc:description": data.table.purpose,
        "tableSchema": schema,
    }


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
