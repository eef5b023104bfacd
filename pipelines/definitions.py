"""Everything that Dagster loads."""

import logging

import dagster as dg

from assets.acknowledgements import acknowledgements
from assets.receipts import beside_receipts, receipts
from assets.reports import reports
from assets.staged import staged_assets
from assets.warehouse import warehouse_assets
from pipelines.jobs import nightly_job
from pipelines.resources import Workspace
from pipelines.schedules import nightly_schedule

PROGRESS_LOGGER = "progress"


class _PlainMessages(logging.Handler):
    """Prints what assets log, without Dagster's own words around it."""

    def emit(self, record: logging.LogRecord) -> None:
        said = getattr(record, "dagster_meta", {})
        message = said.get("orig_message") or record.getMessage()
        # the steps behind one that failed are skipped, and Dagster says so of each
        if said.get("dagster_event") is None and not message.startswith("Dependencies for step"):
            print(f"  {message}", flush=True)


@dg.logger(None, "What the job's assets say of their work, a line each; for a person at a terminal.")
def progress_logger(_context: dg.InitLoggerContext) -> logging.Logger:
    """A logger that prints messages of level INFO and above plainly."""
    logger = logging.Logger("neighbourhoods", level=logging.INFO)
    logger.addHandler(_PlainMessages())
    return logger


@dg.definitions
def definitions() -> dg.Definitions:
    """Assets of all sources and SQL files, the nightly job and its schedule."""
    return dg.Definitions(
        assets=[
            receipts,
            *beside_receipts,
            *staged_assets(),
            warehouse_assets(),
            acknowledgements,
            reports,
        ],
        jobs=[nightly_job],
        schedules=[nightly_schedule],
        resources={"workspace": Workspace()},
        executor=dg.in_process_executor,  # a run is one process, whose lock says that it lives
        loggers={"console": dg.colored_console_logger, PROGRESS_LOGGER: progress_logger},
    )
