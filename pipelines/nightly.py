"""Runs the nightly job in this process and tells a person at a terminal what came of it."""

import csv
import io
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.ledger.decisions import ACCEPT
from pipelines.ledger.register import today
from pipelines.operations.faults import in_plain_words, told
from pipelines.operations.living_runs import hold, let_go
from pipelines.operations.time_limit import ends_after
from pipelines.report.quarters import reported_quarters
from pipelines.settings import Paths

PUBLISHED, NOT_PUBLISHED, PUBLISHED_WITHOUT_SOME = 0, 1, 2
"""Exit codes: all is well; nothing new was published, what stood before stands; published, but a file was refused, or a
decision or correction has no effect."""


@dataclass(frozen=True)
class Outcome:
    """What is published after a run: files by outcome, those left alone, those to mend, measures by status.

    conflicts: (source, workbook, sha256) of files that a decision may accept. unfit: lines of decisions and corrections
    that have no effect, and why. withdrawn: (source, workbook) no longer in raw/ whose figures still count. warnings:
    (source, workbook, what is to be looked at) of files that count.
    """

    files: dict[str, int]
    left_alone: list[tuple[str, str, str]]
    refused: list[tuple[str, str, str, list[str]]]
    quarter: str
    statuses: dict[str, int]
    findings: int
    conflicts: list[tuple[str, str, str]]
    unfit: list[str]
    withdrawn: list[tuple[str, str]]
    warnings: list[tuple[str, str, str]]


def run_nightly(paths: Paths, *, rebuild: bool = False) -> bool:
    """Runs the job in the Dagster instance of DAGSTER_HOME, so that its UI shows the run. True on success.

    What an earlier crash left behind is repaired first. Storage of Dagster's that cannot be used is set aside and made
    anew. Never raises for what is wrong with the machine, the storage or the project: it is told in plain words.
    """
    from pipelines.dagster_home import is_unusable, set_storage_aside

    try:
        try:
            return _run_job(paths, rebuild=rebuild)
        except Exception as fault:
            if not is_unusable(fault) or not (moved := set_storage_aside(paths)):
                raise
            print(f"\nDagster's own storage cannot be used ({told(fault, paths.root)}); the data are not touched.")
            print("A new one is made, and the old one was set aside: " + ", ".join(map(str, moved)), flush=True)
        return _run_job(paths, rebuild=rebuild)
    except Exception as fault:  # nothing that Dagster or the machine may raise is worth a traceback to an officer
        print(f"\nThe nightly stopped: {told(fault, paths.root)}")
        return False


def _run_job(paths: Paths, *, rebuild: bool) -> bool:
    from pipelines.dagster_home import dagster_instance, repair
    from pipelines.definitions import PROGRESS_LOGGER, definitions
    from pipelines.jobs import MAX_RUNTIME_SECONDS, NIGHTLY

    config: dict[str, Any] = {
        "loggers": {PROGRESS_LOGGER: {}},
        "resources": {"workspace": {"config": {"root": str(paths.root)}}},
    }
    if rebuild:
        config["ops"] = {"staged__receipt": {"config": {"rebuild": True}}}
    with dagster_instance(paths) as instance:
        try:
            job = definitions().resolve_job_def(NIGHTLY)
        except Exception as fault:  # whatever a source's module or a SQL file may raise
            print(f"\nThe pipeline's own code does not load: {type(fault).__name__}: {fault}")
            return False
        run_id = str(uuid.uuid4())
        hold(paths, run_id)
        for done in repair(paths, instance):
            print(f"  {done}")
        try:
            with ends_after(MAX_RUNTIME_SECONDS, NOT_PUBLISHED):
                result = job.execute_in_process(config, instance, raise_on_error=False, run_id=run_id)
        finally:
            let_go(paths, run_id)
    failures = [(event.step_key, event.step_failure_data.error) for event in result.all_events if event.is_step_failure]
    steps: defaultdict[str, list[str]] = defaultdict(list)
    for step, error in failures:
        message = (error.cause or error).message if error else "no reason given"
        steps[in_plain_words(message, paths.root)].append(str(step))
    for words, failed in steps.items():
        more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
        print(f"\n{failed[0]}{more} failed: {words}")
    return result.success


_UNFIT = """
select 'raw/decisions.csv: ' || action || ' of ' || workbook || ' on ' || decided_on || ' has no effect: ' || effect
from audit.decision
where not has_effect
union all
select
    'raw/corrections/' || source || '.csv: ' || concat_ws(', ', workbook, sheet, cell) || ' is not corrected: '
    || message
from audit.correction
where state <> 'applied'
order by all
"""
"""Decisions and corrections that came to nothing, in words."""

_WARNINGS = """
select distinct
    warning.source,
    warning.workbook,
    case when warning.sheet = '' then '' else concat_ws(', ', warning.sheet, nullif(warning.cell, '')) || ': ' end
    || warning.message
from audit.warning
inner join audit.workbook using (source, workbook, workbook_sha256)
where workbook.outcome = 'loaded'
order by all
"""
"""What is to be looked at in files that count, in words."""

SHOWN_WARNINGS = 5


def read_outcome(paths: Paths) -> Outcome | None:
    """What the published file says of itself; None when nothing is published, or by an earlier version of this code."""
    if not paths.published.exists():
        return None
    try:
        return _read_outcome(paths)
    except (duckdb.BinderException, duckdb.CatalogException):
        return None


