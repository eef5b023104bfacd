"""What is new since the report of the quarter before: moves, restatements, changed measures and targets, workbooks."""

from collections.abc import Iterable, Iterator, Sequence

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table, Words
from pipelines.publication.quarter import Row
from pipelines.publication.quarters import reported_quarters
from pipelines.report.contents import Contents
from pipelines.report.wording import (
    MEASURE_CHANGE_WORDS,
    STATUS_WORDS,
    TREND_WORDS,
    day_in_words,
    figure_in_words,
    shown_status,
    status_words,
    trend_words,
)

_BEFORE = """
select measure_status.*, rating_definition.is_contextual
from marts.measure_status
inner join marts.rating_definition using (report_quarter, measure_code)
where report_quarter = $before
"""

_SINCE = """
{day} > (select known_by from marts.reporting_quarter where report_quarter = $before)
and {day} <= (select known_by from marts.reporting_quarter where report_quarter = $quarter)
"""

_RESTATED = f"""
select restatement.*, measure.unit
from marts.restatement
inner join marts.area on restatement.area_code = area.area_code and area.is_authority
inner join marts.measure on restatement.measure_code = measure.measure_code
where not is_expected and component = 'total' and {_SINCE.format(day="restated_on")}
order by restated_on, measure_code, period_label
"""

_EARLIER_QUARTERS = f"""
select report_quarter, measure_code, restated_on, status_before, status, trend_before, trend
from marts.restated_quarter
where (status_moved or trend_moved) and {_SINCE.format(day="restated_on")}
order by report_quarter desc, restated_on, measure_code
"""

_MEASURES = f"""
select change_kind, changed, string_agg(measure_code, ', ' order by measure_code) as codes
from marts.measure_change
where change_kind <> 'unchanged' and {_SINCE.format(day="as_at")}
group by all
order by change_kind, changed
"""

_TARGETS = f"""
select target_change.*, measure.unit
from marts.target_change
inner join marts.measure using (measure_code)
where {_SINCE.format(day="changed_on")}
order by changed_on, measure_code
"""

_ERRATA = """
select
    measure_code, approved_on, role, reason,
    string_agg(
        figure || ' ' || coalesce(new_figure, 'nothing') || ' (was ' || coalesce(old_figure, 'nothing') || ')',
        '; ' order by figure
    ) as changes,
from marts.erratum
where report_quarter = $quarter and figure in ('value', 'target_value', 'status', 'trend', 'override_status')
group by measure_code, decision_order, approved_on, role, reason
order by decision_order
"""

_WORKBOOKS = f"""
select title, string_agg(workbook, ', ' order by workbook) as workbooks
from audit.workbook
inner join audit.source using (source)
where outcome = 'loaded' and {_SINCE.format(day="as_at")}
group by title
order by title
"""


def moves(contents: Contents) -> list[tuple[Row, Row]]:
    """Measures whose status or trend is not that of the quarter before: as it was, and as it is."""
    if contents.before is None:
        return []
    rows = contents.quarter.rows(_BEFORE, before=contents.before["report_quarter"])
    before = {row["measure_code"]: row for row in rows}
    pairs = [(before[row["measure_code"]], row) for row in contents.measures if row["measure_code"] in before]
    return [(was, now) for was, now in pairs if (shown_status(was), was["trend"]) != (shown_status(now), now["trend"])]


