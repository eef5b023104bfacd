"""What does not fit together in the figures that were supplied, and the claims in print, as a page in Markdown."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

HEAD = """# What does not fit together

Made by `neighbourhoods findings` from the published file; not written by hand. Each finding says what was supplied or
printed, what the workbooks give, and where it stands. The checks are `sql/findings/*.sql`; they know rules, and no
figure of any workbook.
"""

SEVERITIES = {"fail": "wrong", "warn": "to look into"}

OUTCOMES = {
    "confirmed": "confirmed",
    "not_confirmed": "**not confirmed**",
    "not_checked": "no workbook is about it",
}


class Check(NamedTuple):
    """One table of the findings layer: its name, what it is for, and its rows as the query of `_checks` has them."""

    name: str
    purpose: str
    findings: Sequence[tuple[Any, ...]]


def findings_page(published: Path) -> str:
    """The page, from the published file at that path; equal for equal findings."""
    with duckdb.connect(str(published), read_only=True) as connection:
        checks = list(_checks(connection))
        claims = connection.execute(
            "select claim, printed_text, stands_as,"
            " case when unit = '£' then '£' || shown(printed_value) else shown(printed_value) || unit end,"
            " outcome, basis, workbook, sheet, cell from marts.claim where superseded_on is null"
            " order by workbook, length(claimed_cell), claimed_cell, stands_as, place"
        ).fetchall()
    parts = [HEAD, *(_section(check) for check in checks if check.findings)]
    if claims:
        parts.append(_claims(claims))
    silent = [f"`{check.name}`" for check in checks if not check.findings]
    if silent:
        parts.append(f"## Checks that found nothing\n\n{', '.join(silent)}.\n")
    return "\n".join(parts)


def _checks(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    tables = connection.execute(
        "select table_name, comment from duckdb_tables() where schema_name = 'findings' order by table_name"
    ).fetchall()
    for name, comment in tables:
        rows = connection.execute(
            "select subject, published, recomputed, shown(abs(difference)), severity, explanation,"
            f" workbook, sheet, cell from findings.{name}"
            " order by workbook, sheet, length(cell), cell, subject, published"
        ).fetchall()
        yield Check(name, str(comment).removesuffix(" One row per finding."), rows)


def _section(check: Check) -> str:
    lines = [f"## {check.name.replace('_', ' ').capitalize()}", "", check.purpose, ""]
    for subject, published, recomputed, difference, severity, explanation, *place in check.findings:
        stated = [f"supplied: {_quoted(published)}"] if published else []
        stated += [f"the workbooks give {_plain(recomputed)}"] if recomputed else []
        stated += [f"apart by {difference}"] if difference and difference != "0" else []
        said = "; ".join(stated)
        lines.append(f"- **{_plain(subject)}** ({SEVERITIES[severity]}){': ' + said if said else ''}.")
        lines.append(f"  {_plain(explanation)} {_place(*place)}")
    return "\n".join([*lines, ""])


def _claims(claims: Sequence[tuple[Any, ...]]) -> str:
    confirmed = sum(outcome == "confirmed" for *_, outcome, _basis, _workbook, _sheet, _cell in claims)
    lines = ["## Claims in the text", "", f"{confirmed} of {len(claims)} figures are confirmed.", ""]
    for claim, printed, stands_as, figure, outcome, basis, *place in claims:
        what = {"share": f"{figure} in brackets", "mentioned": f"{figure} in its words"}.get(stands_as, printed)
        because = f" ({_plain(basis)})" if basis else ""
        lines.append(f"- {_plain(claim)}: {_plain(what)}: {OUTCOMES[outcome]}{because}. {_place(*place)}")
    return "\n".join([*lines, ""])


def _place(workbook: str, sheet: str, cell: str) -> str:
    return f"*{_plain(workbook)}, {_plain(sheet)}, {cell}*"


def _quoted(text: str) -> str:
    """Text as code, in which Markdown has no meaning."""
    return "`" + text.replace("`", "'") + "`"


def _plain(text: str) -> str:
    """Text of a workbook in which what means something in Markdown or HTML stands for itself."""
    return re.sub(r"([\\*_`<>\[\]|])", r"\\\1", text)
