"""Cell addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.address import cell_address, cell_position, column_letters


@pytest.mark.parametrize(
    ("column", "letters"),
    [
        pytest.param(1, "A", id="first"),
        pytest.param(26, "Z", id="last_of_one_letter"),
        pytest.param(27, "AA", id="first_of_two_letters"),
        pytest.param(52, "AZ", id="end_of_a_round"),
        pytest.param(53, "BA", id="start_of_a_round"),
        pytest.param(702, "ZZ", id="last_of_two_letters"),
        pytest.param(703, "AAA", id="first_of_three_letters"),
        pytest.param(16384, "XFD", id="last_of_excel"),
    ],
)
def test_letters_of_a_column(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_address_puts_the_column_first_and_position_the_row() -> None:
    assert cell_address(4, 2) == "B4"
    assert cell_position("B4") == (4, 2)


@pytest.mark.parametrize("text", ["", "B", "4", "4B", "b4", "B0", "B04", "$B$4", "B4:C5", "ABCD1", " B4", "B4 ", "B٤"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a cell address"):
        cell_position(text)


@given(row=st.integers(1, 1_048_576), column=st.integers(1, 16_384))
def test_every_cell_of_excel_round_trips(row: int, column: int) -> None:
    assert cell_position(cell_address(row, column)) == (row, column)


@given(column=st.integers(1, 16_383))
def test_columns_sort_by_length_then_letters(column: int) -> None:
    here, after = column_letters(column), column_letters(column + 1)
    assert (len(here), here) < (len(after), after)