def news_blocks(contents: Contents, moved: Sequence[tuple[Row, Row]]) -> list[Block]:
    """The section on what is new; moved: as of `moves`."""
    blocks: list[Block] = [Heading(2, "New since the last report", "news")]
    blocks += _errata(contents.quarter.rows(_ERRATA))
    if contents.before is None:
        return [*blocks, Paragraph("There is no quarter before this one to compare with.")]
    given = {"before": contents.before["report_quarter"]}
    rows = contents.quarter.rows
    day = day_in_words(contents.before["cut_off"])
    said = f"Compared with {contents.before['report_quarter']}, whose figures were those known on {day}."
    blocks += [Paragraph(said), Heading(3, "Statuses and trends that moved", "moves")]
    blocks.append(moves_table(moved) if moved else Paragraph("No status and no trend has moved."))
    blocks += _list("Figures restated", "restatements", map(_restated, rows(_RESTATED, **given)))
    reported = reported_quarters(contents.quarter.connection)
    earlier = (_earlier_quarter(row) for row in rows(_EARLIER_QUARTERS, **given) if row["report_quarter"] in reported)
    blocks += _list("What reports of earlier quarters would say now", "earlier-quarters", earlier)
    blocks += _list(
        "Measures that are new or have changed", "changed-measures", map(_changed, rows(_MEASURES, **given))
    )
    blocks += _list("Targets that have changed", "changed-targets", map(_target, rows(_TARGETS, **given)))
    files = ([Run(row["title"], "strong"), Run(f": {row['workbooks']}")] for row in rows(_WORKBOOKS, **given))
    return blocks + _list("Workbooks received", "received", files)


def moves_table(moved: Sequence[tuple[Row, Row]]) -> Table:
    """What each status and trend was, and what it is."""
    columns = [
        Column("code", "PI code", is_head=True, width=0.7),
        Column("name", "Short name", width=2.4),
        Column("status_before", "Status before", width=1.3),
        Column("status", "Status now", width=1.3),
        Column("trend_before", "Trend before", width=1.3),
        Column("trend", "Trend now", width=1.3),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "code": now["measure_code"],
            "name": now["measure_name"],
            "status_before": status_words(was),
            "status": status_words(now),
            "trend_before": trend_words(was),
            "trend": trend_words(now),
        }
        for was, now in moved
    ]
    return Table("moves-table", "Measures whose status or trend has moved", columns, rows)


def _errata(errata: Sequence[Row]) -> Iterator[Block]:
    if errata:
        yield Heading(3, "Restated since the quarter was locked", "errata")
        yield Bullets(
            [
                f"{row['measure_code']}, restated on {day_in_words(row['approved_on'])}: {row['changes']}. "
                f"{row['reason']} (approved by the {row['role']})"
                for row in errata
            ]
        )


def _list(title: str, name: str, items: Iterable[Words]) -> list[Block]:
    said = list(items)
    return [Heading(3, title, name), Bullets(said) if said else Paragraph("None.")]


def _restated(row: Row) -> Words:
    old, new = (
        "no figure" if row[f"{which}_value"] is None else figure_in_words(row[f"{which}_value"], row["unit"])
        for which in ("old", "new")
    )
    where = f" ({row['new_workbook']}, sheet {row['new_sheet']}, cell {row['new_cell']})" if row["new_workbook"] else ""
    said = f", {row['period_label']}: {new}, until {day_in_words(row['restated_on'])} {old}{where}"
    return [Run(row["measure_code"], "strong"), Run(said)]


def _earlier_quarter(row: Row) -> Words:
    parts = []
    if row["status_before"] != row["status"]:
        parts.append(f"status {_rated(row['status'])}, reported as {_rated(row['status_before'])}")
    if row["trend_before"] != row["trend"]:
        parts.append(f"trend {_trended(row['trend'])}, reported as {_trended(row['trend_before'])}")
    lead = Run(f"{row['measure_code']} in {row['report_quarter']}", "strong")
    return [lead, Run(f": {'; '.join(parts)}; known since {day_in_words(row['restated_on'])}")]


def _rated(status: str | None) -> str:
    return STATUS_WORDS[status] if status else "not rated"


def _trended(trend: str | None) -> str:
    return TREND_WORDS[trend] if trend else "none"


def _changed(row: Row) -> Words:
    what = f" ({row['changed']})" if row["changed"] else ""
    return [Run(f"{MEASURE_CHANGE_WORDS[row['change_kind']]}{what}", "strong"), Run(f": {row['codes']}")]


def _target(row: Row) -> Words:
    old, new = (
        figure_in_words(row[name], row["unit"]) if row[name] is not None else row[kind].replace("_", " ")
        for name, kind in (("previous_value", "previous_type"), ("target_value", "target_type"))
    )
    said = f", {row['period_label']}: {new}, before {old} for {row['previous_period']} ({row['change']})"
    return [Run(row["measure_code"], "strong"), Run(said)]
