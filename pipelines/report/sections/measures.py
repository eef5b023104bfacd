"""The priorities: what was delivered, the measures in the printed report's columns, and what is said of them."""

from collections.abc import Collection, Iterator, Sequence

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table, Words
from pipelines.publication.quarter import Row
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.ratings import Answers, figure_cell, status_cell, trend_cell
from pipelines.report.sections.delivered import Delivered
from pipelines.report.wording import POLARITY_WORDS, TARGET_WORDS, figure_in_words, shown_status, status_words

_PRIORITIES = "select distinct priority from marts.priority where agreement_year = $agreement_year order by priority"

_ANSWERS = f"""
select measure_code, period_label, strongly_agree_pct, tend_to_agree_pct
from (select * from marts.survey where {KNOWN})
inner join marts.area using (area_code)
where is_authority and not is_illustrative
"""

_HIGHLIGHTS = f"""
select commentary from marts.commentary where report_quarter = $quarter and kind = 'highlight' and {KNOWN}
"""


def priority_blocks(contents: Contents, delivered: Delivered) -> list[Block]:
    """A section for each priority of the agreement; delivered: what else was done, by priority."""
    quarter = contents.quarter
    titles = [row["priority"] for row in quarter.rows(_PRIORITIES, agreement_year=contents.head["report_year"])]
    titles += sorted({row["priority"] for row in contents.measures} - set(titles))
    answers = {(row["measure_code"], row["period_label"]): row for row in quarter.rows(_ANSWERS)}
    highlights = {text for row in quarter.rows(_HIGHLIGHTS) for text in row["commentary"].split("\n")}
    blocks: list[Block] = []
    for number, title in enumerate(titles, 1):
        measures = [row for row in contents.measures if row["priority"] == title]
        blocks.append(Heading(3, f"Priority {title}", f"priority-{number}"))
        blocks += _delivered(number, delivered.get(title, []), _said(measures, highlights))
        if not measures:
            blocks.append(Paragraph("The portfolio agreement sets no measures of its own for this priority."))
            continue
        blocks.append(measures_table(number, title, measures, contents.head, answers))
        blocks += _exceptions(number, measures)
        blocks += _notes(number, measures, highlights)
    return blocks


def _delivered(number: int, blocks: Sequence[Block], highlights: Sequence[Words]) -> Iterator[Block]:
    if not blocks and not highlights:
        return
    yield Heading(4, "What was delivered", f"delivered-{number}")
    if highlights:
        yield Bullets(highlights)
    yield from blocks


def measures_table(number: int, title: str, measures: Sequence[Row], head: Row, answers: Answers) -> Table:
    """The measures of a priority in the columns of the printed report, with the years of this quarter."""
    first = int(head["report_year"][:4])
    years = [f"{year}/{(year + 1) % 100:02d}" for year in (first - 2, first - 1, first)]
    columns = [
        Column("code", "PI code", width=0.85, is_head=True),
        Column("name", "Short name", width=2.2),
        Column("polarity", "Good performance", width=1.6),
        Column("before_that", f"{years[0]} actual", width=1.4),
        Column("before", f"{years[1]} actual", width=1.4),
        Column("value", f"{years[2]} latest or forecast", width=1.4),
        Column("target", f"{years[2]} target", width=1.15),
        Column("status", "Status", width=1.4),
        Column("trend", "Trend", width=1.3),
    ]
    return Table(
        f"priority-{number}-measures",
        f"Measures of priority {title}",
        columns,
        [_cells(row, answers) for row in measures],
    )


def _cells(row: Row, answers: Answers) -> dict[str, Cell | str]:
    star = " ★" if row["headline"] else ""
    return {
        "code": row["measure_code"],
        "name": Cell(f"{row['measure_name']}{star}", row["note"] or ""),
        "polarity": polarity_words(row),
        "before_that": figure_cell(row, "before_that_", answers),
        "before": figure_cell(row, "before_", answers),
        "value": figure_cell(row, "", answers),
        "target": target_words(row),
        "status": status_cell(row),
        "trend": trend_cell(row),
    }


def polarity_words(row: Row) -> str:
    """What is good performance of a measure."""
    return "Contextual" if row["is_contextual"] and row["polarity"] == "none" else POLARITY_WORDS[row["polarity"]]


def target_words(row: Row) -> str:
    """The target of a measure, or what stands in its place."""
    return TARGET_WORDS.get(row["target_type"]) or figure_in_words(row["target_value"], row["unit"])


def _exceptions(number: int, measures: Sequence[Row]) -> Iterator[Block]:
    """The Reds and Ambers of a priority, and under them what the services say of them, or that they say nothing."""
    missed = [row for row in measures if shown_status(row) in ("R", "A")]
    if not missed:
        return
    yield Heading(4, "Exceptions: measures rated Red or Amber", f"exceptions-{number}")
    yield Bullets([_exception(row) for row in missed])
    texts = {text for row in missed for text in _texts(row)}
    if texts:
        yield Paragraph("What the services say of them:")
        yield Bullets(_said(measures, texts))


def _exception(row: Row) -> Words:
    kind = f" ({row['value_kind']})" if row["value_kind"] != "actual" else ""
    against = f": {figure_in_words(row['value'], row['unit'])}{kind} against a target of {target_words(row)}."
    silent = "" if _texts(row) else " No commentary was supplied."
    code, status = Run(row["measure_code"], "strong"), Run(status_words(row), "strong")
    return [code, Run(f" {row['measure_name']}, "), status, Run(against + silent)]


def _notes(number: int, measures: Sequence[Row], highlights: Collection[str]) -> Iterator[Block]:
    """What is said of the other measures: of figures that are missing, and how figures are made."""
    missed = {text for row in measures if shown_status(row) in ("R", "A") for text in _texts(row)}
    said = _said(measures, {text for row in measures for text in _texts(row)} - missed - set(highlights))
    if said:
        yield Heading(4, "Commentary on other measures", f"commentary-{number}")
        yield Bullets(said)


def _texts(row: Row) -> list[str]:
    return [text for text in (row["commentary"] or "").split("\n") if text]


def _said(measures: Sequence[Row], texts: Collection[str]) -> list[Words]:
    """Each of the texts once, with all the measures that it is about."""
    codes: dict[str, list[str]] = {}
    for row in measures:
        for text in _texts(row):
            if text in texts:
                codes.setdefault(text, []).append(row["measure_code"])
    return [[Run(", ".join(about), "strong"), Run(f": {text}")] for text, about in codes.items()]
