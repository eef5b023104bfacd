"""Everything that Dagster loads."""

import logging

import dagster as dg

from assets.acknowledgements import acknowledgements
from assets.joint import joint
from assets.receipts import beside_receipts, receipts
from assets.reports import nightly_of_authority, report_by_quarter, reports
from assets.staged import staged_assets
from assets.supplied import supplied_assets
from assets.warehouse import warehouse_assets
from pipelines.jobs import joint_job, nightly_by_authority_job, nightly_job
from pipelines.resources import Workspace
from pipelines.retention import housekeeping, housekeeping_schedule
from pipelines.run_sensors import run_sensors
from pipelines.schedules import nightly_of_each_council, nightly_schedule
from pipelines.sensors import after_authority, after_backfill, new_files

PROGRESS_LOGGER = "progress"


_OF_STEPS_NOT_RUN = ("Dependencies for step", "Skipping step")
"""How Dagster begins what it says of each step behind one that failed, or after which nothing is to be done."""


class _PlainMessages(logging.Handler):
    """Prints what assets log, without Dagster's own words around it."""

    def emit(self, record: logging.LogRecord) -> None:
        said = getattr(record, "dagster_meta", {})
        message = said.get("orig_message") or record.getMessage()
        if said.get("dagster_event") is None and not message.startswith(_OF_STEPS_NOT_RUN):
            print(f"  {message}", flush=True)


@dg.logger(None, "What the job's assets say of their work, a line each; for a person at a terminal.")
def progress_logger(_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger that prints messages of level INFO and above plainly."""
    logger = logging.Logger("neighbourhoods", level=logging.INFO)
    logger.addHandler(_PlainMessages())
    return logger


@dg.definitions
def definitions() -> dg.Definitions:
    """Assets of all sources and SQL files, the nightly job and the housekeeping with their schedules."""
    return dg.Definitions(
        assets=[
            receipts,
            *beside_receipts,
            *supplied_assets(),
            *staged_assets(),
            warehouse_assets(),
            acknowledgements,
            reports,
            report_by_quarter,
            nightly_of_authority,
            joint,
        ],
        jobs=[nightly_job, nightly_by_authority_job, joint_job, housekeeping],
        schedules=[nightly_schedule, nightly_of_each_council, housekeeping_schedule],
        sensors=[new_files, after_backfill, after_authority, *run_sensors],
        resources={"workspace": Workspace()},
        # a run is one process, whose lock says that it lives; a process per step takes twenty times as long
        executor=dg.in_process_executor,
        loggers={"console": dg.colored_console_logger, PROGRESS_LOGGER: progress_logger},
    )
