"""The nightly's own work without Dagster: take in, stage, build, check, publish, report; or only as far as a table."""

import sys
from collections.abc import Mapping
from pathlib import Path

from assets.sources import all_sources
from pipelines.ledger.register import read_supply, take_in, today
from pipelines.publication.writing import write_reports
from pipelines.settings import Paths, code_root
from pipelines.warehouse.build import build_model, build_union, open_build
from pipelines.warehouse.checks import read_checks, run_check
from pipelines.warehouse.inputs import gather, inputs_stamp
from pipelines.warehouse.models import UNIONS, Model, build_order, read_models, united_in, upstream_models
from pipelines.warehouse.publish import private_build, publish
from pipelines.warehouse.tables import build_tables


def main(paths: Paths) -> None:
    """Does the work once, from nothing staged to the reports."""
    sources = all_sources()
    names = [source.name for source in sources]
    take_in(paths, names, today())
    stamp = inputs_stamp(paths, read_supply(paths, names), code_root())
    inputs = gather(sources, paths, code_root())
    build = private_build(paths, "work")
    with open_build(build, inputs.staged) as connection:
        models = read_models(code_root() / "sql")
        for _ in build_tables(connection, models, inputs, sources, stamp, paths.kept_lineage):
            pass
        for check in read_checks(code_root() / "sql"):
            run_check(connection, check)
    publish(paths, build, stamp)
    write_reports(paths)


def as_far_as(table: str, paths: Paths) -> None:
    """Takes in, stages, and builds that table with all that it reads, in a file of its own."""
    sources = all_sources()
    take_in(paths, [source.name for source in sources], today())
    inputs = gather(sources, paths, code_root())
    models = read_models(code_root() / "sql")
    needed = needed_for(table, models)
    with open_build(paths.build / "as_far_as.duckdb", inputs.staged) as connection:
        for name in build_order(list(models)):
            if name in needed:
                build_model(connection, models[name])
            elif name in UNIONS and needed.issuperset(united_in(name, models)):
                build_union(connection, name, models)


def needed_for(table: str, models: Mapping[str, Model]) -> set[str]:
    """The table with all models that it reads, directly or through others."""
    needed, waiting = {table}, [table]
    while waiting:
        read = upstream_models(models[waiting.pop()], models) & models.keys() - needed
        needed |= read
        waiting += read
    return needed


if __name__ == "__main__":
    installation = Paths(Path(sys.argv[1]))
    if sys.argv[2:]:
        as_far_as(sys.argv[2], installation)
    else:
        main(installation)
