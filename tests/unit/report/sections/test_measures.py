"""The priorities: measures in the printed columns, exceptions under the Reds and Ambers, commentary once."""

from decimal import Decimal

from pipelines.document.model import Heading
from pipelines.report.sections.measures import _exceptions, _notes, measures_table, polarity_words, target_words
from tests.unit.report.rows import HEAD, cells, measure, not_rated, said


def test_columns_are_those_of_the_printed_report_with_the_years_of_the_quarter() -> None:
    table = measures_table(2, "2. Skills", [measure(headline=True, note="of starts")], HEAD, {})
    assert [column.label for column in table.columns] == [
        "PI code",
        "Short name",
        "Good performance",
        "2019/20 actual",
        "2020/21 actual",
        "2021/22 latest or forecast",
        "2021/22 target",
        "Status",
        "Trend",
    ]
    [row] = cells(table)
    assert row == {
        "code": "IN.16",
        "name": "Pass rate ★ | of starts",
        "polarity": "High",
        "before_that": "No figure",
        "before": "No figure",
        "value": "90% | 2021/22; forecast",
        "target": "97%",
        "status": "■ Red",
        "trend": "➡ Stable",
    }


def test_words_stand_in_the_place_of_a_target_or_polarity_that_is_not_given() -> None:
    assert target_words(measure(target_type="to_be_confirmed", target_value=None)) == "To be confirmed"
    assert polarity_words(measure(polarity="none")) == "Not stated"
    assert polarity_words(measure(polarity="none", is_contextual=True)) == "Contextual"
    assert polarity_words(measure(polarity="high", is_contextual=True)) == "High"


def test_reds_and_ambers_are_listed_and_below_them_what_the_services_say_once() -> None:
    red = measure(commentary="Low & late.\nMore.")
    amber = measure("IN.18", status="A", value_kind="actual", commentary=None, value=Decimal("96.5"))
    green = measure("IN.17", status="G", commentary="Low & late.")
    assert said(list(_exceptions(2, [red, green, amber]))) == [
        "IN.16 Pass rate, ■ Red: 90% (forecast) against a target of 97%.",
        "IN.18 Pass rate, ▲ Amber: 96.5% against a target of 97%. No commentary was supplied.",
        "What the services say of them:",
        "IN.16, IN.17: Low & late.",
        "IN.16: More.",
    ]


def test_an_override_to_amber_is_an_exception_and_one_to_green_is_none() -> None:
    amber = measure("IN.17", status="G", override_status="A", override_reason="agreed")
    green = measure(override_status="G", override_reason="agreed")
    [line] = said(list(_exceptions(2, [amber, green])))
    assert line.startswith("IN.17 Pass rate, ▲ Amber")


def test_other_commentary_is_said_apart_without_highlights_and_exceptions() -> None:
    red = measure(commentary="Low.")
    other = not_rated("IN.6", "minimise", commentary="Low.\nNo data.\nWell done.")
    blocks = list(_notes(4, [red, other], {"Well done."}))
    assert isinstance(blocks[0], Heading) and said(blocks) == ["IN.6: No data."]
    assert list(_exceptions(4, [other])) == [] and list(_notes(4, [red], set())) == []
