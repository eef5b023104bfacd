"""The floor of a nightly: an in-process Dagster run of so many empty assets, and fastexcel's bare read of the files."""

import sys
from pathlib import Path

import dagster as dg
import fastexcel


def empty_asset(number: int) -> dg.AssetsDefinition:
    """An asset that does nothing."""

    @dg.asset(name=f"empty_{number}")
    def nothing() -> None:
        return None

    return nothing


def main(assets: int, raw: Path) -> None:
    """Runs the floor once, in the instance of DAGSTER_HOME."""
    definitions = dg.Definitions(
        assets=[empty_asset(number) for number in range(assets)],
        jobs=[dg.define_asset_job("floor", executor_def=dg.in_process_executor)],
    )
    with dg.DagsterInstance.get() as instance:
        job = definitions.resolve_job_def("floor")
        quiet = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}
        job.execute_in_process(instance=instance, run_config=quiet)
    for path in sorted(raw.glob("*/*.xlsx")):
        workbook = fastexcel.read_excel(path)
        for name in workbook.sheet_names:
            workbook.load_sheet(name, header_row=None, dtypes="string")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
