"""Text files of separated values: encodings, separators, quotes, and the rows that Excel would show."""

import csv
import io
from contextlib import suppress
from typing import Literal

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.read import delimited, guards
from pipelines.read.delimited import SEPARATORS, read_csv, records_at_once, records_one_by_one
from pipelines.read.sheet import Cell, Sheet, UnreadableWorkbook


def read(content: str | bytes) -> Sheet:
    (sheet,) = read_csv(content.encode() if isinstance(content, str) else content)
    return sheet


def texts(content: str | bytes) -> dict[int, dict[int, str]]:
    """Texts by row and column."""
    return {number: {column: cell.text for column, cell in line.items()} for number, line in read(content).lines()}


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as refused:
        read_csv(content)
    return str(refused.value)


def test_sheet_is_named_csv_and_begins_at_the_first_cell() -> None:
    sheet = read("a,b\n1,2\n")
    assert (sheet.name, sheet.first_row, sheet.first_column, sheet.texts.shape) == ("csv", 1, 1, (2, 2))
    assert sheet.cell(2, 2) == Cell(2, 2, "2")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["utf_8", "utf_8_with_a_mark", "utf_16", "windows_1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_encoding_and_line_end(encoding: str, end: str) -> None:
    content = f"Area,Spend £{end}Cité – A,5{end}".encode(encoding)
    assert texts(content) == {1: {1: "Area", 2: "Spend £"}, 2: {1: "Cité – A", 2: "5"}}


def test_utf_16_with_its_larger_byte_first() -> None:
    assert texts(b"\xfe\xff" + "a,£".encode("utf-16-be")) == {1: {1: "a", 2: "£"}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"a,b\n1,\x00\n", "Line 2 holds a null byte", id="null"),
        pytest.param("a\nb\0".encode("utf-16"), "Line 2 holds a null byte", id="null_in_utf_16"),
        pytest.param(b"a\nb\n\x81", "Line 3 is neither UTF-8 nor Windows-1252", id="no_letter_of_windows_1252"),
        pytest.param("é\n".encode() + b"\xff", "Line 2 is no UTF-8 text", id="damaged_behind_utf_8_letters"),
        pytest.param(b"\xef\xbb\xbfa\n\xff", "Line 2 is no UTF-8 text", id="damaged_behind_a_mark"),
        pytest.param("£".encode() * 9 + b"\xc2", "Line 1 is no UTF-8 text", id="cut_in_a_letter"),
        pytest.param("a\nb".encode("utf-16") + b"c", "Line 2 is no UTF-16 text", id="odd_byte_in_utf_16"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(content: bytes, told: str) -> None:
    assert refusal(content).startswith(told)


@pytest.mark.parametrize("separator", SEPARATORS)
def test_separator(separator: str) -> None:
    rows = [["Area", "Spend"], ["Stockport", "5"], ["Trafford", "6"]]
    content = "\n".join(separator.join(row) for row in rows)
    assert texts(content) == {number: dict(enumerate(row, 1)) for number, row in enumerate(rows, 1)}


@pytest.mark.parametrize(
    ("content", "last"),
    [
        pytest.param("Spend, by area; in pounds\n\na;b\n1;2\n3;4", {1: "3", 2: "4"}, id="title_with_commas"),
        pytest.param("a;b\n1,5;2,5\n3,5;4,5", {1: "3,5", 2: "4,5"}, id="decimal_commas"),
        pytest.param("1,5;2,5\n3,5;4,5", {1: "3,5", 2: "4,5"}, id="decimal_commas_everywhere"),
        pytest.param('"a";"b"\n"1,5";"2,5"', {1: "1,5", 2: "2,5"}, id="decimal_commas_in_quotes"),
        pytest.param('Name,No\n"A; B",1\n"C; D",2', {1: "C; D", 2: "2"}, id="semicolons_in_quoted_names"),
        pytest.param("Name,No\nA|B,1\nC,2", {1: "C", 2: "2"}, id="a_bar_in_one_name"),
        pytest.param("a\tb, c\n1, 2\t3\n4\t5, 6", {1: "4", 2: "5, 6"}, id="tabs_with_commas_in_texts"),
        pytest.param("one\ntwo", {1: "two"}, id="one_column"),
    ],
)
def test_separator_is_the_one_that_most_rows_agree_on(content: str, last: dict[int, str]) -> None:
    found = texts(content)
    assert found[max(found)] == last


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\n'])
def test_line_that_declares_the_separator_is_no_row(line: str) -> None:
    assert texts(f"{line}a,b;c\n\n1,5,5;2") == {1: {1: "a,b", 2: "c"}, 3: {1: "1,5,5", 2: "2"}}


def test_rows_are_counted_as_excel_counts_them() -> None:
    content = 'Title\r\n\r\n"two\r\nlines",b\r\n   ,\r\n1,2\r\n'
    assert texts(content) == {1: {1: "Title"}, 3: {1: "two\nlines", 2: "b"}, 5: {1: "1", 2: "2"}}


def test_ragged_rows_stay_as_they_are() -> None:
    assert texts("a,b\n1\n1,2,3\n,,,\n,5") == {
        1: {1: "a", 2: "b"},
        2: {1: "1"},
        3: {1: "1", 2: "2", 3: "3"},
        5: {2: "5"},
    }


def test_quotes_within_values() -> None:
    assert texts('"say ""so""",5" pipe') == {1: {1: 'say "so"', 2: '5" pipe'}}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param('a,b\n1,"2\n3,4\n', 2, id="never_closed"),
        pytest.param('a,b\n"1,2\n"3",4\n', 2, id="closed_by_the_next_quote"),
        pytest.param('a,b\n"x\ny",2\n1,"2"3\n', 4, id="goes_on_behind_its_quote"),
        pytest.param('a,"b\n1,2\n3;4', 1, id="another_separator_in_the_rest"),
        pytest.param('sep=,\na,b\n"1', 3, id="behind_a_declared_separator"),
    ],
)
def test_quote_that_is_not_closed_is_refused_with_its_line(content: str, line: int) -> None:
    assert refusal(content.encode()).startswith(f"Line {line}: a value in quotes is not closed")


