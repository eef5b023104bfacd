"""When the nightly job runs: at 02:30, an hour that every day in Europe/London has once."""

from collections.abc import Iterator

import dagster as dg

from pipelines.authorities import authority_keys
from pipelines.jobs import nightly_by_authority_job, nightly_job
from pipelines.partitions import keep_authorities
from pipelines.settings import default_paths

_AT_0230, _TIME = "30 2 * * *", "Europe/London"


def _is_of_one_council(_context: dg.ScheduleEvaluationContext) -> bool:
    return not authority_keys(default_paths())


nightly_schedule = dg.ScheduleDefinition(
    name="nightly_at_0230",
    job=nightly_job,
    cron_schedule=_AT_0230,
    execution_timezone=_TIME,
    should_execute=_is_of_one_council,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


@dg.schedule(
    name="nightly_of_each_council_at_0230",
    job=nightly_by_authority_job,
    cron_schedule=_AT_0230,
    execution_timezone=_TIME,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Where an installation is of several councils: a run for each, in the place of the one nightly.",
)
def nightly_of_each_council(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Requests a run for each council; none waits for another's success."""
    keys = keep_authorities(context.instance, default_paths())
    if not keys:
        yield dg.SkipReason("this installation is of one council")
    for key in keys:
        yield dg.RunRequest(run_key=f"{key} {context.scheduled_execution_time:%Y-%m-%d}", partition_key=key)
