"""Every council in England through the very models of one: the made-up country of `benchmarks`, as staged rows.

The models rate one area. So the measures of the country are measures of that area here, under a code for each measure
and authority, and every figure of every authority goes the whole way from its cell to its rating.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.national.generate import FIRST_QUARTER, Size, write_country
from pipelines.warehouse.models import FIGURES, UNIONS, Model, in_order
from tests.sql.harness import day
from tests.sql.rows import months_later
from tests.sql.small_warehouse import staged_frames

_REPORTED = "marts.reporting_quarter"

_RUN_DATE = date(2023, 6, 30)
"""Day of the build, when the last figures have been revised."""

_GROWN = ("receipt", "source", "portfolio_agreement_measures")
_MADE = "country_figure"
_ROWS = Path(__file__).with_suffix(".sql")


def country_rows(folder: Path, size: Size) -> Mapping[str, pl.DataFrame]:
    """Staged rows of the country beside a few rows of every source, by name. `folder` is empty, and its to use.

    `size` is of forty quarters: the agreement that lists the measures is in force in the last ones.
    """
    deliveries = [str(path) for path in write_country(folder, size)]
    frames = staged_frames()
    with duckdb.connect() as connection:
        connection.execute(f"create view delivered as from read_parquet({deliveries})")
        connection.execute(f"create view target as from '{folder / 'targets.parquet'}'")
        for name in (*_GROWN, "authority"):
            connection.register("incoming", frames[name].to_arrow())
            connection.execute(f"create table {name} as from incoming")
            connection.unregister("incoming")
        connection.execute(_ROWS.read_text(encoding="utf-8"))
        made = {name: connection.table(name).pl() for name in (*_GROWN, _MADE)}
    return frames | made | {"build": pl.DataFrame({"run_date": [_RUN_DATE]})}


def country_models(models: Mapping[str, Model], size: Size) -> Mapping[str, Model]:
    """All models, and a source of the country's figures beside them; reported is the last quarter of the country alone.

    It is rated with all that was known of the forty, and again for every day on which a file has come since. No other
    model is changed, nor is the SQL of the reported quarters: there is a condition around it.
    """
    layer, _ = UNIONS[FIGURES]
    name = f"{layer}.country"
    columns = ", ".join(next(model for model in models.values() if model.layer == layer).columns)
    figures = Model(
        name, f"select {columns} from staged.{_MADE}", "Figures of the country.", "cell", ("edition", "cell")
    )
    every = models[_REPORTED]
    last = months_later(day(FIRST_QUARTER), 3 * size.quarters)
    condition = f"quarter_end = date '{last}'"
    some = f"select {', '.join(every.columns)} from (\n{every.sql}\n) as every_quarter where {condition}"
    return in_order({**models, name: figures, _REPORTED: replace(every, sql=some)})
