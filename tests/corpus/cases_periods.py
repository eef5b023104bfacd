"""Which period a file is of, by its name and its titles, and files for a period that is already held."""

from collections.abc import Sequence
from functools import cache

from tests.corpus.case import CENTRES_FILE, Case, Must, centres_grid, centres_staged
from tests.corpus.cases_tables import Change, V, above, table_case
from tests.corpus.makers import xlsx
from tests.helpers import Sheets


def _named(name: str, file: str, must: Must, says: Sequence[str] = (), *, change: Change | None = None) -> Case:
    sheets: Sheets = {"Visits": change(centres_grid()) if change else centres_grid()}
    rows = centres_staged() if must == "load" else None
    return table_case(name, "periods", must, sheets, says, rows, file=file)


def _other() -> bytes:
    return xlsx({"Visits": centres_grid(visits=846)})


@cache
def _same() -> bytes:
    return xlsx({"Visits": centres_grid()})


CASES = [
    _named("suffix_in_capitals", "CENTRES 2021-22 Q2.XLSX", "load"),
    _named("period_with_a_slash_for_a_dash", "Centres 2021–22 q2 (final) v3.xlsx", "load"),
    _named("name_without_a_period", "Centres.xlsx", "quarantine", ["Centres 2021-22 Q2.xlsx"]),
    _named("name_with_a_year_and_no_quarter", "Centres 2021-22.xlsx", "quarantine", ["Centres 2021-22 Q2.xlsx"]),
    _named("years_that_do_not_follow", "Centres 2021-23 Q2.xlsx", "quarantine", ["period"]),
    _named("quarter_that_does_not_exist", "Centres 2021-22 Q5.xlsx", "quarantine", ["period"]),
    _named("name_in_other_letters", "Центры 2021-22 Q2 – ‘final’ £.xlsx", "load"),
    _named("very_long_name", f"Centres {'x' * 200} 2021-22 Q2.xlsx", "load"),
    _named("name_with_brackets_and_stars", "Centres [*?] 2021-22 Q2.xlsx", "load"),
    _named(
        "last_years_title_in_this_years_file",
        CENTRES_FILE,
        "quarantine",
        [V, "cell A1", "2020-21-Q2", "2021-22-Q2"],
        change=above(["Community centres 2020-21 Q2"]),
    ),
    _named(
        "last_years_title_with_a_cell_beside",
        CENTRES_FILE,
        "quarantine",
        [V, "cell A1", "2020-21-Q2", "2021-22-Q2"],
        change=above(["Community centres 2020-21 Q2", None, None, "Draft"]),
    ),
    _named("this_years_title", CENTRES_FILE, "load", change=above(["Community centres 2021/22 Q2"])),
    _named(
        "last_quarters_title",
        CENTRES_FILE,
        "quarantine",
        [V, "cell A1", "2021-22-Q1"],
        change=above(["Quarterly return 2021-22 Q1"], []),
    ),
    Case(
        "same_bytes_for_a_period_already_held",
        "periods",
        "centres",
        "Centres 2021-22 Q2 (1).xlsx",
        _same,
        "ignore",
        ("the same bytes as 'Centres 2021-22 Q2.xlsx'",),
        held=((CENTRES_FILE, _same),),
    ),
    Case(
        "correction_of_a_period_already_held",
        "periods",
        "centres",
        "Centres 2021-22 Q2 v2.xlsx",
        _other,
        "load",
        (),
        centres_staged(visits=846),
        4,
        held=((CENTRES_FILE, _same),),
    ),
    Case(
        "correction_under_the_same_name",
        "periods",
        "centres",
        CENTRES_FILE,
        _other,
        "load",
        (),
        centres_staged(visits=846),
        4,
        held=((CENTRES_FILE, _same),),
    ),
    Case(
        "bad_correction_of_a_period_already_held",
        "periods",
        "centres",
        "Centres 2021-22 Q2 v2.xlsx",
        lambda: xlsx({"Visits": centres_grid(visits="lots")}),
        "quarantine",
        (V, "cell B3"),
        held=((CENTRES_FILE, _same),),
    ),
]
