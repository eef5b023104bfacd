"""Downloads of the evidence: a table that no spreadsheet takes for formulas, and a calendar that calendars can read."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.downloads import as_calendar, as_csv
from pipelines.evidence.items import Item

SEEN_ON = date(2021, 11, 12)

ITEM = Item(
    id="0123456789abcdef",
    kind="due_data",
    timing="due_next",
    day=date(2022, 1, 31),
    date_words="due",
    areas=("Bolton", "Stockport"),
    themes=("2. Skills",),
    source="Local Fund",
    owner="Community investment",
    state="awaited",
    title="Local Fund, 2021-22-Q3",
    text="In grace until 14 February 2022.",
    links=(("IN.1.1", "dashboard/measures/IN.1.1.html"),),
    report="",
    superseded_on=None,
    workbook="",
    sheet="",
    cell="",
    about=(),
)


def rows(*items: Item) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(items).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_be_a_formula_is_given_an_apostrophe(sign: str) -> None:
    [row] = rows(replace(ITEM, title=f"{sign}cmd()", workbook=f"{sign}W.xlsx", areas=(f"{sign}A",)))
    assert (row["title"], row["workbook"], row["area"]) == (f"'{sign}cmd()", f"'{sign}W.xlsx", f"'{sign}A")


def test_a_row_has_all_of_an_item() -> None:
    [row] = rows(ITEM)
    assert (row["id"], row["kind"], row["when"], row["date"], row["date_is"]) == (
        *("0123456789abcdef", "Data due", "Due next", "2022-01-31", "due"),
    )
    assert (row["area"], row["theme"], row["measures"]) == ("Bolton; Stockport", "2. Skills", "IN.1.1")
    assert set(row) == {*row} and None not in row.values()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    [row] = rows(replace(ITEM, text=text))
    assert row["text"].removeprefix("'") == text.removeprefix("'")
    is_number = text[:1] in ("+", "-") and set(text[1:]) <= set("0123456789.")
    assert is_number or not row["text"].startswith(("=", "+", "-", "@", "\t", "\r"))


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_what_is_due_is_an_event_of_one_day() -> None:
    lines = unfolded(as_calendar([ITEM], SEEN_ON))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert {
        "UID:0123456789abcdef@inclusive-neighbourhoods",
        "DTSTAMP:20211112T000000Z",
        "DTSTART;VALUE=DATE:20220131",
        "DTEND;VALUE=DATE:20220201",
        "SUMMARY:Local Fund\\, 2021-22-Q3",
        "DESCRIPTION:In grace until 14 February 2022.\\nCommunity investment\\nIN.1.1",
    } <= set(lines)


@pytest.mark.parametrize("changes", [{"timing": "overdue"}, {"timing": "on_record"}, {"day": None}])
def test_what_is_not_due_next_is_no_event(changes: dict[str, object]) -> None:
    assert b"VEVENT" not in as_calendar([replace(ITEM, **changes)], SEEN_ON)  # type: ignore[arg-type]


def test_text_cannot_become_a_property() -> None:
    lines = unfolded(as_calendar([replace(ITEM, title="A;B\\C\r\nEND:VEVENT\rBEGIN:VALARM\x00")], SEEN_ON))
    assert "SUMMARY:A\\;B\\\\C\\nEND:VEVENT\\nBEGIN:VALARM" in lines
    assert lines.count("END:VEVENT") == 1 and "BEGIN:VALARM" not in lines


@given(st.text(max_size=300, alphabet=st.characters(codec="utf-8")))
def test_no_line_is_longer_than_75_octets_and_all_come_back(text: str) -> None:
    content = as_calendar([replace(ITEM, title=text)], SEEN_ON)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert sum(line.startswith("SUMMARY:") for line in unfolded(content)) == 1
