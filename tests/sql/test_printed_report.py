"""The printed report's ratings and targets against those of the warehouse, its claims, and periods in text."""

from typing import Any

import pytest

from pipelines.read.printed import parse_printed
from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.test_printed_findings import REPORT, SURROUNDINGS, cell, found, observed

RATED = {
    "report_quarter": "2021-22-Q2",
    "measure_code": "IN.16",
    "value": "94",
    "target_value": "97",
    "previous_value": "93.19",
    "status": "A",
    "status_reason": "forecast",
    "trend": "stable",
    "trend_reason": "forecast year-end against previous",
}


def rating_findings(column: str, text: str, **changes: Any) -> list[Row]:
    return found(
        "printed_against_rating",
        [cell("IN.16", column, text)],
        **{"marts.reported_status": [RATED | {"as_at": REPORT["as_at"]} | changes]},
    )


@pytest.mark.parametrize(
    ("column", "text"), [("status", "A"), ("status", "Amber"), ("trend", "Stable"), ("trend", "illegible")]
)
def test_a_printed_rating_that_is_the_computed_one_or_cannot_be_read_is_no_finding(column: str, text: str) -> None:
    assert rating_findings(column, text) == []


def test_another_status_is_found_with_what_it_rests_on() -> None:
    [row] = rating_findings("status", "G")
    assert (row["check_name"], row["published"], row["recomputed"], row["severity"]) == (
        "printed_status",
        "G",
        "A",
        "fail",
    )
    assert "94 against a target of 97" in row["explanation"]


def test_another_trend_and_one_where_there_is_none_are_found() -> None:
    [row] = rating_findings("trend", "Getting better")
    assert (row["check_name"], row["recomputed"]) == ("printed_trend", "stable")
    [row] = rating_findings("trend", "Stable", trend=None, trend_reason="previous_not_available")
    assert row["explanation"] == "By the rules there is no trend: previous not available."


def test_no_rating_printed_and_none_computed_agree() -> None:
    assert rating_findings("status", "N/A", status=None, status_reason="no_target") == []
    assert [row["severity"] for row in rating_findings("status", "N/A")] == ["warn"]


def test_a_word_that_is_no_rating_is_said() -> None:
    [row] = rating_findings("trend", "Sideways")
    assert row["explanation"] == "'Sideways' is no trend that is known."


AGREED = {
    "measure_code": "IN.16",
    "agreement_year": "2021-22",
    "target_type": "numeric",
    "target_value": "97",
    "target_text": "97%",
    "polarity": "high",
    "workbook": "Agreement.xlsx",
    "as_at": day("2021-06-29"),
}


def agreement_findings(column: str, text: str, **changes: Any) -> list[Row]:
    cells = [cell("IN.16", "target", text) | {"printed_column": column}]
    given = {"staging.published_report_cell": cells, "staging.portfolio_agreement_measure": [AGREED | changes]}
    return run("findings.printed_against_agreement", given)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("97%", {}),
        ("97%", {"target_value": "97.4"}),
        ("£100k", {"target_value": "100400"}),
        ("N/A", {"target_type": "none", "target_value": None}),
        ("TBC", {"target_type": "to_be_confirmed", "target_value": None}),
        ("Aim to maximise", {"target_type": "maximise", "target_value": None}),
    ],
)
def test_a_printed_target_that_is_the_agreements_is_no_finding(text: str, changes: Row) -> None:
    assert agreement_findings("target", text, **changes) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("96%", {}),
        ("N/A", {}),
        ("Aim to minimise", {"target_type": "maximise", "target_value": None}),
        ("97%", {"target_type": "to_be_confirmed", "target_value": None}),
    ],
)
def test_another_target_is_found(text: str, changes: Row) -> None:
    [row] = agreement_findings("target", text, **changes)
    assert (row["published"], row["recomputed"]) == (text, "97%")


def test_the_target_of_a_later_agreement_does_not_count() -> None:
    assert agreement_findings("target", "96%", as_at=day("2021-11-13")) == []


