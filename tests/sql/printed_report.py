"""Staged rows of a printed report: a few of its measures and claims, the figures read in them as the contract does."""

from pipelines.read.printed import as_words, parse_printed
from tests.sql.harness import Row
from tests.sql.staged import staged

COLUMNS = ("two_years_before", "year_before", "current", "target", "status", "trend")

PRINTED: dict[str, tuple[str, ...]] = {
    "IN.16": ("90.5% (171)", "94.2% (227)", "94%", "97%", "A", "Stable"),
    "IN.17": ("89.5% (191)", "96% (241)", "N/A", "95%", "N/A", "N/A"),
    "IN.14": ("N/A", "1,600 (May 2021)", "1,672 (Oct 2021)", "Aim to max- imise", "N/A", "Getting better"),
    "New measure": ("N/A", "N/A", "Q1 = £5 Q2 = £6", "TBC", "N/A", "illegible"),
}
"""By code: the year before last (two rates in each other's place), last year, this year, target, status and trend."""

CLAIMS = [("Residents supported by DWP grant", "50", "dwp_grants"), ("VCSE groups", "1,672", "IN.14")]


def printed(name: str, text: str, column: str, row_number: int) -> Row:
    """The staged columns of a printed cell."""
    figures = [figure._asdict() for figure in parse_printed(text)]
    return {name: as_words(text), f"{name}_cell": f"{column}{row_number}", f"{name}_figures": figures}


def printed_rows() -> dict[str, list[Row]]:
    """Rows by staged table."""
    period = ("2021-22-Q2", "2021-07-01", 3)
    measures = []
    for number, (code, texts) in enumerate(PRINTED.items(), 4):
        row = staged("report", number, *period, code=code, measure_name=f"Measure {code}")
        for letter, name, text in zip("DEFGHI", COLUMNS, texts, strict=True):
            row |= printed(name, text, letter, number)
        measures.append(row)
    claims = [
        staged("report", number, *period, place="Summary", about=about)
        | printed("claim", claim, "B", number)
        | printed("claimed", claimed, "C", number)
        for number, (claim, claimed, about) in enumerate(CLAIMS, 2)
    ]
    return {"staged.published_report_measures": measures, "staged.published_report_claims": claims}
