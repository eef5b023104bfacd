"""When the next figure is due and whether it is overdue: by frequency, rhythm of the source, and days of grace."""

from collections.abc import Sequence

import pytest

from tests.sql.harness import Row, check, day, run, run_one
from tests.sql.rows import MEASURE, QUARTER, STOCKPORT, definition, known, quarter

SOURCE = "centres"
QUARTERLY: Row = {"months": 3, "year_ends": 3, "due_days": 14, "grace_days": 7}
"""Due on 15 October for July to September, in grace until 22 October."""


def figure(label: str, value: str | None, as_at: str, **changes: object) -> Row:
    """A row of marts.observation, of the authority."""
    row = known(label, value) | {"area_code": STOCKPORT, "component": "total", "as_at": day(as_at)} | changes
    return {name: each for name, each in row.items() if name != "report_quarter"}


def edition(label: str, ends: str, received_on: str, **changes: object) -> Row:
    """A row of staged.receipt, of a file that loads."""
    name = f"{label} of {received_on}"
    row: Row = {"source": SOURCE, "workbook": f"{name}.xlsx", "workbook_sha256": name, "period_label": label}
    row |= {"period_end": day(ends), "received_on": day(received_on), "as_at": day(received_on), "outcome": "loaded"}
    return row | changes


Q2 = edition("2021-22-Q2", "2021-10-01", "2021-10-11")
Q2_FIGURE = figure("2021-22-Q2", "5", "2021-10-11")


def given(
    today: str,
    figures: Sequence[Row] = (Q2_FIGURE,),
    receipts: Sequence[Row] = (Q2,),
    source: Row = QUARTERLY,
    **measure: object,
) -> dict[str, list[Row]]:
    listed: Row = {
        "measure_code": MEASURE,
        "measure_name": "Visits",
        "frequency": "Quarterly",
        "year_type": "financial",
    }
    sent_by = {"measure_code": MEASURE, "workbook": Q2["workbook"], "workbook_sha256": Q2["workbook_sha256"]}
    # the file that tells which source the measure is of, on a day that no case comes to
    of_the_source = Q2 | {"received_on": day("2030-01-01"), "as_at": day("2030-01-01")}
    return {
        "staged.build": [{"run_date": day(today)}],
        "staged.source": [{"source": SOURCE, "title": "Centres", "owner": "Leisure", **source}],
        "staged.receipt": [of_the_source, *receipts],
        "marts.area": [{"area_code": STOCKPORT, "is_authority": True}],
        "marts.reporting_quarter": [],
        "marts.rating_definition": [],
        "marts.measure": [listed | measure],
        "marts.measure_series": [],
        "marts.observation": list(figures),
        "measures.figure": [sent_by | {"period_end": day("2021-10-01")}],
        "staging.portfolio_agreement_measure": [{"measure_code": MEASURE, "agreement_start": day("2021-04-01")}],
    }


def freshness(today: str, **about: object) -> Row:
    """The measure's row as the day of the build sees it."""
    return run_one("marts.freshness", given(today, **about))  # type: ignore[arg-type]


def source_freshness(today: str, **about: object) -> Row:
    """The source's row as the day of the build sees it."""
    return run_one("marts.source_freshness", given(today, **about))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "state", "days_overdue", "changes_on"),
    [
        ("2022-01-14", "not_yet_due", None, "2022-01-15"),
        ("2022-01-15", "due", None, "2022-01-23"),
        ("2022-01-22", "due", None, "2022-01-23"),
        ("2022-01-23", "late", 8, "2022-04-15"),
    ],
    ids=["the day before", "the day on which it is due", "last day of grace", "first day after"],
)
def test_a_quarter_is_due_two_weeks_after_its_end(
    today: str, state: str, days_overdue: int | None, changes_on: str
) -> None:
    row = freshness(today)
    assert (row["next_period"], row["due_on"], row["grace_until"]) == (
        "2021-22-Q3",
        day("2022-01-15"),
        day("2022-01-22"),
    )
    assert (row["state"], row["days_overdue"], row["changes_on"]) == (state, days_overdue, day(changes_on))
    by_source = source_freshness(today)
    assert (by_source["state"], by_source["due_on"], by_source["changes_on"]) == (state, row["due_on"], day(changes_on))