def test_another_word_for_what_is_good_is_found() -> None:
    assert agreement_findings("good_performance", "High") == []
    assert [row["recomputed"] for row in agreement_findings("good_performance", "Low")] == ["High"]
    assert [row["recomputed"] for row in agreement_findings("good_performance", "Low", polarity="none")] == [
        "not stated"
    ]
    assert agreement_findings("good_performance", "Contextual", polarity="none") == []


@pytest.mark.parametrize("text", ["see page 4", "46 and 21 of them", "illegible"])
def test_a_cell_that_cannot_be_read_as_figures_is_said(text: str) -> None:
    assert [row["published"] for row in found("printed_not_read", [cell("IN.16", "current", text)])] == [text]


@pytest.mark.parametrize("text", ["N/A", "TBC", "94%", "Q1 = 46 Q2 = 21", "1672 (Oct 2021)"])
def test_a_cell_that_is_read_or_stands_for_none_is_not(text: str) -> None:
    assert found("printed_not_read", [cell("IN.16", "current", text)]) == []


def test_a_measure_that_is_left_out_and_one_that_is_not_agreed_are_found() -> None:
    agreed = [{"measure_code": code, "agreement_year": "2021-22", "measure_name": code} for code in ("IN.16", "IN.17")]
    cells = [cell("IN.16", "current", "94%"), cell("IN.18", "current", "92%"), cell("IN.18", "target", "93%")]
    rows = found("printed_measures", cells, **{"staging.portfolio_agreement_measure": agreed})
    assert [row["subject"] for row in rows] == ["IN.17, IN.17", "IN.18, Measure IN.18"]


@pytest.mark.parametrize(
    ("column", "text", "findings"),
    [
        ("two_years_before", "1630 (May 2020)", 1),
        ("two_years_before", "1630 (March 2020)", 0),
        ("two_years_before", "1630", 0),
        ("year_before", "1672 (April 2020)", 0),
        ("year_before", "1672 (Apr 2021)", 1),
        ("year_before", "1672 (Spring 2021)", 1),
    ],
)
def test_a_month_outside_the_year_of_its_column_is_found(column: str, text: str, findings: int) -> None:
    assert len(found("printed_month_outside_its_year", [cell("IN.14", column, text)])) == findings


def test_a_code_by_name_and_the_period_of_each_calendar() -> None:
    months = [cell("IN.14", "year_before", "1672 (May 2021)"), cell("IN.16", "year_before", "93%")]
    rows = run("marts.printed_figure", SURROUNDINGS | {"staging.published_report_cell": months})
    assert [(row["measure_code"], row["period_label"]) for row in rows] == [
        ("IN.14", "2021-05"),
        ("IN.16", "2020-21 academic"),
    ]


def claim(text: str, claimed: str, about: str) -> Row:
    """A row of staging.published_report_claim."""
    return REPORT | {
        "place": "Summary",
        "claim": text,
        "claim_cell": "B2",
        "claim_figures": [figure._asdict() for figure in parse_printed(text)],
        "printed_text": claimed,
        "figures": [figure._asdict() for figure in parse_printed(claimed)],
        "claimed_cell": "C2",
        "about": about,
    }


WORDS: list[Row] = [
    {"source": "dwp_grants", "words": "residents supported", "stands_as": "value", "measure_code": "GRANT.2"},
    {"source": "dwp_grants", "words": "debt cleared", "stands_as": "value", "measure_code": "GRANT.4"},
    {"source": "dwp_grants", "words": "investment in", "stands_as": "mentioned", "measure_code": "GRANT.1"},
]
UNITS = {"GRANT.1": "£", "GRANT.2": "Number", "GRANT.4": "£", "IN.16": "%", "IN.19": "%", "IN.14": "Number"} | {
    "GRANT.3": "£",
    "IN.3": "£",
    "IN.13": "%",
    "IN.N4": "Number",
}


def quarter(code: str, label: str, value: str, component: str = "total") -> Row:
    return observed(code, label, value) | {
        "year_type": "quarter",
        "component": component,
        "period_start": day(f"2021-{int(label[-1]) * 3 + 1:02}-01"),
    }


