"""What is printed against its own fractions, against other printed figures, and against the workbooks."""

from typing import Any

import pytest

from pipelines.read.printed import parse_printed
from tests.sql.harness import Row, day, dec, run

REPORT = {
    "report_quarter": "2021-22-Q2",
    "as_at": day("2021-11-12"),
    "workbook": "Report.xlsx",
    "workbook_sha256": "report",
    "sheet": "Measures as printed",
}
COLUMNS = {"two_years_before": "2019-20", "year_before": "2020-21", "current": "2021-22", "target": "2021-22"}
LETTERS = {"two_years_before": "D", "year_before": "E", "current": "F", "target": "G", "status": "H", "trend": "I"}
ROWS = {"IN.1.1": 4, "IN.1.2": 7, "IN.6": 21, "IN.7": 22, "IN.14": 15, "IN.16": 16, "IN.17": 17, "IN.18": 18}

MEASURES = {
    "IN.1.1": ("%", "financial", "Successful applications", "Applications"),
    "IN.1.2": ("%", "financial", "Awards under £500", "Awards"),
    "IN.6": ("per 1,000", "financial", "Crimes", "Population"),
    "IN.7": ("per 1,000", "financial", "Violent crimes", "Population"),
    "IN.16": ("%", "academic", "Achieved", "Completed"),
    "IN.17": ("%", "academic", "Completed", "Starts"),
    "IN.18": ("%", "academic", "Achieved", "Starts"),
    "IN.14": ("Number", "snapshot", None, None),
}
"""Unit, calendar, numerator and denominator in the agreement's words."""


def cell(code: str, column: str, text: str) -> Row:
    """A row of staging.published_report_cell."""
    return REPORT | {
        "measure_code": code,
        "measure_name": f"Measure {code}",
        "printed_column": column,
        "column_year": COLUMNS.get(column, "2021-22"),
        "printed_text": text,
        "figures": [figure._asdict() for figure in parse_printed(text)],
        "cell": f"{LETTERS[column]}{ROWS[code]}",
    }


def observed(code: str, period: str, value: str, numerator: str | None = None, denominator: str | None = None) -> Row:
    """A row of marts.observation, of the authority's total, known before the report."""
    return {
        "measure_code": code,
        "area_code": "E08000007",
        "period_label": period,
        "value_kind": "actual",
        "component": "total",
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "value_qualifier": "exact",
        "availability": "value",
        "as_at": day("2021-10-15"),
        "origin_id": f"{code} {period}",
    }


AGREED = [
    {"measure_code": code, "unit": unit, "numerator": numerator, "denominator": denominator}
    for code, (unit, _, numerator, denominator) in MEASURES.items()
]
SURROUNDINGS: dict[str, list[Row]] = {
    "marts.measure": [{"measure_code": code, "year_type": kind} for code, (_, kind, _, _) in MEASURES.items()],
    "staging.portfolio_agreement_measure": [dict(row) for row in AGREED],
    "marts.area": [{"area_code": "E08000007", "is_authority": True}],
    "marts.reported_status": [],
}


def found(finding: str, cells: list[Row], observations: list[Row] | None = None, **more: Any) -> list[Row]:
    given = SURROUNDINGS | {"staging.published_report_cell": cells, "marts.observation": observations or []}
    return run(f"findings.{finding}", given | more)


@pytest.mark.parametrize("text", ["23% (54/231)", "49% (42/86)", "100% (2/2)", "0% (0/7)", "12.5% (1/8)"])
def test_a_rate_that_its_fraction_gives_is_no_finding(text: str) -> None:
    assert found("printed_rate_against_fraction", [cell("IN.1.1", "year_before", text)]) == []


def test_a_half_may_be_rounded_either_way() -> None:
    for text in ("12% (1/8)", "13% (1/8)"):
        assert found("printed_rate_against_fraction", [cell("IN.1.1", "year_before", text)]) == []


def test_a_truncated_rate_is_said_to_be_truncated() -> None:
    [row] = found("printed_rate_against_fraction", [cell("IN.1.1", "year_before", "48% (42/86)")])
    assert (row["published"], row["recomputed"], row["difference"]) == ("48% (42/86)", "48.84%", dec("0.837209"))
    assert "truncated, not rounded. Rounded it is 49%" in row["explanation"]
    assert (row["workbook"], row["sheet"], row["cell"]) == ("Report.xlsx", "Measures as printed", "E4")


@pytest.mark.parametrize(("text", "said"), [("84% (42/86)", "one of the three"), ("5% (3/0)", "no share of anything")])
def test_a_rate_that_its_fraction_does_not_give_is_found(text: str, said: str) -> None:
    [row] = found("printed_rate_against_fraction", [cell("IN.1.1", "year_before", text)])
    assert said in row["explanation"]