def _read_outcome(paths: Paths) -> Outcome:
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        files = connection.execute(
            "select outcome, count(*) from audit.workbook where not is_corrected group by outcome order by outcome"
        )
        counts = dict(files.fetchall())
        left_alone = connection.execute(
            "select source, workbook, reason from audit.workbook where outcome = 'ignored'"
            " and workbook not like '.%' and workbook not like '~$%' order by source, workbook"
        ).fetchall()
        refused = [
            (source, workbook, reason, _findings(connection, workbook, sha256))
            for source, workbook, reason, sha256 in connection.execute(
                "select source, workbook, reason, workbook_sha256 from audit.workbook where needs_action"
                " order by source, workbook"
            ).fetchall()
        ]
        quarter = max(reported_quarters(connection), default="")
        rated = connection.execute(
            "select coalesce(status, status_reason), count(*) from marts.measure_status where report_quarter = ?"
            " group by 1, status order by status is null, 1",
            [quarter],
        ).fetchall()
        conflicts = connection.execute(
            "select source, workbook, workbook_sha256 from audit.workbook where needs_action and outcome = 'conflict'"
            " order by all"
        ).fetchall()
        withdrawn = connection.execute(
            "select distinct source, workbook from audit.workbook where is_withdrawn and outcome = 'loaded'"
            " order by all"
        ).fetchall()
        unfit = [line for (line,) in connection.execute(_UNFIT).fetchall()]
        warnings = connection.execute(_WARNINGS).fetchall()
        [(findings,)] = connection.execute("select count(*) from marts.reconciliation_finding").fetchall()
    return Outcome(counts, left_alone, refused, quarter, dict(rated), findings, conflicts, unfit, withdrawn, warnings)


def _findings(connection: duckdb.DuckDBPyConnection, workbook: str, sha256: str) -> list[str]:
    found = connection.execute(
        "select sheet, cell, message from audit.rejected_cell where workbook = ? and workbook_sha256 = ?"
        " order by sheet, cell",
        [workbook, sha256],
    ).fetchall()
    places = [", ".join(part for part in (sheet, cell) if part) for sheet, cell, _ in found]
    return [f"{place}: {row[2]}" if place else row[2] for place, row in zip(places, found, strict=True)]


def summary(paths: Paths, outcome: Outcome, *, published: bool) -> str:
    """The summary that ends a run, for a terminal."""
    lines = [
        "",
        f"Files: {sum(outcome.files.values())} seen; " + ", ".join(f"{n} {o}" for o, n in outcome.files.items()),
    ]
    for source, workbook, reason in outcome.left_alone:
        lines.append(f"  left alone: {'/'.join(part for part in ('raw', source, workbook) if part)}: {reason}")
    for source, workbook, reason, findings in outcome.refused:
        lines.append(f"  refused: raw/{source}/{workbook}")
        lines += [f"    {finding}" for finding in findings or [reason]]
    lines += _what_to_decide(outcome)
    words = {"R": "Red", "A": "Amber", "G": "Green"}
    statuses = ", ".join(f"{words.get(status, status)} {count}" for status, count in outcome.statuses.items())
    if outcome.quarter:
        lines.append(f"Measures in {outcome.quarter}: {statuses}")
    else:
        lines.append("Measures: none can be rated, since no portfolio agreement is loaded")
    if outcome.findings:
        lines.append(f"Figures that do not fit together: {outcome.findings}, see marts.reconciliation_finding")
    lines.append(f"Warehouse: {paths.published}")
    lines += [f"Report: {path}" for path in sorted(paths.reports.glob("*/report.html"))]
    if not published:
        lines.append("NOT PUBLISHED: what was published before still stands.")
    return "\n".join(lines)


def _what_to_decide(outcome: Outcome) -> list[str]:
    lines = []
    if outcome.conflicts:
        lines.append("  to end a conflict, add one of these lines to raw/decisions.csv, with why and who:")
        lines += [f"    {accepting_line(*conflict)}" for conflict in outcome.conflicts]
    lines += [f"  without effect: {line}" for line in outcome.unfit]
    for source, workbook in outcome.withdrawn:
        lines.append(f"  no longer there: raw/{source}/{workbook}; its figures stay until a decision retracts it")
    for source, workbook, message in outcome.warnings[:SHOWN_WARNINGS]:
        lines.append(f"  to be looked at: raw/{source}/{workbook}: {message}")
    if len(outcome.warnings) > SHOWN_WARNINGS:
        lines.append(f"  and {len(outcome.warnings) - SHOWN_WARNINGS} more to be looked at, see audit.warning")
    return lines


def accepting_line(source: str, workbook: str, sha256: str) -> str:
    """The line of raw/decisions.csv that accepts a file today; the reason and the name are to be filled in."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(
        [today().isoformat(), ACCEPT, source, workbook, sha256, "<why>", "<who>"]
    )
    return line.getvalue()


def exit_code(outcome: Outcome | None, *, success: bool) -> int:
    """The exit code of a run that ended so."""
    if not success or outcome is None:
        return NOT_PUBLISHED
    return PUBLISHED_WITHOUT_SOME if outcome.refused or outcome.unfit else PUBLISHED