def academic(code: str, first: int, value: str, numerator: str, denominator: str) -> Row:
    label = f"{first}-{first - 1999} academic"
    year = {"year_type": "academic", "period_start": day(f"{first}-08-01")}
    return observed(code, label, value, numerator, denominator) | year


def claims(text: str, claimed: str, about: str, observations: list[Row], **more: list[Row]) -> list[Row]:
    given: dict[str, list[Row]] = {
        "staging.published_report_claim": [claim(text, claimed, about)],
        "staging.claim_word": WORDS,
        "staging.portfolio_agreement_measure": [
            {"measure_code": "IN.16", "numerator": "Achieved", "denominator": "Completed"},
            {"measure_code": "IN.19", "numerator": "Priority area learners", "denominator": "Starts"},
        ],
        "marts.observation": observations,
        "marts.area": SURROUNDINGS["marts.area"],
        "marts.measure": [{"measure_code": code, "unit": unit} for code, unit in UNITS.items()],
        "marts.reported_status": [],
        "marts.grants": [],
        "marts.grant_scheme": [],
        "marts.reserve": [],
        "marts.cash_limit": [],
    }
    return run("marts.claim", given | {name.replace("__", "."): rows for name, rows in more.items()})


def test_quarters_of_the_year_add_up_to_what_is_claimed() -> None:
    quarters = [quarter("GRANT.2", "2021-22-Q1", "17164"), quarter("GRANT.2", "2021-22-Q2", "6836")]
    [row] = claims("Residents supported by the grant", "24,000", "dwp_grants", quarters)
    assert (row["outcome"], row["basis"], row["recomputed"]) == (
        "confirmed",
        "GRANT.2 (2021-22 to Q2): 24,000",
        dec("24000"),
    )


@pytest.mark.parametrize(("claimed", "outcome"), [("£141.5k", "confirmed"), ("£141.6k", "not_confirmed")])
def test_a_claim_is_confirmed_as_far_as_it_is_printed(claimed: str, outcome: str) -> None:
    cleared = [quarter("GRANT.4", "2021-22-Q2", "141549", "Citizens Advice")]
    [row] = claims("Debt cleared", claimed, "dwp_grants", cleared)
    assert (row["outcome"], row["recomputed"]) == (outcome, dec("141549"))


def test_a_sum_in_the_words_of_a_claim_is_checked_too() -> None:
    paid = {
        "recipient": "Citizens Advice",
        "outcome": "debt cleared",
        "paid_pounds": "10000",
        "edition_period": "2021-22-Q2",
        "as_at": day("2021-10-15"),
    }
    words = "Debt cleared from £10k investment in CAB"
    rows = claims(words, "£5k", "dwp_grants", [], marts__grants=[paid])
    assert [(row["stands_as"], row["outcome"]) for row in rows] == [
        ("mentioned", "confirmed"),
        ("value", "not_checked"),
    ]
    [row, _] = claims(words, "£5k", "dwp_grants", [], marts__grants=[paid | {"paid_pounds": "12000"}])
    assert (row["outcome"], row["recomputed"]) == ("not_confirmed", dec("12000"))


def test_a_claim_about_a_measure_is_compared_with_what_is_rated() -> None:
    status = {
        "report_quarter": "2021-22-Q2",
        "as_at": REPORT["as_at"],
        "measure_code": "IN.14",
        "value": "1672",
    }
    [row] = claims("VCSE groups", "1672", "IN.14", [], marts__reported_status=[status])
    assert row["outcome"] == "confirmed"


TWO_YEARS = [
    academic("IN.16", 2019, "98.042705", "1653", "1686"),
    academic("IN.16", 2020, "93.185079", "1299", "1394"),
    academic("IN.19", 2019, "41.812043", "743", "1777"),
    academic("IN.19", 2020, "39.779006", "576", "1448"),
]