def test_error_values_are_problems() -> None:
    sheet = read("a,b\n#REF!,1\nErr:502,#1\n")
    assert sheet.marks.problems == {(2, 1): "the error #REF!", (3, 1): "the error Err:502"}
    assert sheet.line(2) == {1: Cell(2, 1, "#REF!", problem="the error #REF!"), 2: Cell(2, 2, "1")}
    assert sheet.text(3, 2) == "#1"


@pytest.mark.parametrize("content", ["\n", " \r\n ,\n", "\ufeff", "sep=;"])
def test_nothing_but_blanks_is_an_empty_sheet(content: str) -> None:
    assert read(content).row_numbers == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("\n" * 1_048_576 + "x", "Sheet 'csv', cell A1048577: a value lies outside", id="row"),
        pytest.param("," * 1_000 + "x", "Sheet 'csv', cell ALM1: a value lies outside", id="column"),
        pytest.param("," * 899 + "x" + "\n" * 150_000 + "y", "cell A150001: with it the sheet spans", id="area"),
    ],
)
def test_value_beyond_the_bounds_is_refused(content: str, told: str) -> None:
    assert told in refusal(content.encode())


def test_blanks_beyond_the_bounds_do_not_matter() -> None:
    assert texts("a,b" + "," * 2_000 + "\n" * 300_000) == {1: {1: "a", 2: "b"}}


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from(',;\t|"\n'), max_size=8)


@given(
    st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(deadline=None)
def test_what_a_writer_writes_under_a_declared_separator_is_read(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    sheet = read(f"sep={separator}\r\n{out.getvalue()}".encode(encoding))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            assert (cell.text if cell else "") == (value if value and not value.isspace() else "")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnreadableWorkbook):
        read_csv(content)


def carefully(text: str, separator: str) -> pl.DataFrame | None:
    """What reading record by record gives; None where it refuses."""
    try:
        return records_one_by_one(text, separator, 1)
    except UnreadableWorkbook:
        return None


pieces = st.sampled_from(
    [*",;\n\n\"' \r1", "a", "\r\n", '""', '","', '"\n"', ",,", "\t", "\u2003", "\x1c", "\x85", "é", "#REF!", "\ufeff"]
)


@given(st.lists(pieces, max_size=40).map("".join), st.sampled_from(",;a ^]-\\é"))
@settings(deadline=None, max_examples=500)
def test_records_read_at_once_are_those_read_one_by_one(text: str, separator: str) -> None:
    at_once, one_by_one = records_at_once(text, separator), carefully(text, separator)
    if at_once is not None:
        assert one_by_one is not None
        assert (at_once.shape, at_once.to_dict(as_series=False)) == (
            one_by_one.shape,
            one_by_one.to_dict(as_series=False),
        )


@given(
    st.lists(st.lists(words | st.sampled_from(["", " ", "#N/A"]), min_size=1, max_size=4), min_size=1, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
@example([["", "\n", ""]], "\t", "\n", csv.QUOTE_ALL)  # of which no line has all separators
@settings(deadline=None)
def test_what_a_writer_writes_is_read_at_once(
    rows: list[list[str]], separator: str, end: str, quoting: Literal[0, 1]
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    at_once, one_by_one = records_at_once(out.getvalue(), separator), carefully(out.getvalue(), separator)
    assert at_once is not None
    assert one_by_one is not None
    assert at_once.to_dict(as_series=False) == one_by_one.to_dict(as_series=False)


@pytest.mark.parametrize("bound", ["MAX_ROWS", "MAX_COLUMNS", "MAX_AREA", "MAX_TEXT"])
@pytest.mark.parametrize("text", ["a,bbbbbb,c\n1,2,3\n4\n\n", 'a\n"bb\nbb",,,d\n,,\n5', "aaaaa", "\n\n\n,,,,x"])
def test_bounds_are_kept_at_once_too(monkeypatch: pytest.MonkeyPatch, bound: str, text: str) -> None:
    before = csv.field_size_limit()
    for least in range(1, 30):
        for module in (delimited, guards):
            monkeypatch.setattr(module, bound, least, raising=False)
        csv.field_size_limit(least if bound == "MAX_TEXT" else before)
        at_once, one_by_one = records_at_once(text, ","), carefully(text, ",")
        csv.field_size_limit(before)
        assert at_once is None or (one_by_one is not None and at_once.equals(one_by_one))


def test_many_records_are_read_at_once_in_their_order() -> None:
    content = "Row,Note\r\n" + "".join(f'{number},"a ""note""\r\nof {number}, long"\r\n' for number in range(30_000))
    found = records_at_once(content, ",")
    assert found is not None
    assert found.height == 30_001
    assert found.to_series(0).to_list() == ["Row", *map(str, range(30_000))]
    assert found.row(-1) == ("29999", 'a "note"\nof 29999, long')


def test_record_longer_than_those_at_the_top_is_read() -> None:
    assert texts("a,b\n" * 200 + "1,2,3\n")[201] == {1: "1", 2: "2", 3: "3"}