@pytest.mark.parametrize(
    ("today", "state", "missed"), [("2022-04-22", "late", 1), ("2022-04-23", "silent", 2), ("2022-07-23", "silent", 3)]
)
def test_a_source_that_let_two_due_dates_go_by_fell_silent(today: str, state: str, missed: int) -> None:
    assert (freshness(today)["state"], freshness(today)["periods_missed"]) == (state, missed)
    assert source_freshness(today)["state"] == state


def test_a_source_that_still_sends_is_late_however_long_its_figure_has_been_missing() -> None:
    answers = [figure(label, None, "2022-07-10") for label in ("2021-22-Q3", "2021-22-Q4", "2022-23-Q1")]
    sent = [Q2, edition("2022-23-Q1", "2022-07-01", "2022-07-10")]
    row = freshness("2022-07-30", figures=[Q2_FIGURE, *answers], receipts=sent)
    assert (row["state"], row["periods_missed"], row["next_period"]) == ("late", 3, "2021-22-Q3")
    assert (row["last_received_on"], row["note"]) == (day("2022-07-10"), "it came as 'not available', without a reason")


def test_not_available_is_no_figure_and_its_reason_is_told() -> None:
    row = freshness("2022-02-01", figures=[Q2_FIGURE, figure("2021-22-Q3", None, "2022-01-10", note="new system")])
    assert (row["state"], row["last_period"], row["note"]) == ("late", "2021-22-Q2", "new system")


def test_a_refused_file_breaks_the_silence_and_is_named() -> None:
    refused = edition("2021-22-Q4", "2022-04-01", "2022-04-20", outcome="quarantined", workbook="bad.xlsx")
    about = {"receipts": [Q2, refused]}
    row = source_freshness("2022-05-01", **about)
    assert (row["state"], row["refused_workbook"], row["last_received_on"]) == ("late", "bad.xlsx", day("2022-04-20"))
    assert freshness("2022-05-01", **about)["state"] == "late"


def test_a_file_that_comes_after_the_refused_one_ends_the_delay() -> None:
    refused = edition("2021-22-Q3", "2022-01-01", "2022-01-10", outcome="quarantined")
    row = source_freshness("2022-01-30", receipts=[Q2, refused, edition("2021-22-Q3", "2022-01-01", "2022-01-12")])
    assert (row["state"], row["refused_workbook"]) == ("not_yet_due", None)


def test_a_file_that_comes_before_its_period_ends_counts() -> None:
    early = edition("2021-22-Q3", "2022-01-01", "2021-12-20")
    row = source_freshness("2022-04-01", receipts=[Q2, early])
    assert (row["next_period"], row["state"]) == ("2021-22-Q4", "not_yet_due")


def test_a_superseded_edition_no_longer_supplies_what_it_gave() -> None:
    withdrawn = figure("2021-22-Q3", "6", "2022-01-10", superseded_on=day("2022-02-10"))
    assert freshness("2022-02-09", figures=[Q2_FIGURE, withdrawn])["next_period"] == "2021-22-Q4"
    assert freshness("2022-02-10", figures=[Q2_FIGURE, withdrawn])["next_period"] == "2021-22-Q3"


def test_a_figure_that_comes_tomorrow_is_not_known_today() -> None:
    figures = [Q2_FIGURE, figure("2021-22-Q3", "6", "2022-01-24")]
    assert freshness("2022-01-23", figures=figures)["state"] == "late"
    assert freshness("2022-01-24", figures=figures)["state"] == "not_yet_due"


@pytest.mark.parametrize("kind", ["forecast", "interim"])
def test_a_forecast_or_an_interim_count_is_not_the_figure(kind: str) -> None:
    expected = figure("2021-22-Q3", "6", "2022-01-10", value_kind=kind)
    assert freshness("2022-02-01", figures=[Q2_FIGURE, expected])["state"] == "late"