@pytest.mark.parametrize("number", ["354", "292", "167", "329"])
def test_a_number_fewer_is_confirmed_by_any_quantity_of_its_measures(number: str) -> None:
    [share, row] = claims("Fewer learners, a change of -2%", number, "IN.16-IN.19", TWO_YEARS)
    assert (share["outcome"], share["basis"]) == ("confirmed", "IN.19 (change): -2.03")
    assert (row["outcome"], row["recomputed"]) == ("confirmed", dec(number))


def test_fewer_is_not_more() -> None:
    [_, row] = claims("More learners, a change of -2%", "354", "IN.16; IN.19", TWO_YEARS)
    assert row["outcome"] == "not_confirmed"


def test_a_number_that_no_quantity_changed_by_is_a_finding_that_says_of_what_it_would_be_the_share() -> None:
    given = claims("Fewer learners, a change of -2%", "61", "IN.16-IN.19", TWO_YEARS)
    [row] = run("findings.claim_not_confirmed", {"marts.claim": given})
    assert (row["published"], row["recomputed"], row["difference"]) == ("61", "nearest: 167", dec("106"))
    assert "starts: -329" in row["explanation"]
    assert "61 would be 2% of 3,050 (of 2,440 to 4,066 with rounding)" in row["explanation"]


FUNDING: list[Row] = [quarter("IN.3", "2021-22-Q1", "486557"), quarter("IN.3", "2021-22-Q2", "34329")]
ACCUMULATING: list[Row] = [
    {"measure_code": "IN.3", "forecast_method": "Straight line", "as_at": day("2021-06-29")},
    {"measure_code": "IN.N4", "forecast_method": "None", "as_at": day("2021-06-29")},
]


def outcome_of(
    text: str, claimed: str, about: str, observations: list[Row], **more: list[Row]
) -> tuple[str, str | None]:
    [*_, row] = claims(text, claimed, about, observations, staging__portfolio_agreement_measure=ACCUMULATING, **more)
    return row["outcome"], row["basis"]


@pytest.mark.parametrize(
    ("text", "claimed", "outcome", "basis"),
    [
        ("External funding secured in Q2", "£34,329", "confirmed", "IN.3 (2021-22-Q2): 34,329"),
        ("External funding in the second quarter", "£34,329", "confirmed", "IN.3 (2021-22-Q2): 34,329"),
        ("External funding secured in Q1 and Q2", "£520,886", "confirmed", "IN.3 (2021-22 to Q2): 520,886"),
        ("External funding secured", "£520,886", "confirmed", "IN.3 (2021-22 to Q2): 520,886"),
        ("External funding secured in Q1", "£34,329", "not_confirmed", "IN.3 (2021-22-Q1): 486,557"),
        ("External funding secured", "£34,329", "not_confirmed", "IN.3 (2021-22 to Q2): 520,886"),
        ("External funding in Q2 of 2020/21", "£34,329", "not_checked", None),
        ("External funding secured in Q3", "£34,329", "not_checked", None),
    ],
)
def test_a_claim_is_about_the_quarters_that_it_names(text: str, claimed: str, outcome: str, basis: str | None) -> None:
    assert outcome_of(text, claimed, "IN.3", FUNDING) == (outcome, basis)


def test_quarters_that_do_not_add_up_are_not_added() -> None:
    engaged = [quarter("IN.N4", "2021-22-Q1", "46"), quarter("IN.N4", "2021-22-Q2", "21")]
    assert outcome_of("Organisations engaged", "21", "IN.N4", engaged)[0] == "confirmed"
    assert outcome_of("Organisations engaged", "67", "IN.N4", engaged)[0] == "not_confirmed"
    assert outcome_of("Organisations engaged in Q1 and Q2", "67", "IN.N4", engaged)[0] == "not_checked"


def belonging(part: str, value: str) -> Row:
    period = {
        "component": part,
        "period_start": day("2020-07-01"),
        "period_end": day("2021-07-01"),
        "year_type": "rolling",
    }
    return observed("IN.13", "year to Jun 2021", value) | period


BELONGING = [belonging("strongly agree", "32"), belonging("tend to agree", "43"), belonging("total", "75")]


