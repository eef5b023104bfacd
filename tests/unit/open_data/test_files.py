"""The open data of a quarter: valid by both standards, the same each time, and without what may not be public."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from pipelines.open_data.files import open_data_files
from pipelines.open_data.sets import DataSet
from pipelines.publication.catalogue import PublicTable, TableColumn
from pipelines.publication.quarter import Quarter
from tests.small_published import HOSTILE


@pytest.fixture(scope="module")
def files(small_quarter: Quarter) -> Mapping[str, bytes]:
    return open_data_files(small_quarter)


@pytest.fixture(scope="module")
def folder(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("open data")
    for name, content in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(content)
    return root / "open_data"


def rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"open_data/{name}.csv"].decode(), newline="")))


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    import frictionless

    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "note"]) == []
    assert report.stats["tasks"] == len(list(folder.glob("*.parquet"))) * 2


def test_frictionless_finds_a_damaged_file(folder: Path, tmp_path: Path) -> None:
    import frictionless

    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "target.csv").write_bytes(b"measure_code\r\nIN.1\r\n")
    assert not frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid


def test_csv_on_the_web_finds_the_tables_valid(folder: Path) -> None:
    from csvw import CSVW

    described = CSVW(str(folder / "csv-metadata.json"), validate=True)
    assert described.is_valid
    assert not described.warnings


def test_the_same_figures_make_the_same_bytes(small_quarter: Quarter, files: Mapping[str, bytes]) -> None:
    assert open_data_files(small_quarter) == files


def test_a_suppressed_count_is_in_no_file(files: Mapping[str, bytes]) -> None:
    [observed] = [row for row in rows(files, "observation") if row["measure_code"] == "ACTIVITY.HUB.SESSIONS"]
    assert (observed["availability"], observed["value"]) == ("suppressed", "")
    [origin] = [row for row in rows(files, "observation_origin") if row["origin_id"] == observed["origin_id"]]
    assert (origin["amount"], origin["cell_text"]) == ("", "[c]")
    [done] = [row for row in rows(files, "programme_activity") if row["item"] == "Sessions"]
    assert (done["value"], done["printed"], done["cell_text"]) == ("", "[c]", "[c]")
    assert {row["reason"] for row in rows(files, "suppression")} == {"confidential"}
    frame = pl.read_parquet(io.BytesIO(files["open_data/observation.parquet"]))
    assert frame.filter(pl.col("measure_code") == "ACTIVITY.HUB.SESSIONS")["value"].to_list() == [None]


def test_a_formula_is_text_in_csv_and_as_supplied_in_parquet(files: Mapping[str, bytes]) -> None:
    [name] = [row["measure_name"] for row in rows(files, "measure") if row["measure_code"] == "IN.16"]
    assert name == f"'{HOSTILE}"
    frame = pl.read_parquet(io.BytesIO(files["open_data/measure.parquet"]))
    assert HOSTILE in frame["measure_name"].to_list()


def test_every_column_is_described_and_the_licence_named(files: Mapping[str, bytes]) -> None:
    package = json.loads(files["open_data/datapackage.json"])
    assert [licence["name"] for licence in package["licenses"]] == ["OGL-UK-3.0"]
    fields = [field for each in package["resources"] if "schema" in each for field in each["schema"]["fields"]]
    assert len(fields) > 300
    assert [field["name"] for field in fields if not field["description"]] == []


def test_only_the_editions_that_counted_at_the_cut_off(files: Mapping[str, bytes]) -> None:
    targets = {row["measure_code"]: row["target_value"] for row in rows(files, "target")}
    # the agreement that raises it to 99 came after the cut-off of 12 November
    assert targets["IN.16"] == "97"


def test_the_page_is_inert_and_links_to_every_file(files: Mapping[str, bytes]) -> None:
    html = files["open_data/index.html"].decode()
    assert "<script" not in html
    names = {name.removeprefix("open_data/") for name in files} - {"index.html"}
    assert {name for name in names if f'href="{name}"' not in html} == set()
    assert "Counts of people from 1 to 4 are suppressed" in html


def test_sources_and_findings_have_keys_too(files: Mapping[str, bytes]) -> None:
    package = json.loads(files["open_data/datapackage.json"])
    keys = {each["name"]: each["schema"].get("primaryKey") for each in package["resources"] if "schema" in each}
    assert keys["source"] == ["source"]
    key = ["check_name", "subject", "workbook", "cell"]
    found = [tuple(row[name] for name in key) for row in rows(files, "reconciliation_finding")]
    is_key = all(all(each) for each in found) and len(set(found)) == len(found)
    assert keys["reconciliation_finding"] == (key if is_key else None)


def test_what_is_missing_or_there_twice_is_no_key() -> None:
    table = PublicTable("marts.t", "Rows. One row per a.", (TableColumn("a", "VARCHAR", "a"),), ("a",))
    given = (["1", "2"], ["1", "1"], ["1", None])
    keys = [DataSet("t", "T", table, pl.DataFrame({"a": values}).to_arrow()).key for values in given]
    assert keys == [("a",), (), ()]
