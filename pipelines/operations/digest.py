"""What has to be told of an installation: runs that failed, files that were refused, figures that are overdue."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.settings import Paths

LONGEST_TEXT = 300
SHOWN_CELLS = 3

FAILED, REFUSED, OVERDUE = "failed", "refused", "overdue"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is open. `key` is the same on every night on which it is the same matter; `text` is one line."""

    kind: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A message: a subject of our own words alone, and the lines below each heading."""

    subject: str
    sections: Sequence[tuple[str, Sequence[str]]]

    @property
    def plain(self) -> str:
        """The whole as text."""
        parts = [f"{heading}\n" + "\n".join(f"- {line}" for line in lines) for heading, lines in self.sections]
        return f"{self.subject}\n\n" + "\n\n".join(parts) + "\n"


def one_line(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text fit for one line of a message: without control and formatting characters, and not too long."""
    seen = "".join(" " if char.isspace() else "?" if unicodedata.category(char)[0] == "C" else char for char in text)
    seen = " ".join(seen.split())
    return seen if len(seen) <= longest else seen[: longest - 1].rstrip() + "…"


def open_items(paths: Paths, failures: Mapping[str, str]) -> list[Item]:
    """All that is open: the failures given (reason by job), and what the published file says, where one stands."""
    items = [Item(FAILED, f"failed {job}", one_line(f"The run '{job}' failed: {why}")) for job, why in failures.items()]
    if not paths.published.exists():
        return items
    try:
        with duckdb.connect(str(paths.published), read_only=True) as connection:
            return items + _refused(connection) + _overdue(connection)
    except duckdb.Error as error:
        # such as the tables of an earlier version of this code, which a failed run leaves standing
        text = f"What is published cannot be read for refused files and overdue figures: {type(error).__name__}"
        return [*items, Item(FAILED, f"unreadable {type(error).__name__}", text)]


_REFUSED = """
select
    workbook.source,
    workbook.workbook,
    workbook.workbook_sha256,
    workbook.outcome,
    count(rejected.rule) as wrong,
    list(concat_ws(', ', nullif(rejected.sheet, ''), nullif(rejected.cell, '')) order by rejected.sheet, rejected.cell)
        filter (where rejected.sheet <> '') as places,
from audit.workbook as workbook
left join audit.rejected_cell as rejected using (source, workbook, workbook_sha256)
where workbook.needs_action
group by all
order by all
"""
"""What a cell holds may be about a person, so that its place alone is told."""

_OUTCOMES = {
    "quarantined": "was refused",
    "conflict": "is in conflict with another file of the same period and day",
    "missing_bytes": "is in the register, and its bytes are nowhere",
}


def _refused(connection: duckdb.DuckDBPyConnection) -> list[Item]:
    items = []
    for row in _rows(connection, _REFUSED):
        text = f"raw/{row['source']}/{row['workbook']} {_OUTCOMES.get(row['outcome'], row['outcome'])}"
        if row["wrong"]:
            places = row["places"] or []
            more = [f"and {len(places) - SHOWN_CELLS} more"] if len(places) > SHOWN_CELLS else []
            where = "; ".join([*places[:SHOWN_CELLS], *more])
            text += f": {row['wrong']} to mend" + (f" ({where})" if where else "")
        text += f"; see warehouse/acknowledgements/{row['source']}/"
        items.append(
            Item(REFUSED, f"refused {row['source']} {row['workbook_sha256']} {row['outcome']}", one_line(text))
        )
    return items


_OVERDUE = """
with
overdue as (
    select source, state, due_on, next_period, measure_code
    from marts.overdue
    union all
    select source, state, due_on, next_period, null as measure_code
    from marts.source_freshness
    where is_now and state in ('late', 'silent')
)

select
    overdue.source,
    overdue.state,
    sources.title,
    sources.owner,
    sources.last_received_on,
    min(overdue.due_on) as due_on,
    arg_min(overdue.next_period, overdue.due_on) as next_period,
    list(distinct overdue.measure_code order by overdue.measure_code)
        filter (where overdue.measure_code is not null) as codes,
from overdue
left join marts.source_freshness as sources on overdue.source = sources.source and sources.is_now
group by all
order by overdue.state, sources.title, overdue.source
"""


def _overdue(connection: duckdb.DuckDBPyConnection) -> list[Item]:
    return [
        Item(OVERDUE, f"overdue {row['source']} {row['state']}", one_line(_overdue_in_words(row)))
        for row in _rows(connection, _OVERDUE)
    ]


def _overdue_in_words(row: Mapping[str, Any]) -> str:
    codes = f" Measures: {', '.join(row['codes'])}." if row["codes"] else ""
    who = f"{row['title']} ({row['owner']})" if row["title"] else "A source that is not known"
    sent = f"{row['last_received_on']:%-d %B %Y}" if row["last_received_on"] else "never"
    due = f"{row['next_period']} was due on {row['due_on']:%-d %B %Y}"
    states = {
        "silent": f"{who} has fallen silent: last file {sent}, {due}.",
        "late": f"{who} is late: {due}; last file {sent}.",
        "never_received": f"{who}: no figure of these measures was ever received; {due}.",
    }
    return states[row["state"]] + codes


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def compose(new: Sequence[Item], still: Sequence[Item], mended: Sequence[str], root: str) -> Digest:
    """The digest: what is new first, then what was told before and is still open, then what is mended."""
    every = [*new, *still]
    counts = {kind: sum(item.kind == kind for item in every) for kind in (FAILED, REFUSED, OVERDUE)}
    nouns = {FAILED: ("run", "failed"), REFUSED: ("file", "not loaded"), OVERDUE: ("source", "overdue")}
    said = [
        f"{count} {noun}{'' if count == 1 else 's'} {what}"
        for kind, (noun, what) in nouns.items()
        if (count := counts[kind])
    ]
    subject = "Inclusive Neighbourhoods: " + (", ".join(said) or "all is well again")
    sections = {
        "New": [item.text for item in new],
        "Told before and still open": [item.text for item in still],
        "Mended since": list(mended),
        "Where": [f"the installation in {one_line(root)}; `neighbourhoods nightly` says more"],
    }
    return Digest(subject, [(heading, lines) for heading, lines in sections.items() if lines])
