"""What the supplied workbooks and the printed report give: the errors of the print, and the page that lists them."""

from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.settings import code_root
from tests.conftest import Installation

SWAPPED = ("printed_values_swapped", "D16", "98.04% and 94.88%")
TRUNCATED = ("printed_rate_against_fraction", "E4", "48.84%")
WRONG_COUNT = ("printed_not_recomputed", "E16", "1,299")
WRONG_WHOLE = ("printed_not_recomputed", "E7", "42")


def test_the_errors_of_the_printed_table_are_found(published: Installation) -> None:
    found = published.rows(
        "select check_name, cell, recomputed from marts.reconciliation_finding"
        " where sheet = 'Measures as printed' and severity = 'fail' and check_name <> 'quantity_printed_two_ways'"
    )
    assert sorted(found) == sorted([SWAPPED, TRUNCATED, WRONG_COUNT, WRONG_WHOLE])


def test_quantities_that_measures_share_are_printed_alike_but_for_five(published: Installation) -> None:
    found = published.rows(
        "select subject from marts.reconciliation_finding where check_name = 'quantity_printed_two_ways' order by all"
    )
    assert [subject for (subject,) in found] == [
        "IN.1.1 and IN.1.2, successful applications, 2020-21",
        "IN.16 and IN.17, completed, 2019-20",
        "IN.16 and IN.17, completed, 2020-21",
        "IN.16 and IN.18, achieved, 2020-21",
        "IN.17 and IN.18, starts, 2019-20",
    ]


def test_periods_that_cannot_be_are_found(published: Installation) -> None:
    found = published.rows(
        "select subject, workbook, cell from marts.reconciliation_finding where check_name = 'impossible_period'"
    )
    assert sorted(found) == [
        ("2017/17", "State of the Sector October 2021.xlsx", "D8"),
        ("July 2020 to June 2022", "Commentary 2021-22 Q2.xlsx", "C4"),
    ]


def test_every_claim_is_confirmed_or_a_finding(published: Installation) -> None:
    claims = published.rows("select claim, stands_as, outcome, claimed_cell from marts.claim")
    assert {cell for *_, cell in claims} == {f"C{row}" for row in range(2, 9)}
    unconfirmed = [(claim, stands_as) for claim, stands_as, outcome, _ in claims if outcome != "confirmed"]
    assert unconfirmed == [("Fewer learners, year on year change of -2%", "value")]
    [(printed, cell)] = published.rows(
        "select published, cell from marts.reconciliation_finding where check_name = 'claim_not_confirmed'"
    )
    assert (printed, cell) == ("61", "C8")


def test_all_printed_figures_with_a_source_are_compared(published: Installation) -> None:
    """Of the printed actuals and forecasts, 70 figures, none is left without a counterpart in the workbooks."""
    [(printed, compared)] = published.rows(
        "select (select count(*) from marts.printed_figure where printed_column <> 'target'),"
        " (select count(*) from marts.printed_recomputed)"
    )
    assert printed == compared == 70


def test_the_committed_page_is_what_the_workbooks_give(
    published: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["findings", "--root", str(published.paths.root)]) == 0
    page = (code_root() / "docs/findings.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == page, "make it again: neighbourhoods findings > docs/findings.md"


def test_nothing_published_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", "--root", str(tmp_path)]) == 1
    assert "run `neighbourhoods nightly` first" in capsys.readouterr().err