def test_a_provisional_figure_is_one() -> None:
    figures = [Q2_FIGURE, figure("2021-22-Q3", "6", "2022-01-10", value_kind="provisional")]
    assert freshness("2022-02-01", figures=figures)["state"] == "not_yet_due"


def test_another_areas_figure_is_not_the_authoritys() -> None:
    figures = [Q2_FIGURE, figure("2021-22-Q3", "6", "2022-01-10", area_code="E47000001")]
    assert freshness("2022-02-01", figures=figures)["state"] == "late"


def test_a_suppressed_figure_has_come() -> None:
    figures = [Q2_FIGURE, figure("2021-22-Q3", None, "2022-01-10", availability="suppressed")]
    assert freshness("2022-02-01", figures=figures)["state"] == "not_yet_due"


def test_a_fund_that_did_not_run_is_not_expected_until_the_next_quarter_is_due() -> None:
    paused = figure("2021-22-Q2", None, "2021-10-11", availability="not_collected", note="it did not run")
    row = freshness("2022-01-14", figures=[paused])
    assert (row["state"], row["note"], row["due_on"]) == ("not_expected", "it did not run", day("2022-01-15"))
    assert [freshness(today, figures=[paused])["state"] for today in ("2022-01-15", "2022-01-23")] == ["due", "late"]


def test_a_measure_never_received_is_overdue_once_its_first_figure_is() -> None:
    """The agreement of 2021-22 lists it: its first quarter is due on 15 July 2021."""
    row = freshness("2021-07-22", figures=[])
    assert (row["state"], row["next_period"], row["last_period"]) == ("due", "2021-22-Q1", None)
    assert freshness("2021-07-23", figures=[])["state"] == "never_received"


@pytest.mark.parametrize("changes", [{"frequency": None}, {"retired_from": day("2022-04-01")}])
def test_a_measure_without_a_frequency_or_no_longer_listed_is_not_expected(changes: Row) -> None:
    row = freshness("2022-04-23", **changes)
    assert (row["state"], row["due_on"], row["changes_on"]) == ("not_expected", None, None)


@pytest.mark.parametrize(
    ("label", "source", "measure", "next_period", "due_on"),
    [
        ("2020-21", {"months": 12, "year_ends": 3, "due_days": 121}, {}, "2021-22", "2022-07-31"),
        ("2020-21 academic", {"months": 12, "year_ends": 7, "due_days": 91}, {"year_type": "academic"},
         "2021-22 academic", "2022-10-31"),
        ("2021-10", {"months": 12, "year_ends": 10, "due_days": -1}, {"year_type": "snapshot"},
         "year to Oct 2022", "2022-10-31"),
        # a snapshot within the year is the year's, though the year goes on
        ("2021-10", {"months": 12, "year_ends": 3, "due_days": 30}, {"year_type": "snapshot"}, "2022-23", "2023-05-01"),
        ("2021-22-Q2", {"months": 3, "year_ends": 3, "due_days": 14}, {}, "2021-22", "2022-04-15"),
        ("2020-21 academic", {"months": 3, "year_ends": 3, "due_days": 14}, {"year_type": "academic"},
         "2021-22 academic", "2022-08-15"),
    ],
    ids=["financial", "academic", "snapshot", "snapshot in a financial year", "year of quarters", "year by agreement"],
)  # fmt: skip
def test_an_annual_measure_is_due_once_a_year_by_the_clock_of_its_year(
    label: str, source: Row, measure: Row, next_period: str, due_on: str
) -> None:
    rhythm = {"grace_days": 14, **source}
    row = freshness(
        "2021-12-01", figures=[figure(label, "5", "2021-10-11")], source=rhythm, frequency="Annual", **measure
    )
    assert (row["next_period"], row["due_on"], row["is_sent_less_often"]) == (next_period, day(due_on), False)


def test_a_quarterly_measure_of_a_register_that_comes_by_the_year_is_awaited_by_the_year() -> None:
    yearly = {"months": 12, "year_ends": 3, "due_days": 121, "grace_days": 14}
    row = freshness("2022-07-30", figures=[figure("2020-21", "5", "2021-07-15")], source=yearly)
    assert (row["state"], row["next_period"], row["is_sent_less_often"]) == ("not_yet_due", "2021-22", True)