@pytest.mark.parametrize(
    ("text", "claimed", "outcome"),
    [
        ("Strongly agree that they belong", "32%", "confirmed"),
        ("Strongly agree that they belong", "43%", "not_confirmed"),
        ("Strongly agree that they belong", "75%", "not_confirmed"),
        ("Feel that they belong", "75%", "confirmed"),
        ("Feel that they belong", "32%", "not_confirmed"),
        ("Strongly agree or tend to agree", "32%", "not_checked"),
        ("Strongly agree, March 2021", "32%", "not_checked"),
        ("Strongly agree, June 2021", "32%", "confirmed"),
    ],
)
def test_a_claim_is_about_the_part_and_the_month_that_it_names(text: str, claimed: str, outcome: str) -> None:
    assert outcome_of(text, claimed, "IN.13", BELONGING)[0] == outcome


def scheme(name: str, paid: str) -> Row:
    return {"edition_period": "2021-22-Q2", "scheme": name, "paid_pounds": paid, "as_at": day("2021-10-15")}


def allocated(name: str, first: str, pounds: str) -> Row:
    months = {"year_type": "months", "component": name, "period_start": day(first), "period_end": day("2022-04-01")}
    return observed("GRANT.3", f"from {first}", pounds) | months


@pytest.mark.parametrize(
    ("text", "claimed", "outcome"),
    [
        ("Household Support Fund", "£2.163m", "confirmed"),
        ("Household Support Fund allocated", "£2.163m", "confirmed"),
        ("Household Support Fund", "£1m", "not_confirmed"),
        # paid is another matter than allocated, and one scheme than all
        ("Household Support Fund paid out", "£2.163m", "not_confirmed"),
        ("Household Support Fund distributed", "£1m", "not_confirmed"),
        ("A fund of another name", "£2.163m", "not_checked"),
    ],
)
def test_a_claim_about_a_scheme_is_compared_with_that_scheme(text: str, claimed: str, outcome: str) -> None:
    given = [
        quarter("GRANT.1", "2021-22-Q1", "1000000"),
        allocated("Local Support Grant", "2021-04-01", "1000000"),
        allocated("Household Support Fund", "2021-10-01", "2163000"),
    ]
    words = [
        *(
            {"source": "dwp_grants", "words": words, "stands_as": "value", "measure_code": "GRANT.1"}
            for words in ("paid", "distributed")
        ),
        {"source": "dwp_grants", "words": "allocat", "stands_as": "value", "measure_code": "GRANT.3"},
    ]
    schemes = [scheme("Local Support Grant", "1000000"), scheme("Household Support Fund", "0")]
    more = {"marts__grant_scheme": schemes, "staging__claim_word": words}
    assert outcome_of(text, claimed, "dwp_grants", given, **more)[0] == outcome


RESERVE = {
    "edition_period": "2021-22-Q2",
    "narration": "Community Investment fund",
    "purpose": "One Stockport Local Fund",
    "opening_pounds": "623000",
    "planned_use_pounds": "-100000",
    "closing_pounds": "523000",
    "as_at": day("2021-10-29"),
}


@pytest.mark.parametrize(
    ("text", "claimed", "outcome"),
    [
        ("Reserves", "£668k", "confirmed"),
        ("One Stockport Local Fund", "£623k", "confirmed"),
        ("Community Investment fund after its use", "£523k", "confirmed"),
        ("Community Investment fund", "£45k", "not_confirmed"),
        ("Reserves", "£623k", "not_confirmed"),
        ("Money", "£623k", "not_checked"),
        ("Outturn", "£623k", "not_checked"),
    ],
)
def test_a_claim_about_a_reserve_is_compared_with_that_reserve(text: str, claimed: str, outcome: str) -> None:
    other = RESERVE | {"narration": "Revenue Grants", "purpose": "Assistance", "opening_pounds": "45000"}
    words: list[Row] = [
        {"source": "finance", "words": "reserve", "stands_as": "value", "measure_code": "reserves"},
        {"source": "finance", "words": "outturn", "stands_as": "value", "measure_code": "outturn"},
    ]
    more: dict[str, list[Row]] = {"marts__reserve": [RESERVE, other], "staging__claim_word": words}
    assert outcome_of(text, claimed, "finance", [], **more)[0] == outcome


