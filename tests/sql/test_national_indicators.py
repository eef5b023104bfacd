"""National indicators from staged rows to marts: codes, standings of targets, periods, areas, successors, findings."""

import pytest

from tests.sql.harness import Given, Row, day, dec, run, run_one
from tests.sql.national_indicators import LATER, basket_row, figure_row, national_indicator_rows, target_row
from tests.sql.published_editions import published_rows
from tests.sql.rows import STOCKPORT
from tests.sql.staged import receipts

BASKET, TARGETS, FIGURES = (f"staged.national_indicators_{table}" for table in ("basket", "targets", "figures"))


def of(table: str, changed: Given | None = None) -> list[Row]:
    """Rows of a model over the made-up workbook, some staged tables changed or added."""
    return run(table, {"staged.receipt": receipts(), **national_indicator_rows(), **(changed or {})})


def test_indicators_of_the_basket_and_those_with_a_target_are_listed() -> None:
    listed = {row["indicator_code"]: row for row in of("marts.national_indicator")}
    said = {code: (row["in_basket"], row["in_targets"], row["polarity"]) for code, row in listed.items()}
    assert said == {
        "NI.53": (True, False, "high"),
        "NI.111": (True, False, "low"),
        "NI.151": (True, False, "high"),
        "NI.4": (False, True, "none"),
        "NI.6": (False, True, "none"),
        "LOCAL.WHO_FEEL_WELL_INFORMED": (False, True, "none"),
    }
    assert {row["basket"] for row in listed.values() if row["in_basket"]} == {"child poverty"}
    assert [code for code, row in listed.items() if row["is_proxy"]] == ["NI.53"]
    assert listed["NI.53"]["indicator"] == "NI 53 Proxy"


def test_an_indicator_of_the_basket_with_a_target_is_listed_once() -> None:
    targets = {TARGETS: [target_row(2, "NI 151", "Employment rate", "75", None, None)]}
    [row] = [row for row in of("marts.national_indicator", targets) if row["indicator_code"] == "NI.151"]
    assert (row["in_basket"], row["in_targets"], row["polarity"]) == (True, True, "high")


def standings(*rows: Row) -> dict[str, tuple[object, ...]]:
    found = of("marts.national_indicator_target", {TARGETS: rows})
    said = ("standing", "target_type", "target_value", "proposed_value")
    return {row["period_label"]: tuple(row[name] for name in said) for row in found}


def test_what_is_to_be_considered_later_is_proposed_and_no_target() -> None:
    assert standings(target_row(2, "NI 4", "influence", "32", "34", LATER)) == {
        "2010-11": ("approved", "numeric", dec("32"), None),
        "2011-12": ("proposed", "to_be_confirmed", None, dec("34")),
    }


def test_a_note_of_a_later_decision_is_about_the_year_that_it_names() -> None:
    note = "2010/11 to be considered at a later date"
    assert standings(target_row(2, "NI 4", "influence", "32", "34", note)) == {
        "2010-11": ("proposed", "to_be_confirmed", None, dec("32")),
        "2011-12": ("approved", "numeric", dec("34"), None),
    }


def test_a_recommended_target_is_approved_for_the_year_that_has_one() -> None:
    assert standings(target_row(3, None, "informed", "36", None, "as recommended in the report")) == {
        "2010-11": ("approved", "numeric", dec("36"), None),
        "2011-12": ("none", "none", None, None),
    }


def test_a_year_to_be_considered_without_a_figure_has_no_target() -> None:
    assert standings(target_row(2, "NI 4", "influence", "32", None, LATER))["2011-12"] == ("none", "none", None, None)


def test_no_target_set_is_none_and_not_zero() -> None:
    found = standings(target_row(4, "NI 6", "formal volunteering", None, None, "no target set"))
    assert found == dict.fromkeys(("2010-11", "2011-12"), ("none", "none", None, None))


def test_targets_of_2010_are_none_of_the_agreements() -> None:
    assert of("marts.target") == []


@pytest.mark.parametrize(
    ("period", "label", "start", "end", "year_type"),
    [
        pytest.param("May 2008", "2008-05", "2008-05-01", "2008-06-01", "snapshot", id="month"),
        pytest.param("September 2008", "2008-09", "2008-09-01", "2008-10-01", "snapshot", id="month_in_full"),
        pytest.param("Dec 2009", "2009-12", "2009-12-01", "2010-01-01", "snapshot", id="december"),
        pytest.param("2008/09", "2008-09", "2008-04-01", "2009-04-01", "financial", id="financial_year"),
        pytest.param("1999-00", "1999-00", "1999-04-01", "2000-04-01", "financial", id="turn_of_the_century"),
        pytest.param("2008", "2008", "2008-01-01", "2009-01-01", "calendar", id="calendar_year"),
    ],
)
def test_the_period_of_a_local_figure(period: str, label: str, start: str, end: str, year_type: str) -> None:
    given = {FIGURES: [figure_row(2, "Claimants", "Stockport", period, "50", "")]}
    [row] = of("marts.national_indicator_figure", given)
    assert (row["period_label"], row["period_start"], row["period_end"]) == (label, day(start), day(end))
    assert row["year_type"] == year_type


def test_local_figures_keep_unit_area_note_and_cell() -> None:
    rows = {row["measure_code"]: row for row in of("marts.national_indicator_figure")}
    entrants = rows["NI.111"]
    assert (entrants["measure_name"], entrants["unit"], entrants["value"]) == (
        "First time entrants",
        "Number",
        dec("50"),
    )
    assert (entrants["area_code"], entrants["area_type"]) == ("LOCAL.PRIORITY_1", "neighbourhood")
    assert entrants["note"] == "about 15% of first time entrants"
    assert (entrants["sheet"], entrants["cell"]) == ("Sheet", "D3")
    line = rows["LOCAL.POVERTY_LINE_60_OF_MEDIAN_INCOME"]
    assert (line["unit"], line["area_code"]) == ("£", STOCKPORT)
    missing = rows["LOCAL.SCHOOL_ATTENDANCE"]
    assert (missing["value"], missing["availability"]) == (None, "not_available")


