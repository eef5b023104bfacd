"""The same staged rows for every builder: a DuckDB file that holds them, and our build of all models from it."""

import sys
from pathlib import Path

import duckdb

from assets.sources import all_sources
from pipelines.ledger.register import take_in, today
from pipelines.settings import Paths, code_root
from pipelines.warehouse.build import build_macro_of, build_model, build_union, open_build
from pipelines.warehouse.inputs import gather
from pipelines.warehouse.models import UNIONS, build_order, read_models

STAGED = "staged"
"""The schema of the file."""


def load(paths: Paths, loaded: Path) -> None:
    """Takes in and stages what lies in raw/, and writes the staged rows into the file."""
    sources = all_sources()
    take_in(paths, [source.name for source in sources], today())
    with duckdb.connect(str(loaded)) as connection:
        connection.execute(f"create schema {STAGED}")
        for name, frame in gather(sources, paths, code_root()).staged.items():
            connection.register("incoming", frame.rechunk().to_arrow())
            connection.execute(f"create table {STAGED}.{name} as select * from incoming")
            connection.unregister("incoming")


def build(loaded: Path, built: Path) -> None:
    """Builds all models and unions, with their macros, from the rows of the file, as a nightly does."""
    with duckdb.connect(str(loaded), read_only=True) as connection:
        found = connection.execute("select table_name from duckdb_tables() where schema_name = ?", [STAGED]).fetchall()
        staged = {name: connection.table(f"{STAGED}.{name}").pl() for (name,) in found}
    models = read_models(code_root() / "sql")
    with open_build(built, staged) as connection:
        for name in build_order(list(models)):
            if name in UNIONS:
                build_union(connection, name, models)
            else:
                build_model(connection, models[name])
            build_macro_of(connection, name, models)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