def test_what_came_after_the_report_is_not_what_it_should_have_claimed() -> None:
    may = {"year_type": "snapshot", "period_start": day("2021-05-01"), "period_end": day("2021-06-01")}
    october = {"year_type": "snapshot", "period_start": day("2021-10-01"), "period_end": day("2021-11-01")}
    known = observed("IN.14", "2021-05", "1672") | may
    late = observed("IN.14", "2021-10", "1700") | october | {"as_at": day("2021-11-13")}
    assert outcome_of("VCSE groups", "1672", "IN.14", [known, late]) == ("confirmed", "IN.14 (2021-05): 1,672")
    [row] = claims("VCSE groups", "1672", "IN.14", [late])
    assert row["not_checked_because"] == "no workbook supplied by 12 November 2021 gives a figure of IN.14"


@pytest.mark.parametrize(
    ("text", "claimed", "about", "why"),
    [
        ("Cups of tea", "5", "dwp_grants", "none of its words says which figure of dwp_grants is meant"),
        ("Cups of tea", "5", "the canteen", "'the canteen' is neither a measure nor a source"),
        ("VCSE groups", "£5", "IN.14", "of IN.14 the workbooks give no figure in £"),
        ("VCSE groups in 2018/19", "5", "IN.14", "of IN.14 the workbooks give no figure of the time that is meant"),
    ],
)
def test_what_is_not_checked_says_why(text: str, claimed: str, about: str, why: str) -> None:
    groups = observed("IN.14", "2021-05", "1672") | {"year_type": "snapshot", "period_start": day("2021-05-01")}
    given = claims(text, claimed, about, [groups | {"period_end": day("2021-06-01")}])
    row = run_one("findings.claim_not_confirmed", {"marts.claim": given})
    assert row["severity"] == "warn"
    assert f"It was not checked: {why}" in row["explanation"]


def test_an_amount_that_is_mentioned_has_its_sign_in_front() -> None:
    paid = {"recipient": "CAB", "outcome": "debt", "paid_pounds": "12000", "edition_period": "2021-22-Q2"}
    given = claims(
        "From £11k investment in CAB", "£5k", "dwp_grants", [], marts__grants=[paid | {"as_at": day("2021-10-15")}]
    )
    rows = run("findings.claim_not_confirmed", {"marts.claim": given})
    assert ("£11,000", "£12,000") in [(row["published"], row["recomputed"]) for row in rows]


def test_a_claim_that_no_word_explains_is_a_finding() -> None:
    given = claims("Cups of tea", "5", "dwp_grants", [])
    row = run_one("findings.claim_not_confirmed", {"marts.claim": given})
    assert (row["severity"], row["recomputed"]) == ("warn", None)
    assert run("findings.claim_not_confirmed", {"marts.claim": [given[0] | {"superseded_on": day("2021-12-01")}]}) == []


def periods_in(text: str) -> list[str]:
    row = {"supplied_text": text, "as_at": day("2021-11-12"), "workbook": "w", "sheet": "s", "cell": "D8"}
    return [found["explanation"] for found in run("findings.impossible_period", {"marts.supplied_text": [row]})]