def test_a_superseded_report_is_not_looked_at() -> None:
    old = cell("IN.1.1", "year_before", "48% (42/86)") | {"superseded_on": day("2021-12-01")}
    assert found("printed_rate_against_fraction", [old]) == []


RATES_2020_21 = [
    observed("IN.16", "2020-21 academic", "93.185079", "1299", "1394"),
    observed("IN.17", "2020-21 academic", "96.270718", "1394", "1448"),
    observed("IN.18", "2020-21 academic", "89.709945", "1299", "1448"),
]


@pytest.mark.parametrize("text", ["93.2% (1,299)", "93% (1299)", "93.19%", "N/A"])
def test_a_figure_that_rounds_to_what_is_printed_is_no_finding(text: str) -> None:
    assert found("printed_not_recomputed", [cell("IN.16", "year_before", text)], RATES_2020_21) == []


def test_a_wrong_number_beside_a_right_rate_says_what_would_agree_and_what_it_is_a_share_of() -> None:
    [row] = found("printed_not_recomputed", [cell("IN.16", "year_before", "93.2% (1,350)")], RATES_2020_21)
    assert (row["recomputed"], row["difference"]) == ("1,299", dec("-51"))
    assert "with 1,299 beside it" in row["explanation"]
    assert "1,350 is 93.2% of 1,448, which is what IN.17 and IN.18 are measured against" in row["explanation"]


def test_a_figure_without_its_further_decimals_was_truncated() -> None:
    [row] = found("printed_not_recomputed", [cell("IN.16", "year_before", "93.1%")], RATES_2020_21)
    assert "truncated, not rounded" in row["explanation"]


def test_what_came_after_the_report_does_not_count() -> None:
    late = [observed("IN.16", "2020-21 academic", "91") | {"as_at": day("2021-11-13")}]
    corrected = [RATES_2020_21[0] | {"superseded_on": day("2021-11-13")}, *late]
    assert found("printed_not_recomputed", [cell("IN.16", "year_before", "93.2%")], late) == []
    assert found("printed_not_recomputed", [cell("IN.16", "year_before", "93.2%")], corrected) == []


def test_what_a_correction_took_back_before_the_report_does_not_count() -> None:
    corrected = [
        observed("IN.16", "2020-21 academic", "91") | {"superseded_on": day("2021-11-12")},
        observed("IN.16", "2020-21 academic", "93") | {"as_at": day("2021-11-12")},
    ]
    assert found("printed_not_recomputed", [cell("IN.16", "year_before", "93%")], corrected) == []
    assert len(found("printed_not_recomputed", [cell("IN.16", "year_before", "91%")], corrected)) == 1


def test_a_fraction_is_compared_and_its_rate_once() -> None:
    fund = [observed("IN.1.2", "2020-21", "4.761905", "2", "42")]
    [row] = found("printed_not_recomputed", [cell("IN.1.2", "year_before", "100% (2/2)")], fund)
    assert (row["subject"], row["recomputed"]) == ("IN.1.2, 2020-21, denominator", "42")
    assert "the rate is 4.76%, not 100%" in row["explanation"]


def test_components_and_quarters_are_compared_one_by_one() -> None:
    parts = [
        observed("IN.14", "2021-22-Q1", "46"),
        observed("IN.14", "2021-22-Q2", "21"),
    ]
    [row] = found("printed_not_recomputed", [cell("IN.14", "current", "Q1 = 46 Q2 = 12")], parts)
    assert (row["subject"], row["difference"]) == ("IN.14, 2021-22, Q2", dec("9"))


def test_a_year_to_date_that_is_added_up_is_compared() -> None:
    status = {
        "report_quarter": "2021-22-Q2",
        "as_at": REPORT["as_at"],
        "measure_code": "IN.14",
        "value": "32",
        "value_period": "2021-22 to Q2",
    }
    more = {"marts.reported_status": [status]}
    assert found("printed_not_recomputed", [cell("IN.14", "current", "32")], **more) == []
    assert len(found("printed_not_recomputed", [cell("IN.14", "current", "33")], **more)) == 1


RATES_2019_20 = [
    observed("IN.16", "2019-20 academic", "98.042705", "1653", "1686"),
    observed("IN.17", "2019-20 academic", "94.879010", "1686", "1777"),
]
SWAPPED = [cell("IN.16", "two_years_before", "94.9% (1653)"), cell("IN.17", "two_years_before", "98% (1,686)")]


def test_two_rates_in_each_others_place_are_one_finding() -> None:
    [row] = found("printed_values_swapped", SWAPPED, RATES_2019_20)
    assert (row["subject"], row["recomputed"]) == ("IN.16 and IN.17, 2019-20 academic", "98.04% and 94.88%")
    assert "IN.16 (D16) and IN.17 (D17) are swapped" in row["explanation"]
    assert found("printed_not_recomputed", SWAPPED, RATES_2019_20) == []


