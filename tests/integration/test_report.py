"""The report of a quarter: its page and its PDF say the same, and every difference from print has a finding."""

import re

import pytest

from tests.conftest import Installation

SECTIONS = [
    "Portfolio summary",
    "1. Delivering our priorities",
    "2. Financial resources and monitoring",
    "Action plan",
    "Threats and risks",
    "New since the last report",
    "Data quality",
    "Sources",
    "Annex: how this differs from the printed report",
]


def read(published: Installation, name: str, quarter: str = "2021-22-Q2") -> bytes:
    return (published.paths.reports / quarter / name).read_bytes()


def headings(page: str, level: int) -> list[str]:
    return re.findall(rf"<h{level} id=[^>]*>(.*?)</h{level}>", page)


def test_the_page_and_the_pdf_have_the_same_sections_in_the_printed_order(published: Installation) -> None:
    page = read(published, "report.html").decode()
    assert headings(page, 2) == SECTIONS
    made = read(published, "report.pdf").decode("latin-1")
    bookmarks = re.findall(r"/Parent \d+ 0 R.*?/Title\(((?:[^()\\]|\\.)*)\)", made)
    assert [each for each in bookmarks if each in SECTIONS] == SECTIONS
    third = [each.replace("&#39;", "'") for each in headings(page, 3) if each.isascii()]
    assert set(third) <= set(bookmarks)


def test_the_pdf_is_tagged_and_names_itself_and_its_language(published: Installation) -> None:
    made = read(published, "report.pdf")
    assert b"/MarkInfo<</Marked true" in made and b"/Lang(en-GB)" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made and b"/DisplayDocTitle true" in made
    page = read(published, "report.html").decode()
    assert made.count(b"/S/Table/") == page.count("<table ")
    assert made.count(b"/S/Figure") == page.count("<figure ")


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param("<span>668</span>", id="all_reserves"),
        pytest.param("Amber</span>", id="a_status"),
        pytest.param("£2,163,000", id="household_support_fund"),
        pytest.param("around 17,000", id="sector_of_greater_manchester"),
        pytest.param("72.5% to 77.3%", id="interval_of_the_survey"),
        pytest.param("over £374,650", id="a_bound_of_programme_activity"),
        pytest.param("<span>32</span>", id="events_held"),
        pytest.param("There are no savings requirements", id="savings"),
        pytest.param("Not locked and not signed off", id="nobody_has_signed"),
    ],
)  # fmt: skip
def test_figures_of_every_system_stand_in_the_report(published: Installation, figure: str) -> None:
    assert figure in read(published, "report.html").decode()


def test_a_quarter_without_a_printed_report_or_finance_says_so(published: Installation) -> None:
    page = read(published, "report.html", "2021-22-Q1").decode()
    assert headings(page, 2) == SECTIONS[:-1]
    assert "No revenue monitoring was received for this quarter by its cut-off." in page
    assert "No workbook of grants was received for this quarter." in page


def test_every_printed_cell_is_compared_and_stands_in_the_annex(published: Installation) -> None:
    outcomes = dict(published.rows("select outcome, count(*) from marts.printed_cell group by outcome"))
    assert outcomes == {"agrees": 137, "differs": 9, "illegible": 6}
    annex = read(published, "report.html").decode().partition('id="side-by-side-table"')[2].partition("</table>")[0]
    assert annex.count("<tr ") == 22 + 1
    assert annex.count("here: ") == 22 * 7
    assert annex.count("; differs") == 9


def test_every_difference_from_print_has_a_finding(published: Installation) -> None:
    unexplained = published.rows("""
        select printed.measure_code, printed.cell from marts.printed_cell as printed
        where printed.outcome = 'differs' and not exists (
            select 1 from marts.reconciliation_finding as finding
            left join marts.printed_swap as swap
                on finding.check_name = 'printed_values_swapped' and swap.cell = finding.cell
            where finding.sheet = printed.sheet and printed.cell in (finding.cell, swap.other_cell)
        )
        union all
        select claim.claim, claim.claimed_cell from marts.claim
        where claim.outcome <> 'confirmed' and claim.cell not in (
            select finding.cell from marts.reconciliation_finding as finding where finding.sheet = claim.sheet
        )
    """)
    assert unexplained == []


def test_figures_that_differ_are_explained_where_they_stand(published: Installation) -> None:
    page = read(published, "report.html").decode()
    differences = page.partition('id="differences"')[2].partition('id="claims"')[0]
    lines = re.findall(r"<li><strong>(.*?)</strong>: printed (.*?)</li>", differences)
    assert len(lines) == 9 + 6
    swapped = dict(lines)["IN.17, two years before"]
    assert "printed in each other&#39;s place" in swapped and "(cell D17)" in swapped
    assert "61 would be 2% of 3,050" in differences
