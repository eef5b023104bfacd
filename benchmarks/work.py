"""The nightly's own work without Dagster: take in, stage, build, check, publish, report."""

import sys
from pathlib import Path

from assets.sources import all_sources
from pipelines.ledger.register import read_supply, take_in, today
from pipelines.publication.writing import write_reports
from pipelines.settings import Paths, code_root
from pipelines.warehouse.build import open_build
from pipelines.warehouse.checks import read_checks, run_check
from pipelines.warehouse.inputs import gather, inputs_stamp
from pipelines.warehouse.models import read_models
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


if __name__ == "__main__":
    main(Paths(Path(sys.argv[1])))
