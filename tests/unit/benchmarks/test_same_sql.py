import json
from pathlib import Path

import pytest

from benchmarks.peers import dbt_project, sqlmesh_project
from benchmarks.peers.same_sql import query_of
from benchmarks.work import needed_for
from pipelines.settings import code_root
from pipelines.warehouse.models import STATUS_AS_AT, Model, parse_model, read_models

HEAD = "-- What it is for.\n-- grain: a row\n-- key: code\n"
MODELS = {
    name: parse_model(name, f"{HEAD}{query}")
    for name, query in {
        "staging.area": "select code,  -- a code\nfrom staged.one",
        "measures.area": "with area as (select code from staging.area)\nselect code,  -- its code\nfrom area",
        "marts.area": "select f.code,  -- £ a code\nfrom measures.figure as f join staging.area as a using (code)",
    }.items()
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    dbt_project.write_project(tmp_path, MODELS, tmp_path / "file.duckdb", 2)
    return tmp_path


def test_every_model_and_union_is_written_once(project: Path) -> None:
    names = {path.name for path in (project / "models").iterdir()}
    assert names == {"staging__area.sql", "measures__area.sql", "marts__area.sql", "measures__figure.sql"}


def test_a_model_refers_to_those_that_it_reads_and_is_otherwise_as_it_stands(project: Path) -> None:
    head, sql = (project / "models" / "marts__area.sql").read_text().split("\n", 1)
    assert head == "{{ config(materialized='table', schema='marts', alias='area') }}"
    refs = {"measures.figure": "{{ ref('measures__figure') }}", "staging.area": "{{ ref('staging__area') }}"}
    expected = MODELS["marts.area"].sql
    for name, ref in refs.items():
        expected = expected.replace(name, ref)
    assert sql == expected


def test_steps_and_staged_rows_are_not_taken_for_models(project: Path) -> None:
    assert "from staged.one" in (project / "models" / "staging__area.sql").read_text()
    assert (project / "models" / "measures__area.sql").read_text().endswith("\nfrom area")


def test_a_union_is_a_view_of_its_parts(project: Path) -> None:
    text = (project / "models" / "measures__figure.sql").read_text()
    assert "materialized='view'" in text
    assert text.endswith("\nselect code from {{ ref('measures__area') }}")


def test_the_profile_names_the_file(project: Path) -> None:
    [output] = json.loads((project / "profiles.yml").read_text())["warehouse"]["outputs"].values()
    assert output == {"type": "duckdb", "path": str(project / "file.duckdb"), "threads": 2}


SOME = ("measures.recorded_crime", "marts.observation", "marts.reported_status", "marts.risk", "findings.action_dates")


@pytest.mark.parametrize("name", SOME)
def test_all_that_a_model_reads_is_renamed_and_nothing_else(name: str) -> None:
    models = read_models(code_root() / "sql")
    renamed = set()

    def marked(table: str) -> str:
        renamed.add(table)
        return f"«{table}»"

    sql = query_of(models[name], marked, models)
    assert sql.replace("«", "").replace("»", "") == models[name].sql
    assert renamed == {read for read in models[name].reads if not read.startswith("staged.")} - through_macros(
        models[name]
    )


def through_macros(model: Model) -> set[str]:
    return {"marts.computed_status"} if "marts.status_as_at(" in model.sql else set()


def test_a_table_needs_all_that_it_reads_through_others_and_through_unions() -> None:
    assert needed_for("marts.area", MODELS) == {"marts.area", "measures.area", "staging.area"}
    assert needed_for("measures.area", MODELS) == {"measures.area", "staging.area"}


def test_sqlmesh_has_every_query_as_it_stands(tmp_path: Path) -> None:
    sqlmesh_project.write_project(tmp_path, MODELS, tmp_path / "file.duckdb")
    texts = {path.name: path.read_text() for path in (tmp_path / "models").iterdir()}
    assert len(texts) == len(MODELS) + 1
    assert (
        texts["marts__area.sql"] == f"MODEL (name marts.area, kind FULL, dialect duckdb);\n{MODELS['marts.area'].sql}"
    )
    assert texts["measures__figure.sql"].endswith("kind VIEW, dialect duckdb);\nselect code from measures.area")


def test_who_calls_the_macro_of_any_day_comes_after_the_table_that_it_is_made_of(tmp_path: Path) -> None:
    models = read_models(code_root() / "sql")
    sqlmesh_project.write_project(tmp_path / "s", models, tmp_path / "file.duckdb")
    dbt_project.write_project(tmp_path / "d", models, tmp_path / "file.duckdb", 1)
    for caller in (name for name, model in models.items() if STATUS_AS_AT in model.sql):
        file = f"models/{caller.replace('.', '__')}.sql"
        assert "depends_on (marts.computed_status)" in (tmp_path / "s" / file).read_text()
        assert "-- depends_on: {{ ref('marts__computed_status') }}" in (tmp_path / "d" / file).read_text()
    made = (tmp_path / "s" / "models" / "marts__computed_status.sql").read_text()
    assert "depends_on (marts.area, " in made
    assert "create or replace macro marts.status_as_at(as_at_day)" in made
