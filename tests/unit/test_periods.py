"""Periods as half-open intervals and as they are named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.periods import (
    Period,
    PeriodFinder,
    academic_year,
    add_months,
    financial_quarter,
    financial_year,
    financial_year_or_quarter,
    mid_year,
    reported_quarter,
    snapshot_month,
    standing,
    survey_wave,
    whole_series,
    year_ending,
)

WAVES = ("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec")
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
years = st.integers(2000, 2098)


@pytest.mark.parametrize(
    ("finder", "text", "expected"),
    [
        pytest.param(
            financial_year,
            "Portfolio Agreement 2021-22.xlsx",
            Period("2021-22", date(2021, 4, 1), date(2022, 4, 1), "financial"),
            id="financial_year_in_a_name",
        ),
        pytest.param(
            financial_year,
            "Agreement 2021/22",
            Period("2021-22", date(2021, 4, 1), date(2022, 4, 1), "financial"),
            id="financial_year_with_a_slash",
        ),
        pytest.param(
            financial_year,
            "1999-00 to 2099–00",
            Period("2099-00", date(2099, 4, 1), date(2100, 4, 1), "financial"),
            id="turn_of_the_century_with_an_en_dash",
        ),
        pytest.param(
            academic_year,
            "CE classroom based 2020-21.xlsx",
            Period("2020-21 academic", date(2020, 8, 1), date(2021, 8, 1), "academic"),
            id="academic_year",
        ),
        pytest.param(
            financial_quarter,
            "DWP grant spend 2021-22 Q2.xlsx",
            Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter"),
            id="second_quarter_is_july_to_september",
        ),
        pytest.param(
            financial_year_or_quarter,
            "SLF applications 2021-22 Q2.xlsx",
            Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter"),
            id="quarter_before_its_year",
        ),
        pytest.param(
            financial_year_or_quarter,
            "Sector3 monitoring return 2020/21 full year",
            Period("2020-21", date(2020, 4, 1), date(2021, 4, 1), "financial"),
            id="year_where_no_quarter_is_named",
        ),
        pytest.param(
            financial_quarter,
            "2021/22 q4",
            Period("2021-22-Q4", date(2022, 1, 1), date(2022, 4, 1), "quarter"),
            id="fourth_quarter_is_in_the_next_calendar_year",
        ),
        pytest.param(
            reported_quarter,
            "Mid-Year Report 2021/22",
            Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter"),
            id="a_mid_year_report_is_of_the_second_quarter",
        ),
        pytest.param(
            reported_quarter,
            "PPRR 2021-22 annual as printed.xlsx",
            Period("2021-22-Q4", date(2022, 1, 1), date(2022, 4, 1), "quarter"),
            id="an_annual_report_is_of_the_fourth",
        ),
        pytest.param(
            reported_quarter,
            "PPRR 2021-22 Q3.xlsx",
            Period("2021-22-Q3", date(2021, 10, 1), date(2022, 1, 1), "quarter"),
            id="a_report_of_a_quarter_named",
        ),
        pytest.param(
            survey_wave,
            "GM Community Safety Survey – Oct-Dec 2020",
            Period("Oct-Dec 2020", date(2020, 10, 1), date(2021, 1, 1), "wave"),
            id="last_wave_ends_with_the_year",
        ),
        pytest.param(
            survey_wave,
            "JUL-SEP  2020",
            Period("Jul-Sep 2020", date(2020, 7, 1), date(2020, 10, 1), "wave"),
            id="wave_in_capitals",
        ),
        pytest.param(
            survey_wave,
            "Jul–Sep 2020",
            Period("Jul-Sep 2020", date(2020, 7, 1), date(2020, 10, 1), "wave"),
            id="wave_with_an_en_dash_has_the_same_label",
        ),
        pytest.param(
            snapshot_month,
            "State of the Sector October 2021.xlsx",
            Period("2021-10", date(2021, 10, 1), date(2021, 11, 1), "snapshot"),
            id="snapshot",
        ),
        pytest.param(
            snapshot_month,
            "Dec 2020",
            Period("2020-12", date(2020, 12, 1), date(2021, 1, 1), "snapshot"),
            id="short_month_at_the_years_end",
        ),
    ],
)
def test_named_period(finder: PeriodFinder, text: str, expected: Period) -> None:
    assert finder(text) == expected


@pytest.mark.parametrize(
    ("finder", "text"),
    [
        pytest.param(financial_year, "2021-23", id="two_years_not_in_a_row"),
        pytest.param(financial_year, "2017/17", id="same_year_twice"),
        pytest.param(financial_year, "2021", id="one_year"),
        pytest.param(financial_year, "12021-22", id="digits_before"),
        pytest.param(financial_year, "2021-223", id="digits_after"),
        pytest.param(financial_year, "1998-99", id="last_century"),
        pytest.param(financial_year, "Report 2010-11-12", id="a_day_that_begins_like_a_year"),
        pytest.param(academic_year, "Report 2010/11/12", id="a_day_with_slashes_that_begins_like_a_year"),
        pytest.param(academic_year, "2021-23", id="academic_years_not_in_a_row"),
        pytest.param(financial_quarter, "2021-22", id="year_without_quarter"),
        pytest.param(financial_quarter, "2021-22 Q5", id="fifth_quarter"),
        pytest.param(financial_quarter, "2021-23 Q2", id="quarter_of_no_year"),
        pytest.param(financial_year_or_quarter, "2021-22 Q5", id="fifth_quarter_is_not_the_year"),
        pytest.param(financial_year_or_quarter, "SLF 2021-22-Q2", id="quarter_behind_a_hyphen_is_not_the_year"),
        pytest.param(financial_year_or_quarter, "Q2 2021-22", id="quarter_before_the_year_is_not_the_year"),
        pytest.param(survey_wave, "Feb-Apr 2020", id="three_months_that_are_no_wave"),
        pytest.param(survey_wave, "Jul-Sep", id="wave_without_year"),
        pytest.param(snapshot_month, "October", id="month_without_year"),
        pytest.param(snapshot_month, "2021", id="year_without_month"),
        pytest.param(snapshot_month, "Smart 2021", id="month_within_a_word"),
        pytest.param(snapshot_month, "Marketing 2021", id="word_that_begins_like_march"),
        pytest.param(snapshot_month, "Mayor 2021", id="word_that_begins_like_may"),
        pytest.param(snapshot_month, "Decided 2021", id="word_that_begins_like_december"),
    ],
)
def test_text_that_names_no_period(finder: PeriodFinder, text: str) -> None:
    assert finder(text) is None


@pytest.mark.parametrize(
    ("period", "year"),
    [
        pytest.param(Period("2021-22", date(2021, 4, 1), date(2022, 4, 1), "financial"), "2021/22", id="financial"),
        pytest.param(
            Period("2020-21 academic", date(2020, 8, 1), date(2021, 8, 1), "academic"), "2020/21", id="academic"
        ),
        pytest.param(Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter"), "2021/22", id="quarter"),
        pytest.param(Period("2021-10", date(2021, 10, 1), date(2021, 11, 1), "snapshot"), "", id="snapshot"),
        pytest.param(Period("Jul-Sep 2020", date(2020, 7, 1), date(2020, 10, 1), "wave"), "", id="wave"),
    ],
)
def test_year_as_headings_print_it(period: Period, year: str) -> None:
    assert period.year == year


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2021, 4, 1), 3, date(2021, 7, 1), id="within_a_year"),
        pytest.param(date(2021, 10, 31), 3, date(2022, 1, 1), id="over_the_years_end"),
        pytest.param(date(2021, 1, 15), -1, date(2020, 12, 1), id="back_over_the_years_end"),
        pytest.param(date(2021, 12, 31), 0, date(2021, 12, 1), id="first_of_its_own_month"),
        pytest.param(date(2020, 2, 29), 12, date(2021, 2, 1), id="from_a_leap_day"),
    ],
)
def test_months_are_added_to_the_first_of_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)), months=st.integers(-600, 600))
def test_months_added_and_taken_away_give_the_first_of_the_month(day: date, months: int) -> None:
    assert add_months(add_months(day, months), -months) == day.replace(day=1)


@given(first=years, dash=st.sampled_from("-/–"))
def test_every_year_is_found_however_it_is_written(first: int, dash: str) -> None:
    text = f"Something {first}{dash}{(first + 1) % 100:02}.xlsx"
    financial, academic = financial_year(text), academic_year(text)
    assert financial is not None
    assert academic is not None
    assert (financial.start, financial.end) == (date(first, 4, 1), date(first + 1, 4, 1))
    assert (academic.start, academic.end) == (date(first, 8, 1), date(first + 1, 8, 1))
    assert financial_year(financial.label) == financial
    assert academic_year(academic.label) == academic


@given(years)
def test_quarters_fill_their_year_without_gap_or_overlap(first: int) -> None:
    label = f"{first}-{(first + 1) % 100:02}"
    quarters = [financial_quarter(f"{label} Q{number}") for number in (1, 2, 3, 4)]
    days = [(quarter.start, quarter.end) for quarter in quarters if quarter is not None]
    assert len(days) == 4
    assert days[0][0] == date(first, 4, 1)
    assert days[3][1] == date(first + 1, 4, 1)
    assert [end for _, end in days[:3]] == [start for start, _ in days[1:]]


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_every_day_is_in_exactly_one_wave_of_its_year(day: date) -> None:
    waves = [survey_wave(f"{wave} {day.year}") for wave in WAVES]
    assert sum(wave is not None and wave.start <= day < wave.end for wave in waves) == 1


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_every_day_is_in_the_month_that_is_named(day: date) -> None:
    month = snapshot_month(f"Count of {MONTH_NAMES[day.month - 1]} {day.year}")
    assert month is not None
    assert month.start <= day < month.end
    assert timedelta(28) <= month.end - month.start <= timedelta(31)


@given(st.text(max_size=30))
def test_any_text_names_a_whole_period_or_none(text: str) -> None:
    years = (financial_year, academic_year, financial_year_or_quarter)
    for finder in (*years, financial_quarter, survey_wave, snapshot_month):
        period = finder(text)
        assert period is None or (period.start < period.end and period.start.day == period.end.day == 1)


@pytest.mark.parametrize(
    ("text", "label", "end"),
    [
        ("pfatablesdec19.xlsx", "year to Dec 2019", date(2020, 1, 1)),
        ("policeforceareatablesyearendingmarch2018v2.xlsx", "year to Mar 2018", date(2018, 4, 1)),
        ("policeforceareatablesyearendingsep18corrected.xlsx", "year to Sep 2018", date(2018, 10, 1)),
        ("policeforceareatablesyeendingmarch2019.xlsx", "year to Mar 2019", date(2019, 4, 1)),
        ("number of offences, year ending September 2018", "year to Sep 2018", date(2018, 10, 1)),
        ("rate of offences, year ending March 18", "year to Mar 2018", date(2018, 4, 1)),
    ],
)
def test_year_ending_is_twelve_months(text: str, label: str, end: date) -> None:
    assert year_ending(text) == Period(label, add_months(end, -12), end, "rolling")


@given(st.sampled_from(MONTH_NAMES), years)
def test_year_ending_reads_every_month_short_or_long(month: str, year: int) -> None:
    spellings = {f"year ending {month} {year}", f"tables{month[:3].lower()}{year % 100:02}.xlsx", f"to {month}{year}v2"}
    found = {year_ending(text) for text in spellings}
    assert len(found) == 1
    [period] = found
    assert period is not None
    assert period.end - timedelta(days=1) < date(year + 1, 1, 1)
    assert period.label == f"year to {month[:3]} {year}"


@pytest.mark.parametrize("text", ["Table P1", "England and Wales", "dec", "march 201", "policeforceareatables"])
def test_no_year_ending_is_named(text: str) -> None:
    assert year_ending(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ukpopestimatesmid2020on2021geography.xlsx",
        "ukmidyearestimates20202021ladcodes.xls",
        "MYE2: Persons by single year of age and sex for local authorities in the UK, mid-2020",
    ],
)
def test_mid_year_is_its_june(text: str) -> None:
    assert mid_year(text) == Period("2020-06", date(2020, 6, 1), date(2020, 7, 1), "snapshot")


def test_no_mid_year_is_named() -> None:
    assert mid_year("MYE2 - Persons, released 24 June 2020") is None


@given(st.text(), st.text())
def test_a_standing_period_is_the_same_for_every_text(first: str, second: str) -> None:
    assert whole_series(first) == whole_series(second)
    assert standing("dictionary")(first) != whole_series(first)