def test_a_mean_of_waves_is_awaited_with_the_next_wave() -> None:
    wave = figure("2021-22-Q2", "5", "2021-10-11", period_label="Jul-Sep 2021", year_type="wave")
    mean = figure("2021-22-Q2", "5", "2021-10-11", period_label="year to Sep 2021", period_start=day("2020-10-01"))
    row = freshness("2021-12-01", figures=[mean, wave], year_type="rolling")
    assert (row["last_period"], row["next_period"], row["due_on"]) == ("Jul-Sep 2021", "2021-22-Q3", day("2022-01-15"))


def test_without_a_known_source_a_figure_is_due_on_the_quarters_cut_off() -> None:
    tables = given("2021-08-12", figures=[]) | {"measures.figure": []}
    row = run_one("marts.freshness", tables)
    assert (row["due_on"], row["source"], row["state"]) == (quarter("2021-22-Q1")["cut_off"], None, "due")


def test_a_renumbered_measure_goes_on_from_the_figures_of_its_old_code() -> None:
    series = {"measure_code": "IN.20", "member_code": MEASURE, "as_at": day("2022-01-01")}
    tables = given("2022-01-22", measure_code="IN.20") | {"marts.measure_series": [series]}
    row = run_one("marts.freshness", tables)
    assert (row["last_period"], row["source"], row["state"]) == ("2021-22-Q2", SOURCE, "due")


def test_a_past_quarter_tells_what_was_overdue_at_its_cut_off() -> None:
    before = figure("2020-21-Q4", "4", "2021-04-10")
    tables = given("2022-01-23", figures=[before, figure("2021-22-Q1", "5", "2021-12-01")])
    tables |= {
        "marts.reporting_quarter": [quarter("2021-22-Q1"), quarter(QUARTER)],
        "marts.rating_definition": [
            definition(frequency="Quarterly", report_quarter=label) for label in ("2021-22-Q1", QUARTER)
        ],
    }
    seen = {row["report_quarter"]: (row["next_period"], row["days_overdue"]) for row in run("marts.freshness", tables)}
    assert seen == {"2021-22-Q1": ("2021-22-Q1", 28), QUARTER: ("2021-22-Q1", 120), None: ("2021-22-Q2", 100)}


def test_a_quarter_whose_cut_off_has_not_come_has_no_row_of_its_own() -> None:
    tables = given("2021-11-12") | {"marts.reporting_quarter": [quarter(QUARTER)]}
    assert [row["report_quarter"] for row in run("marts.freshness", tables)] == [None]


def test_a_source_of_which_nothing_came_has_promised_nothing() -> None:
    rows = given("2030-01-01") | {"staged.receipt": [Q2 | {"source": "another"}]}
    row = run_one("marts.source_freshness", rows)
    assert (row["state"], row["due_on"]) == ("never_received", None)


def test_a_source_without_a_rhythm_is_not_expected() -> None:
    assert source_freshness("2029-12-31", source={})["state"] == "not_expected"


def test_overdue_holds_what_is_overdue_now_with_its_supplier() -> None:
    rows = run("marts.overdue", given("2022-01-23"))
    assert [(row["measure_code"], row["supplier"], row["source_title"], row["state"]) for row in rows] == [
        (MEASURE, "Leisure", "Centres", "late")
    ]
    assert run("marts.overdue", given("2022-01-22")) == []


def test_the_check_shows_overdue_measures_and_sources() -> None:
    late = {"state": "late", "is_now": True, "source": SOURCE}
    others = [late | {"state": "due"}, late | {"state": "never_received"}, late | {"is_now": False}]
    tables: dict[str, list[Row]] = {
        "marts.overdue": [{"state": "silent", "measure_code": MEASURE}],
        "marts.source_freshness": [late, *others],
    }
    found = check("figures_overdue", tables)
    assert [row["what"] for row in found.sample] == [MEASURE, SOURCE]
    assert not found.check.blocking
