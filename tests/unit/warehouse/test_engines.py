"""The setting that chooses the engine."""

import sys

import duckdb
import pytest

from pipelines.warehouse.engines import ENGINE_VARIABLE, EngineError, chosen_engine
from pipelines.warehouse.models import Model

MODEL = Model("marts.made", "select 1 as one", "", "", ("one",))


@pytest.mark.parametrize("setting", [None, "", "duckdb"])
def test_duckdb_runs_the_models_own_sql(setting: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if setting is None:
        monkeypatch.delenv(ENGINE_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(ENGINE_VARIABLE, setting)
    with chosen_engine({}, {}) as rows_of, duckdb.connect() as connection:
        assert rows_of(connection, MODEL) == "select 1 as one"


def test_an_engine_that_is_unknown_is_an_error_which_says_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE_VARIABLE, "sparks")
    with pytest.raises(EngineError, match="is sparks; it may be duckdb or spark"), chosen_engine({}, {}):
        pass


def test_spark_that_is_not_installed_is_an_error_which_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE_VARIABLE, "spark")
    for name in ("pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("pipelines.spark.build", "pipelines.spark.session"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(EngineError, match=r"pip install --editable '\.\[spark\]'"), chosen_engine({}, {}):
        pass
