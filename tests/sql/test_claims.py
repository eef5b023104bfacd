"""Claims in the words of the printed report against what was known on its day."""

import pytest

from pipelines.read.printed import parse_printed
from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.test_printed_findings import REPORT, SURROUNDINGS, observed


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
    assert "starts (IN.19): -329" in row["explanation"]
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


def test_a_part_that_measures_share_is_told_with_all_of_them() -> None:
    own = [row for row in TWO_YEARS if row["measure_code"] == "IN.16"]
    parts = [{"measure_code": code, "numerator": "Achieved", "denominator": "Completed"} for code in ("IN.16", "IN.19")]
    shared = [*own, *(row | {"measure_code": "IN.19"} for row in own)]
    [row] = claims("Fewer learners", "61", "IN.16; IN.19", shared, staging__portfolio_agreement_measure=parts)
    assert row["basis"] == "achieved (IN.16, IN.19): -354; completed (IN.16, IN.19): -292"
