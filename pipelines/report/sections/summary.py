"""The head of a report: its cover, the summary of the portfolio, and how ratings are made."""

from collections.abc import Callable, Mapping, Sequence

from pipelines.document.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Definitions,
    Heading,
    Paragraph,
    Run,
    Table,
    Tone,
    Words,
)
from pipelines.publication.quarter import Row
from pipelines.report.contents import Contents
from pipelines.report.sections.finance import cash_limit, thousands_cell
from pipelines.report.wording import (
    STATUS_WORDS,
    TREND_WORDS,
    count_in_words,
    day_in_words,
    shown_status,
    status_words,
    trend_words,
)

_SIGNATURES = "select * from marts.sign_off where report_quarter = $quarter order by decision_order"

_BUILD = "select run_date, inputs_sha256, code_sha256, schema_version from audit.build"

_TONES: Mapping[str, Tone] = {"R": "R", "A": "A", "G": "G"}


def cover_lines(contents: Contents) -> list[Words]:
    """Under the title: as of which day, who has locked or signed it, and which version of the figures it is."""
    rows = contents.quarter.rows
    build = rows(_BUILD)[0]
    return [
        f"Every figure as it was known on {day_in_words(contents.head['cut_off'])}, the quarter's cut-off.",
        signature_words(rows(_SIGNATURES)),
        [
            Run(f"Made on {day_in_words(build['run_date'])}. Version of the figures: inputs "),
            Run(build["inputs_sha256"][:12], "code"),
            Run(", rules "),
            Run(build["code_sha256"][:12], "code"),
            Run(f", tables {build['schema_version']}."),
        ],
    ]


def signature_words(signatures: Sequence[Row]) -> str:
    """In which roles the quarter was locked and signed off, or that it was not; names of persons are not public."""
    verbs = {"lock": "Locked", "sign_off": "Signed off"}
    said = [
        f"{verbs[row['action']]} on {day_in_words(row['decided_on'])} by the {row['role']}"
        + (" (restated since)" if row["errata_since"] else "")
        for row in signatures
    ]
    return f"{'. '.join(said)}." if said else "Not locked and not signed off: its figures may still change."


def summary_blocks(contents: Contents, moved: Sequence[tuple[Row, Row]]) -> list[Block]:
    """Counts by rating and trend, what has moved since the last report, and the cash limit."""
    limit = cash_limit(contents)
    blocks: list[Block] = [
        Heading(2, "Portfolio summary", "summary"),
        Paragraph(f"{count_in_words(len(contents.measures), 'measure')}."),
        counts_table("ratings", "Measures by status", "Status", contents.measures, status_words, STATUS_WORDS),
        counts_table("trends", "Measures by trend", "Trend", contents.measures, trend_words, TREND_WORDS),
        Heading(3, "Since the last report", "summary-news"),
        *_moved(moved, contents.before),
        Heading(3, "Cash limit and forecast", "summary-finance"),
    ]
    if limit is None:
        return [*blocks, Paragraph("No revenue monitoring was received for this quarter by its cut-off.")]
    lines = {
        "Cash limit": ("budget_pounds", False),
        "Forecast": ("forecast_net_expenditure_pounds", True),
        "Deficit or (−) surplus, forecast": ("forecast_outturn_pounds", True),
    }
    rows: list[dict[str, Cell | str]] = [
        {"line": line, "amount": thousands_cell(limit[of], is_forecast=expected)}
        for line, (of, expected) in lines.items()
    ]
    columns = [Column("line", "Line", is_head=True, width=2), Column("amount", "£000", numeric=True)]
    return [*blocks, Table("summary-cash", "Cash limit and forecast, £000", columns, rows)]


def counts_table(
    name: str, caption: str, label: str, measures: Sequence[Row], words: Callable[[Row], str], known: Mapping[str, str]
) -> Table:
    """How many measures each status or trend has, and which; what is known first, then the reasons for none."""
    codes: dict[str, list[str]] = {said: [] for said in known.values()}
    for row in sorted(measures, key=words):
        codes.setdefault(words(row), [])
    for row in measures:
        codes[words(row)].append(row["measure_code"])
    columns = [
        Column("what", label, is_head=True, width=1.8),
        Column("count", "Measures", numeric=True, width=0.7),
        Column("which", "Which", width=3),
    ]
    tones = {said: _TONES.get(code, "") for code, said in known.items()}
    rows: list[dict[str, Cell | str]] = [
        {
            "what": Cell(said, tone=tones.get(said, "")),
            "count": str(len(of)),
            "which": ", ".join(of) or "none",
        }
        for said, of in codes.items()
    ]
    return Table(name, caption, columns, rows)


def _moved(moved: Sequence[tuple[Row, Row]], before: Row | None) -> list[Block]:
    if before is None:
        return [Paragraph("There is no quarter before this one to compare with.")]
    more = Paragraph([Run("More under "), Run("New since the last report", link="#news"), Run(".")])
    if not moved:
        return [Paragraph(f"No status and no trend has moved since {before['report_quarter']}."), more]
    rated = [(was, now) for was, now in moved if shown_status(was) != shown_status(now)]
    items: list[Words] = [
        [Run(now["measure_code"], "strong"), Run(f": {status_words(now)}, before: {status_words(was)}")]
        for was, now in rated
    ]
    said = (
        f"{count_in_words(len(rated), 'status', 'statuses')} and "
        f"{count_in_words(sum(was['trend'] != now['trend'] for was, now in moved), 'trend')} "
        f"moved since {before['report_quarter']}."
    )
    return [Paragraph(said[0].upper() + said[1:]), *([Bullets(items)] if items else []), more]


def criteria_blocks() -> list[Block]:
    """How ratings and trends are made, as the printed report says it."""
    items: list[tuple[Words, Words]] = [
        (STATUS_WORDS["R"], "misses the target by more than 5% of it"),
        (STATUS_WORDS["A"], "misses the target by 5% of it or less"),
        (STATUS_WORDS["G"], "on target or better"),
        (TREND_WORDS["better"], "the year-end (or latest) figure is more favourable than the previous one"),
        (TREND_WORDS["stable"], "within 1% either side of the previous one"),
        (TREND_WORDS["worse"], "less favourable than the previous one"),
    ]
    return [
        Heading(3, "How ratings work", "ratings-work"),
        Definitions(items),
        Paragraph(
            "Figures in italics are forecast or provisional and are also marked in words. "
            "Measures marked ★ are in the Greater Manchester Strategy or corporate headlines."
        ),
    ]