@pytest.mark.parametrize(
    "text",
    [
        "Stockport in 2016/17: 3%",
        "the academic year August 2020 to July 2021",
        "data of 2020/21 and 2021/22",
        "achievements 2018-21",
        "on 2021-10-12",
        "'2017/17' is printed so",
        "the strategy from April 2022 to March 2025",
        "four quarterly surveys in the year from July 2020 to June 2021",
        "at 1999/00 prices, on 30 June 2021",
        "two quarters, April 2021 to September 2021",
    ],
)
def test_periods_that_can_be_are_no_finding(text: str) -> None:
    assert periods_in(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in 2017/17: 3%", "No year is 2017/17: 2016/17 or 2017/18 may be meant"),
        ("in 2020/22", "No year is 2020/22: 2021/22 or 2020/21 may be meant"),
        ("in 2021-19", "No year is 2021-19"),
        ("in the year from July 2020 to June 2022", "said to be a year and has 24 months"),
        ("four quarterly surveys, July 2020 to June 2022", "4 quarters have 12 months, not 24"),
        ("surveys undertaken from July 2021 to June 2022", "It ends after 12 November 2021, when this was supplied"),
        ("from July 2021 to June 2021", "It ends before it begins"),
    ],
)
def test_periods_that_cannot_be_are_found(text: str, said: str) -> None:
    [explanation] = periods_in(text)
    assert said in explanation


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("on 31 June 2021", "June 2021 has 30"),
        ("by the 31st of June 2021", "June 2021 has 30"),
        ("31 June", "June has 30"),
        ("Nov 31 2021", "November 2021 has 30"),
        ("September 31st, 2021", "September 2021 has 30"),
        ("on 29th February 2021", "February 2021 has 28"),
        ("on 30 February", "February has 29"),
        ("on 0 May 2021", "May 2021 has 31"),
        ("on 45 May 2021", "May 2021 has 31"),
    ],
)
def test_days_that_no_month_has_are_found(text: str, said: str) -> None:
    row = {"supplied_text": text, "workbook": "w", "sheet": "s", "cell": "D8"}
    assert said in run_one("findings.impossible_day", {"marts.supplied_text": [row]})["explanation"]


@pytest.mark.parametrize(
    "text",
    [
        "30 June 2021",
        "29 February 2020",
        "on 29 February",
        "31st of December",
        "June 2021",
        "45 March events",
        "from 2010 June",
        "30 September 2010 to May 31, 2011",
    ],
)
def test_days_that_can_be_are_no_finding(text: str) -> None:
    row = {"supplied_text": text, "workbook": "w", "sheet": "s", "cell": "D8"}
    assert run("findings.impossible_day", {"marts.supplied_text": [row]}) == []


def listed(text: str) -> list[Row]:
    held = [quarter("IN.2", "2021-22-Q1", "2", "Food meeting"), quarter("IN.2", "2021-22-Q2", "3", "Food meeting")]
    written = {"measure_code": "IN.2", "report_quarter": "2021-22-Q2", "commentary": text, "as_at": day("2021-11-12")}
    given = {
        "staging.commentary_text": [written | {"workbook": "w", "sheet": "s", "commentary_cell": "C3"}],
        "marts.observation": held,
        "marts.area": SURROUNDINGS["marts.area"],
    }
    return run("findings.listed_parts", given)


def test_parts_that_add_up_and_are_counted_are_no_finding() -> None:
    assert listed("In Q1 and Q2, 9 events: 5 x Food meetings; and 4 x walks.") == []
    assert listed("9 events, 6 x Food meetings") == []  # one part is no list


def test_parts_that_do_not_add_up_and_parts_counted_otherwise_are_found() -> None:
    rows = listed("In Q1 and Q2, 9 events: 6 x Food meetings; and 4 x walks.")
    assert [(row["published"], row["recomputed"]) for row in rows] == [("6", "5"), ("9", "10")]


def population_findings(used: str) -> list[Row]:
    rate = observed("IN.6", "2019-20", "67", "19543", used) | {
        "period_start": day("2019-04-01"),
        "period_end": day("2020-04-01"),
    }
    estimates = [
        observed("POP.ALL", "2018-06", "290000") | {"period_start": day("2018-06-01")},
        observed("POP.ALL", "2019-06", "293423") | {"period_start": day("2019-06-01")},
    ]
    origin = {"origin_id": rate["origin_id"], "role": "denominator", "workbook": "w", "sheet": "s", "cell": "A2"}
    given = {"marts.observation_origin": [origin]}
    return found("population_of_another_year", [], [rate, *estimates], **given)


def test_a_population_that_is_the_estimate_of_the_year_is_no_finding() -> None:
    assert population_findings("293423") == []


def test_a_population_of_another_year_is_found() -> None:
    [row] = population_findings("290000")
    assert (row["published"], row["recomputed"], row["difference"]) == ("290,000", "293,423", dec("3423"))
