"""Values in CSV: as they are, and never a live formula."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.csv_text import csv_bytes, csv_value, number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (date(2021, 11, 12), "2021-11-12"),
        (Decimal("93.185079"), "93.185079"),
        (Decimal("1234567.500000"), "1234567.5"),
        (Decimal("1000000.000000"), "1000000"),
        (Decimal("-5.000000"), "-5"),
        (Decimal("0.000000"), "0"),
        (Decimal("1E+3"), "1000"),
        (-3, "-3"),
        ("=1+1", "'=1+1"),
        ("+44 161", "'+44 161"),
        ("-5%", "'-5%"),
        ("-0.002", "-0.002"),
        ("+12", "+12"),
        ("-2+3", "'-2+3"),
        ("--2", "'--2"),
        ("-1.2.3", "'-1.2.3"),
        ("-1e5", "'-1e5"),
        ("-", "'-"),
        ("-.5", "'-.5"),
        ("-5\n", "'-5\n"),
        ("-٣", "'-٣"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("3 = 3", "3 = 3"),
        ("", ""),
    ],
)
def test_a_value_in_csv(value: Any, shown: str) -> None:
    [[text]] = list(csv.reader(io.StringIO(csv_bytes(["column"], [[value]]).decode(), newline="")))[1:] or [[""]]
    assert text == shown


@given(st.text())
def test_no_text_begins_a_formula_and_none_is_lost(text: str) -> None:
    shown = csv_value(text)
    is_number = text[:1] in ("+", "-") and set(text[1:]) <= set("0123456789.")
    assert is_number or not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown.removeprefix("'") == text.removeprefix("'")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_a_number_is_itself_again(value: Decimal) -> None:
    assert Decimal(number(value)) == value
    assert "E" not in number(value)


def test_lines_end_as_rfc_4180_has_it() -> None:
    assert csv_bytes(["a", "b"], [["x, y", 'say "z"']]) == b'a,b\r\n"x, y","say ""z"""\r\n'
