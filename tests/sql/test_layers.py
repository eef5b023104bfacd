"""What every SQL file must state, which layer may read which, and what a column is made of."""

import pytest
import sqlglot
from sqlglot import exp

from pipelines.warehouse.checks import Check, read_checks
from pipelines.warehouse.lineage import ColumnLink, column_links, known_columns
from pipelines.warehouse.models import LAYERS, UNIONS, Model, united_in
from tests.sql.harness import SQL, column_types, models, staged_types

ORDER = ("staged", *LAYERS)
NAMES = sorted(models())


def tables_of(sql: str) -> set[tuple[str, str]]:
    """Schema and name of every table that a query names, its own steps left out."""
    query = sqlglot.parse_one(sql, dialect="duckdb")
    steps = {step.alias for step in query.find_all(exp.CTE)}
    named = {(table.db, table.name) for table in query.find_all(exp.Table)}
    return {(schema, name) for schema, name in named if schema or name not in steps}


@pytest.mark.parametrize("name", NAMES)
def test_a_model_reads_its_own_or_an_earlier_layer(name: str) -> None:
    allowed = ORDER[: ORDER.index(models()[name].layer) + 1]
    later = {f"{schema}.{table}" for schema, table in tables_of(models()[name].sql) if schema not in allowed}
    assert later == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_model_reads_tables_that_there_are(name: str) -> None:
    assert models()[name].reads <= column_types().keys()


@pytest.mark.parametrize("check", read_checks(SQL), ids=lambda check: check.name)
def test_a_check_reads_marts_and_audit_tables(check: Check) -> None:
    assert {schema for schema, _ in tables_of(check.sql)} <= {"marts", "audit"}


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_description(name: str) -> None:
    columns = models()[name].columns
    assert columns
    assert [column for column, meaning in columns.items() if not meaning] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_model_states_its_purpose_grain_and_key(name: str) -> None:
    model = models()[name]
    assert model.purpose.endswith((".", ")"))
    assert model.grain
    assert set(model.key) <= model.columns.keys()


@pytest.mark.parametrize("name", NAMES)
def test_the_described_columns_are_those_of_the_table(name: str) -> None:
    assert list(models()[name].columns) == list(column_types()[name])


@pytest.mark.parametrize("union", UNIONS)
def test_all_that_a_union_unites_has_the_same_columns(union: str) -> None:
    columns = {tuple(column_types()[name].items()) for name in united_in(union, models())}
    assert len(columns) == 1


def test_no_model_selects_everything_at_its_end() -> None:
    assert [name for name, model in models().items() if model.query.is_star] == []


def links_of(model: Model) -> list[ColumnLink]:
    staged = {name: list(columns) for name, columns in staged_types().items()}
    return column_links(model, known_columns(models(), staged))


def made_of(name: str, column: str) -> set[str]:
    links = links_of(models()[name])
    return {f"{link.upstream_table}.{link.upstream_column}" for link in links if link.column_name == column}


@pytest.mark.parametrize(
    ("name", "column", "upstream"),
    [
        ("marts.observation", "value", "measures.figure.amount"),
        ("marts.observation", "value", "measures.figure.factor"),
        ("marts.known_observation", "value", "marts.observation.value"),
        ("marts.computed_status", "target_value", "marts.rating_definition.target_value"),
        ("marts.measure_status", "target_value", "marts.computed_status.target_value"),
        ("marts.measure_status", "target_value", "staging.locked_figure.target_value"),
        ("marts.rating_variant", "status", "marts.rated_value.value"),
        ("marts.rating_variant", "status", "marts.rating_definition.target_value"),
        ("staging.edition", "as_at", "staged.receipt.as_at"),
    ],
)
def test_a_column_is_made_of(name: str, column: str, upstream: str) -> None:
    assert upstream in made_of(name, column)


def test_a_constant_is_made_of_nothing() -> None:
    assert made_of("measures.continuing_education", "component") == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_upstream_column_exists(name: str) -> None:
    links = links_of(models()[name])
    unknown = [link for link in links if link.upstream_column not in column_types()[link.upstream_table]]
    assert unknown == []


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "staging.edition" in models()[name].reads and models()[name].layer == "staging"]
)
def test_rows_are_joined_with_the_edition_that_they_were_read_for(name: str) -> None:
    """The same bytes stand twice in a staged table when cells were corrected: the corrections tell them apart."""
    compared = {
        (type(condition), column.name)
        for join in models()[name].query.find_all(exp.Join)
        for condition in join.find_all(exp.EQ, exp.NullSafeEQ)
        for column in condition.find_all(exp.Column)
    }
    assert {(exp.EQ, "workbook_sha256"), (exp.EQ, "workbook"), (exp.NullSafeEQ, "corrections")} <= compared
