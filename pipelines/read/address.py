"""Cell addresses: B4 to (4, 2) and back."""

import re
from functools import cache

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@cache
def column_letters(column: int) -> str:
    """Letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_address(row: int, column: int) -> str:
    """Address of the cell in that row and column, both counted from 1."""
    return f"{column_letters(column)}{row}"


def cell_position(address: str) -> tuple[int, int]:
    """(row, column) of an address, both counted from 1. Raises ValueError for what is no address."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(f"{address!r} is not a cell address")
    return int(found[2]), _column_number(found[1])
