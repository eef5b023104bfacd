"""Runs a job in this process, in the Dagster instance of DAGSTER_HOME, so that its UI shows the run."""

import uuid
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipelines.operations.alerts import Ended, tell
from pipelines.operations.faults import in_plain_words, told
from pipelines.operations.living_runs import hold, let_go
from pipelines.operations.time_limit import ends_after
from pipelines.settings import Paths

if TYPE_CHECKING:
    import dagster as dg

JobOf = Callable[["dg.Definitions", "dg.DagsterInstance"], "dg.JobDefinition"]

NOT_FINISHED = 1
"""Exit code of a process that ran out of time: nothing new was published."""


def run_in_process(
    paths: Paths,
    name: str,
    job_of: JobOf,
    *,
    ops: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    mends_all: bool = False,
) -> bool:
    """Runs a job of the definitions, with the config of its ops; says what failed, and tells who is to be told of it.

    What an earlier crash left behind is repaired first. Storage of Dagster's that cannot be used is set aside and made
    anew. True on success. Never raises for what is wrong with the machine, the storage or the project: it is said in
    plain words. mends_all: whether its success ends the failures of other jobs too.
    """
    config = {"resources": {"workspace": {"config": {"root": str(paths.root)}}}, "ops": dict(ops or {})}
    try:
        run_id, failure = _run_on_usable_storage(paths, name, job_of, config, dict(tags or {}))
    except Exception as fault:  # nothing that Dagster or the machine may raise is worth a traceback to an officer
        run_id, failure = "", f"The {name} stopped: {told(fault, paths.root)}"
    if failure:
        print(f"\n{failure}")
    _tell(paths, Ended(run_id, name, failure, mends_all=mends_all))
    return not failure


def _tell(paths: Paths, ended: Ended) -> None:
    for line in tell(paths, ended):
        print(f"  {line}", flush=True)


def _run_on_usable_storage(
    paths: Paths, name: str, job_of: JobOf, config: dict[str, Any], tags: dict[str, str]
) -> tuple[str, str]:
    from pipelines.dagster_home import is_unusable, set_storage_aside

    try:
        return _run(paths, name, job_of, config, tags)
    except Exception as fault:
        if not is_unusable(fault) or not (moved := set_storage_aside(paths)):
            raise
        print(f"\nDagster's own storage cannot be used ({told(fault, paths.root)}); the data are not touched.")
        print("A new one is made, and the old one was set aside: " + ", ".join(map(str, moved)), flush=True)
    return _run(paths, name, job_of, config, tags)


def _run(paths: Paths, name: str, job_of: JobOf, config: dict[str, Any], tags: dict[str, str]) -> tuple[str, str]:
    """The run's id, empty when it never began, and why it failed, empty when it did not."""
    import dagster as dg

    from pipelines.dagster_home import dagster_instance, repair
    from pipelines.definitions import PROGRESS_LOGGER, definitions
    from pipelines.jobs import MAX_RUNTIME_SECONDS

    # the logs of runs: dagster.yaml names their handler, which Dagster tells everyone at a terminal is beta
    warnings.filterwarnings("ignore", message="Handling yaml-defined logging", category=dg.BetaWarning)
    with dagster_instance(paths) as instance:
        try:
            job = job_of(definitions(), instance)
        except Exception as fault:  # whatever a source's module or a SQL file may raise
            return "", f"The pipeline's own code does not load: {type(fault).__name__}: {fault}"
        run_id = str(uuid.uuid4())
        hold(paths, run_id)
        for done in repair(paths, instance):
            print(f"  {done}")
        try:
            with ends_after(MAX_RUNTIME_SECONDS, NOT_FINISHED, lambda why: _tell(paths, Ended(run_id, name, why))):
                result = job.execute_in_process(
                    run_config=config | {"loggers": {PROGRESS_LOGGER: {}}},
                    instance=instance,
                    raise_on_error=False,
                    run_id=run_id,
                    tags=tags,
                )
        finally:
            let_go(paths, run_id)
    failed = "" if result.success else failed_steps(result.all_events, paths)
    return run_id, failed or ("" if result.success else "the run failed outside its steps")


def failed_steps(events: "Iterable[dg.DagsterEvent]", paths: Paths) -> str:
    """Which steps failed and why, from the events of a run: a line for each reason."""
    steps: defaultdict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            message = (error.cause or error).message if error else "no reason given"
            steps[in_plain_words(message, paths.root)].append(str(event.step_key))
    return "\n".join(
        f"{names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''} failed: {reason}"
        for reason, names in steps.items()
    )
