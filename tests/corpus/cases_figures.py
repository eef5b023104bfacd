"""Figures, days and markers as offices write them, in one cell of an otherwise plain table."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.corpus.case import CENTRES_FILE, Case, centres_grid, centres_staged, count_rows
from tests.corpus.makers import Touch, xlsx
from tests.helpers import Sheets, Value

MEASURES_FILE = "Measures 2021-22 Q2.xlsx"


def _format(address: str, number_format: str) -> Touch:
    def touch(book: Any) -> None:
        book.worksheets[0][address].number_format = number_format

    return touch


def _cell(name: str, kind: str, column: str, value: Value, number_format: str = "", **staged: Any) -> Case:
    """A cell of the second centre that loads; `staged` are the columns that it gives."""
    sheets: Sheets = {"Visits": centres_grid(**{column: value})}
    address = f"{'ABCDE'[('centre', 'visits', 'satisfied', 'income', 'opened').index(column)]}3"
    touches = [_format(address, number_format)] if number_format else []
    expected = centres_staged(**staged)
    if column in ("visits", "satisfied", "income"):
        expected[1][f"{column}_cell"] = address
    return Case(
        name,
        kind,
        "centres",
        CENTRES_FILE,
        lambda: xlsx(sheets, *touches),
        "load",
        rows=expected,
        read=count_rows(sheets),
    )


def _refused(name: str, kind: str, column: str, value: Value, *says: str) -> Case:
    """A cell of the second centre for which the file is quarantined, naming it."""
    sheets: Sheets = {"Visits": centres_grid(**{column: value})}
    address = f"{'ABCDE'[('centre', 'visits', 'satisfied', 'income', 'opened').index(column)]}3"
    says = (f"sheet 'Visits', cell {address}", *says)
    return Case(name, kind, "centres", CENTRES_FILE, lambda: xlsx(sheets), "quarantine", says, read=count_rows(sheets))


def _measure(name: str, typed: Value, value: Any, kind: str = "figures", **staged: Any) -> Case:
    """A cell among figures that each have a unit of their own; `value` and `staged` are what it gives."""
    sheets: Sheets = {"Measures": [["Measure", "Figure"], ["Footfall", 1672], ["The one", typed]]}
    expected = {"measure": "The one", "figure": value, "figure_cell": "B3"}
    return Case(
        name,
        kind,
        "measures",
        MEASURES_FILE,
        lambda: xlsx(sheets),
        "load",
        rows=[
            {"measure": "Footfall", "figure": Decimal(1672), "figure_cell": "B2"},
            expected | {f"figure_{suffix}": said for suffix, said in staged.items()},
        ],
        read=count_rows(sheets),
    )


def _measure_refused(name: str, text: Value, *says: str, kind: str = "figures") -> Case:
    sheets: Sheets = {"Measures": [["Measure", "Figure"], ["Footfall", 1672], ["The one", text]]}
    says = ("sheet 'Measures', cell B3", *says)
    return Case(
        name, kind, "measures", MEASURES_FILE, lambda: xlsx(sheets), "quarantine", says, read=count_rows(sheets)
    )


def _without(marker: str, means: str) -> Case:
    """A marker in a column of counts: no value, never zero, its text and its meaning kept."""
    name = f"marker_{marker}".replace("*", "star").replace("..", "dots").replace("-", "hyphen").replace("–", "dash")
    return _cell(
        name.replace("[", "bracketed_").replace("]", "").replace("/", "_"),
        "markers",
        "visits",
        marker,
        visits=None,
        visits_availability=means,
        visits_text=marker,
    )


FIGURES = [
    _cell("thousands_in_text", "figures", "visits", "1,672", visits=1672),
    _cell("number_as_text", "figures", "visits", "845", visits=845),
    _cell("number_as_text_with_spaces", "figures", "visits", "  845 ", visits=845),
    _cell("no_break_space_in_a_number", "figures", "visits", "845\u00a0", visits=845),
    _cell("zero_is_zero", "figures", "visits", 0, visits=0),
    _cell("zero_as_text", "figures", "visits", "0", visits=0),
    _cell("whole_number_with_a_decimal_point", "figures", "visits", "845.0", visits=845),
    _cell("number_shown_in_thousands", "figures", "visits", 1672, "#,##0", visits=1672),
    _cell("number_hidden_by_its_format", "figures", "visits", 1672, ";;;", visits=1672),
    _cell("sixteen_digit_money", "figures", "income", 123456789012.34, income=Decimal("123456789012.34")),
    _cell("tenth_and_fifth_of_a_pound", "figures", "income", 0.1 + 0.2, income=Decimal("0.3")),
    _cell("pounds_in_text", "figures", "income", "£486,557", income=Decimal(486557)),
    _cell("pounds_and_pence", "figures", "income", "£34,329.50", income=Decimal("34329.50")),
    _cell("pounds_in_millions", "figures", "income", "£2.163m", income=Decimal(2163000)),
    _cell("pounds_in_thousands", "figures", "income", "£141.5k", income=Decimal(141500)),
    _cell("brackets_are_negative", "figures", "income", "(1,250)", income=Decimal(-1250)),
    _cell("brackets_around_pounds", "figures", "income", "(£1,250.75)", income=Decimal("-1250.75")),
    _cell("true_minus_sign", "figures", "income", "\u22121250", income=Decimal(-1250)),
    _cell("dash_for_a_minus", "figures", "income", "–£1,250", income=Decimal(-1250)),
    _cell("minus_behind_the_pound", "figures", "income", "£-1,250", income=Decimal(-1250)),
    _cell("currency_format", "figures", "income", 34329.5, '"£"#,##0.00', income=Decimal("34329.5")),
    _cell("percent_as_number", "figures", "satisfied", 94, satisfied=Decimal(94)),
    _cell("percent_by_format", "figures", "satisfied", 0.94, "0%", satisfied=Decimal(94)),
    _cell(
        "percent_by_a_format_of_its_own", "figures", "satisfied", 0.945, "0.0%;[Red]-0.0%", satisfied=Decimal("94.5")
    ),
    _cell("percent_as_text", "figures", "satisfied", "94%", satisfied=Decimal(94)),
    _cell("percent_with_a_space", "figures", "satisfied", "94 %", satisfied=Decimal(94)),
    _cell("half_a_percent", "figures", "satisfied", "0.5%", satisfied=Decimal("0.5")),
    _cell("whole_by_format", "figures", "satisfied", 1, "0%", satisfied=Decimal(100)),
    _refused("proportion_in_a_column_of_percent", "figures", "satisfied", 0.94, "0.94", "proportion"),
    _refused("percent_above_a_hundred", "figures", "satisfied", 940),
    _refused("pounds_in_a_column_of_percent", "figures", "satisfied", "£94", "£"),
    _refused("half_a_visitor", "figures", "visits", 845.5, "whole"),
    _refused("negative_visitors", "figures", "visits", -845),
    _refused("approximate_among_exact", "figures", "visits", "c. 17,000", "approximate"),
    _refused("two_numbers_in_a_cell", "figures", "visits", "845 / 1,672"),
    _refused("range_of_numbers", "figures", "visits", "800-900"),
    _refused("comma_for_a_decimal_point", "figures", "income", "34.329,50"),
    _refused("thousands_set_wrongly", "figures", "visits", "16,72"),
    _refused("letter_o_for_a_zero", "figures", "visits", "1O"),
    _refused("words_for_a_number", "figures", "visits", "eight hundred"),
    _cell("number_with_a_remark", "figures", "visits", "845 (estimate)", visits=845, visits_note="(estimate)"),
    _cell("number_with_a_star", "figures", "visits", "845*", visits=845, visits_note="*"),
    _refused("dollars", "figures", "income", "$845"),
    _refused("true_for_a_number", "figures", "visits", True),
    _refused("day_in_a_column_of_counts", "figures", "visits", date(2021, 5, 4)),
    _refused("two_signs", "figures", "income", "(-1,250)"),
    _refused("blank_figure", "figures", "visits", None, "blank"),
    _refused("only_a_space_for_a_figure", "figures", "visits", " ", "blank"),
    _refused("more_than_any_council_has", "figures", "income", 1e17),
    _refused("infinity_in_words", "figures", "income", "inf"),
    _refused("not_a_number_in_words", "figures", "income", "nan"),
    _refused("digits_of_another_script", "figures", "visits", "٨٤٥"),
    _refused("fullwidth_digits", "figures", "visits", "８４５"),
    _cell("scientific_notation_as_text", "figures", "visits", "8.45E+02", visits=845),
    _measure("at_least", "At least 45", Decimal(45), qualifier="at_least"),
    _measure("circa", "c. 17,000", Decimal(17000), qualifier="about"),
    _measure("over_in_thousands", "over £500k", Decimal(500000), qualifier="over", unit="£"),
    _measure("approximately", "Approximately 45", Decimal(45), qualifier="about"),
    _measure("unit_of_its_own", "£2.163m", Decimal(2163000), unit="£"),
    _measure("percent_of_its_own", "63%", Decimal(63), unit="%"),
    _measure_refused("count_in_brackets_behind_a_percent", "94.9% (1653)"),
    _measure_refused("fraction_behind_a_percent", "23% (54/231)"),
    _measure_refused("two_quarters_in_a_cell", "Q1 = £486,557 Q2 = £34,329"),
    _measure_refused("a_million_brackets", "(" * 30_000),
    _measure_refused("endless_thousands", "1" + ",111" * 8_000),
    _measure_refused("endless_spaces", "c." + " " * 30_000 + "x"),
]

DATES = [
    _cell("day_typed_day_first", "dates", "opened", "04/05/2021", opened=date(2021, 5, 4)),
    _cell("day_with_two_digits_of_the_year", "dates", "opened", "4.5.21", opened=date(2021, 5, 4)),
    _cell("day_in_words", "dates", "opened", "4 May 2021", opened=date(2021, 5, 4)),
    _cell("day_with_th", "dates", "opened", "4th May 2021", opened=date(2021, 5, 4)),
    _cell("day_as_excel_holds_it", "dates", "opened", date(2021, 5, 4), opened=date(2021, 5, 4)),
    _cell("day_shown_month_first", "dates", "opened", date(2021, 5, 4), "mm/dd/yyyy", opened=date(2021, 5, 4)),
    _cell("day_shown_in_words", "dates", "opened", date(2021, 5, 4), "dddd d mmmm yyyy", opened=date(2021, 5, 4)),
    _cell("leap_day", "dates", "opened", "29/02/2020", opened=date(2020, 2, 29)),
    _cell("no_day_given", "dates", "opened", None, opened=None),
    _refused("day_typed_month_first", "dates", "opened", "04/22/2021", "day that exists"),
    _refused("31_february", "dates", "opened", "31/02/2021", "day that exists"),
    _refused("29_february_of_a_common_year", "dates", "opened", "29/02/2021", "day that exists"),
    _refused("month_without_a_day", "dates", "opened", "May 2021"),
    _refused("day_as_a_bare_number", "dates", "opened", 44320),
    _cell("day_with_a_time", "dates", "opened", datetime(2021, 5, 4, 13, 30), opened=date(2021, 5, 4)),
    _refused("word_for_a_day", "dates", "opened", "soon"),
]

MARKERS = [
    _without("..", "not_available"),
    _without("*", "suppressed"),
    _without("c", "suppressed"),
    _without("[c]", "suppressed"),
    _without("x", "not_available"),
    _without("[x]", "not_available"),
    _without("N/A", "not_available"),
    _without("-", "not_available"),
    _without("–", "not_available"),
    _measure("to_be_confirmed", "TBC", None, "markers", availability="to_be_confirmed", text="TBC"),
    _measure("word_of_the_contract", "See note", None, "markers", availability="not_available", text="See note"),
    _measure("marker_z", "z", None, "markers", availability="not_collected", text="z"),
    _measure("marker_bracketed_z", "[z]", None, "markers", availability="not_collected", text="[z]"),
    _measure("marker_low", "low", None, "markers", availability="suppressed", text="low"),
    _measure("marker_bracketed_low", "[low]", None, "markers", availability="suppressed", text="[low]"),
    _measure_refused("unknown_marker", "#", kind="markers"),
    _measure_refused("unknown_bracketed_marker", "[q]", kind="markers"),
    _refused("to_be_confirmed_where_no_contract_says_so", "markers", "satisfied", "to follow"),
]

CASES = FIGURES + DATES + MARKERS
