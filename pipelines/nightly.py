"""Runs the nightly job in this process and tells a person at a terminal what came of it."""

import csv
import io
from dataclasses import dataclass

import duckdb

from pipelines.in_process import run_in_process
from pipelines.ledger.decisions import ACCEPT
from pipelines.ledger.register import today
from pipelines.moments import london_time, moment_of
from pipelines.publication.quarters import reported_quarters
from pipelines.settings import Paths
from pipelines.warehouse.rollbacks import current_version

PUBLISHED, NOT_PUBLISHED, PUBLISHED_WITHOUT_SOME = 0, 1, 2
"""Exit codes: all is well; nothing new was published, what stood before stands; published, but a file was refused, or a
decision or correction has no effect."""


@dataclass(frozen=True)
class Outcome:
    """What is published after a run: files by outcome, those left alone, those to mend, measures by status.

    conflicts: (source, workbook, sha256) of files that a decision may accept. unfit: lines of decisions and corrections
    that have no effect, and why. withdrawn: (source, workbook) no longer in raw/ whose figures still count. warnings:
    (source, workbook, what is to be looked at) of files that count. overdue: measures by how they are overdue.
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
    overdue: dict[str, int]


def run_nightly(paths: Paths, *, rebuild: bool = False) -> bool:
    """Runs the nightly job in this process. True on success."""
    from pipelines.jobs import NIGHTLY

    ops = {"staged__receipt": {"config": {"rebuild": True}}} if rebuild else {}
    return run_in_process(
        paths, NIGHTLY, lambda loaded, _instance: loaded.resolve_job_def(NIGHTLY), ops=ops, mends_all=True
    )


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

SHOWN_FINDINGS = 5
"""Findings printed of one refused file: a file with another's name has hundreds."""

OVERDUE_WORDS = {"late": "late", "silent": "whose source fell silent", "never_received": "never received"}


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
            "select coalesce(override_status, status, status_reason) as outcome, count(*) from marts.measure_status"
            " where report_quarter = ? group by outcome"
            " order by min(coalesce(override_status, status)) is null, outcome",
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
        overdue = dict(connection.execute("select state, count(*) from marts.overdue group by 1 order by 1").fetchall())
        [(findings,)] = connection.execute("select count(*) from marts.reconciliation_finding").fetchall()
    return Outcome(
        counts, left_alone, refused, quarter, dict(rated), findings, conflicts, unfit, withdrawn, warnings, overdue
    )


def _findings(connection: duckdb.DuckDBPyConnection, workbook: str, sha256: str) -> list[str]:
    found = connection.execute(
        "select sheet, cell, message from audit.rejected_cell where workbook = ? and workbook_sha256 = ?"
        # A2 before A10, and B2 before AA2
        " order by sheet, try_cast(regexp_extract(cell, '\\d+') as integer) nulls first,"
        " length(regexp_extract(cell, '^[A-Z]+')), cell",
        [workbook, sha256],
    ).fetchall()
    places = [", ".join(part for part in (sheet, cell) if part) for sheet, cell, _ in found]
    return [f"{place}: {row[2]}" if place else row[2] for place, row in zip(places, found, strict=True)]


def summary(paths: Paths, outcome: Outcome, *, published: bool) -> str:
    """The summary that ends a run, for a terminal; of what an earlier run published, it says so first."""
    lines = [
        "",
        *([] if published else [f"What is published, {_since(paths)}still stands:"]),
        f"Files: {sum(outcome.files.values())} seen; " + ", ".join(f"{n} {o}" for o, n in outcome.files.items()),
    ]
    for source, workbook, reason in outcome.left_alone:
        lines.append(f"  left alone: {'/'.join(part for part in ('raw', source, workbook) if part)}: {reason}")
    for source, workbook, reason, findings in outcome.refused:
        lines.append(f"  refused: raw/{source}/{workbook}")
        lines += [f"    {finding}" for finding in findings[:SHOWN_FINDINGS] or [reason]]
        if len(findings) > SHOWN_FINDINGS:
            lines.append(f"    and {len(findings) - SHOWN_FINDINGS} more, see audit.rejected_cell")
    lines += _what_to_decide(outcome)
    words = {"R": "Red", "A": "Amber", "G": "Green"}
    statuses = ", ".join(f"{words.get(status, status)} {count}" for status, count in outcome.statuses.items())
    if outcome.quarter:
        lines.append(f"Measures in {outcome.quarter}: {statuses}")
    else:
        lines.append("Measures: none can be rated, since no portfolio agreement is loaded")
    if outcome.findings:
        lines.append(f"Figures that do not fit together: {outcome.findings}, see marts.reconciliation_finding")
    if outcome.overdue:
        states = ", ".join(f"{count} {OVERDUE_WORDS[state]}" for state, count in outcome.overdue.items())
        lines.append(f"Measures whose next figure is overdue: {states}, see marts.overdue")
    lines.append(f"Warehouse: {paths.published}")
    lines += [f"Report: {path}" for path in sorted(paths.reports.glob("*/report.html"))]
    if not published:
        lines.append("NOT PUBLISHED: what was published before still stands.")
    return "\n".join(lines)


def _since(paths: Paths) -> str:
    made = moment_of(current_version(paths))
    return f"of {london_time(made)}, " if made else ""


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