def test_two_wrong_rates_that_do_not_agree_when_swapped_are_two_findings() -> None:
    wrong = [cell("IN.16", "two_years_before", "94.9%"), cell("IN.17", "two_years_before", "97%")]
    assert found("printed_values_swapped", wrong, RATES_2019_20) == []
    assert len(found("printed_not_recomputed", wrong, RATES_2019_20)) == 2


def test_two_right_rates_are_not_swapped() -> None:
    right = [cell("IN.16", "two_years_before", "98%"), cell("IN.17", "two_years_before", "94.9%")]
    assert found("printed_values_swapped", right, RATES_2019_20) == []


def test_a_quantity_that_two_measures_state_differently_is_found() -> None:
    cells = [cell("IN.16", "year_before", "93.2% (1,350)"), cell("IN.18", "year_before", "89.7% (1,299)")]
    [row] = found("quantity_printed_two_ways", cells, RATES_2020_21)
    assert (row["subject"], row["difference"]) == ("IN.16 and IN.18, achieved, 2020-21", dec("51"))
    assert (row["recomputed"], "as IN.18 does" in row["explanation"]) == ("1,299", True)


def test_a_denominator_that_a_rate_implies_is_compared_with_another_measures_count() -> None:
    [row] = found("quantity_printed_two_ways", SWAPPED, RATES_2019_20)
    assert "IN.16 implies between 1,741 and 1,742 as denominator (completed)" in row["explanation"]
    assert "The workbooks give 1,686, as IN.17 does" in row["explanation"]


def test_words_that_mean_one_quantity_are_compared() -> None:
    cells = [cell("IN.1.1", "year_before", "49% (42/86)"), cell("IN.1.2", "year_before", "100% (2/2)")]
    [row] = found("quantity_printed_two_ways", cells)
    assert (row["subject"], row["difference"]) == ("IN.1.1 and IN.1.2, successful applications, 2020-21", dec("40"))
    assert row["recomputed"] is None


@pytest.mark.parametrize(
    "cells",
    [
        [cell("IN.1.1", "two_years_before", "23% (54/231)"), cell("IN.1.2", "two_years_before", "22% (12/54)")],
        [cell("IN.6", "two_years_before", "67.15 (19,543)"), cell("IN.7", "two_years_before", "21.5 (6,259)")],
        [cell("IN.16", "year_before", "93.2% (1,299)"), cell("IN.17", "year_before", "96.3% (1,394)")],
        [cell("IN.1.1", "year_before", "49% (42/86)"), cell("IN.1.2", "two_years_before", "100% (2/2)")],
        [cell("IN.16", "year_before", "93.2% (0)"), cell("IN.17", "year_before", "0% (1,394)")],
    ],
    ids=["stated_alike", "implied_alike", "implied_and_stated_alike", "other_years", "nothing_to_imply"],
)
def test_quantities_that_can_be_one_are_no_finding(cells: list[Row]) -> None:
    assert found("quantity_printed_two_ways", cells) == []


def test_populations_implied_by_two_rates_that_cannot_be_one_are_found() -> None:
    cells = [cell("IN.6", "two_years_before", "67.15 (19,543)"), cell("IN.7", "two_years_before", "20.5 (6,259)")]
    [row] = found("quantity_printed_two_ways", cells)
    assert "IN.7 implies between 304,575 and 306,063" in row["explanation"]


def test_rates_that_cannot_be_a_product_however_rounded_are_found() -> None:
    texts = {"IN.16": "94%", "IN.17": "97%", "IN.18": "93%"}
    [row] = found("printed_rates_do_not_multiply", [cell(code, "current", text) for code, text in texts.items()])
    assert (row["published"], row["recomputed"], row["difference"]) == ("93%", "91.18%", dec("-1.82"))
    assert "between 90.23% and 92.14%" in row["explanation"]
    assert "IN.17 at 98.94% or IN.16 at 95.88%" in row["explanation"]


@pytest.mark.parametrize(
    "texts",
    [
        {"IN.16": "94%", "IN.17": "97%", "IN.18": "92%"},
        {"IN.16": "93.2%", "IN.17": "96.3%", "IN.18": "89.7%"},
        {"IN.16": "98%", "IN.17": "N/A", "IN.18": "50%"},
    ],
    ids=["within_rounding", "to_one_decimal", "one_not_printed"],
)
def test_rates_that_can_be_a_product_are_no_finding(texts: dict[str, str]) -> None:
    assert found("printed_rates_do_not_multiply", [cell(code, "current", text) for code, text in texts.items()]) == []


def test_targets_are_set_and_need_not_multiply() -> None:
    texts = {"IN.16": "97%", "IN.17": "95%", "IN.18": "99%"}
    assert found("printed_rates_do_not_multiply", [cell(code, "target", text) for code, text in texts.items()]) == []