def test_a_figure_of_an_area_that_nobody_listed_is_kept_under_its_name() -> None:
    given = {FIGURES: [figure_row(2, "Claimants", "Barsetshire", "2008", "50", "")]}
    [row] = of("marts.national_indicator_figure", given)
    assert (row["area_code"], row["area_name"], row["area_type"]) == ("Barsetshire", "Barsetshire", None)


def test_measures_of_local_figures_are_listed_and_in_no_agreement() -> None:
    measures = {row["measure_code"]: row for row in of("marts.measure")}
    assert measures["NI.111"]["polarity"] == "low"
    assert {row["in_agreement"] for code, row in measures.items() if code.startswith(("NI.", "LOCAL."))} == {False}
    assert of("marts.rating_definition") == []


def test_local_figures_neither_begin_nor_end_the_reporting_quarters() -> None:
    assert of("marts.reporting_quarter") == []


def test_figures_of_a_workbook_that_was_replaced_stand_until_their_successors() -> None:
    [first] = [row for row in receipts() if row["workbook_sha256"] == "indicators"]
    known = [
        first | {"outcome": "superseded", "superseded_on": day("2010-09-01")},
        first | {"workbook_sha256": "replaced", "as_at": day("2010-09-01")},
    ]
    row = figure_row(2, "Claimants", "Stockport", "2008", "50", "")
    given = {"staged.receipt": known, FIGURES: [row, row | {"workbook_sha256": "replaced", "value": dec("55")}]}
    history = [(each["as_at"], each["superseded_on"], each["value"]) for each in of("marts.observation", given)]
    assert sorted(history) == [
        (day("2010-06-08"), day("2010-09-01"), dec("50")),
        (day("2010-09-01"), None, dec("55")),
    ]


SUCCESSION = {BASKET: [basket_row(4, "NI 111", "First time entrants", "Low"), basket_row(5, "NI 151", "Work", "High")]}


def test_an_indicator_has_its_successor_where_no_figures_of_it_are_loaded() -> None:
    entrants, work = of("marts.indicator_successor", SUCCESSION)
    assert entrants["successor_measure_code"] == "LAIT.FIRSTYJS"
    assert (entrants["relation"], entrants["is_loaded"], entrants["value"]) == (
        "successor, not the same measure",
        False,
        None,
    )
    assert "per 100,000" in entrants["what_differs"]
    assert (work["successor_measure_code"], work["relation"], work["is_loaded"]) == ("none", "none", False)
    assert work["what_differs"]


def test_an_indicator_shows_the_latest_figure_of_its_successor() -> None:
    entrants, work = of("marts.indicator_successor", {**published_rows(), **SUCCESSION})
    assert (entrants["is_loaded"], entrants["period_label"], entrants["value"]) == (True, "2018", dec("24.8"))
    assert (entrants["unit"], entrants["successor_polarity"]) == ("per 100,000", "low")
    assert not work["is_loaded"]


def test_both_sides_of_a_gap_succeed_it() -> None:
    rows = of("marts.indicator_successor", {BASKET: [basket_row(4, "NI 102a", "Gap at Key Stage 2", "Low")]})
    assert {row["successor_measure_code"] for row in rows} == {"LAIT.FSM_NEW_KS2_RWM", "LAIT.NONFSM_NEW_KS2_RWM"}
    assert {row["likeness"] for row in rows} == {"one side of the gap"}


def test_a_proxy_has_the_successor_of_its_indicator() -> None:
    row = run_one(
        "marts.indicator_successor",
        {"staged.receipt": receipts(), BASKET: [basket_row(4, "NI 53 Proxy", "Breastfeeding", "High")]},
    )
    assert (row["is_proxy"], row["successor_measure_code"]) == (True, "LAIT.6WKSBREAST")


def share_findings(indicator: str, value: str, note: str | None) -> list[Row]:
    row = figure_row(4, indicator, "Stockport", "2008", value, "£", note=note) | {"value_text": f"£{value}"}
    return of("findings.stated_share_of_amount", {FIGURES: [row]})


LINE = "Relative poverty line (60% of median household income)"


def test_a_share_that_its_stated_amount_does_not_give_is_found() -> None:
    [row] = share_findings(LINE, "18386", "CACI Paycheck; median £31,393")
    assert (row["published"], row["recomputed"], row["difference"]) == ("£18386", "£18,835.80", dec("449.8"))
    assert (row["check_name"], row["sheet"], row["cell"]) == ("stated_share_of_amount", "Sheet", "D4")
    assert "60.0% of the median" in row["explanation"]


@pytest.mark.parametrize(
    ("indicator", "value", "note"),
    [
        pytest.param(LINE, "18836", "CACI Paycheck; median £31,393", id="rounds_to_it"),
        pytest.param("Line (12.5% of mean pay)", "2500.50", "mean pay of £20,000", id="exactly_half_a_unit_off"),
        pytest.param(LINE, "1", "CACI Paycheck", id="no_amount_stated"),
        pytest.param(LINE, "1", "mean £31,393", id="amount_of_something_else"),
        pytest.param(LINE, "1", None, id="no_note"),
        pytest.param("Relative poverty line", "1", "median £31,393", id="no_share_stated"),
    ],
)
def test_a_share_that_fits_or_cannot_be_judged_is_no_finding(indicator: str, value: str, note: str | None) -> None:
    assert share_findings(indicator, value, note) == []
