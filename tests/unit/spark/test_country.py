"""The made-up country that both engines are compared on: its figures arrive, and are rated in every way there is."""

from collections.abc import Iterator

import duckdb
import pytest

from benchmarks.national.generate import Size
from pipelines.warehouse.build import build_model, build_union, open_build
from pipelines.warehouse.models import FIGURES, build_order, upstream_models
from tests.spark.country import country_models, country_rows
from tests.sql.harness import models

SIZE = Size(authorities=1, areas=1)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """What lies behind the status, built of one authority."""
    folder = tmp_path_factory.mktemp("country")
    every = country_models(models(), SIZE)
    wanted = {"marts.measure_status"}
    for name in reversed(list(every)):
        if name in wanted:
            wanted |= upstream_models(every[name], every)
    with open_build(folder / "country.duckdb", country_rows(folder, SIZE)) as connection:
        for name in build_order(list(every)):
            if name == FIGURES:
                build_union(connection, name, every)
            elif name in wanted:
                build_model(connection, every[name])
        yield connection


def test_every_figure_of_every_authority_is_an_observation(country: duckdb.DuckDBPyConnection) -> None:
    [(figures, measures, editions)] = country.execute(
        "select count(distinct (measure_code, period_label)), count(distinct measure_code), count(*)"
        " from marts.observation where measure_code like 'M%.E%'"
    ).fetchall()
    assert (figures, measures) == (SIZE.observations, SIZE.authorities * SIZE.measures)
    assert editions > figures, "none is revised"


def test_the_last_quarter_is_rated_in_every_way(country: duckdb.DuckDBPyConnection) -> None:
    rated = country.execute(
        "select report_quarter, list(distinct status order by status), list(distinct trend order by trend), count(*)"
        " from marts.measure_status where measure_code like 'M%.E%' group by report_quarter"
    ).fetchall()
    assert rated == [("2021-22-Q4", ["A", "G", "R", None], ["better", "stable", "worse", None], SIZE.measures)]
