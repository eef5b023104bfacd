"""Rows as CSV that no spreadsheet runs as a formula; equal rows give equal bytes."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

_SIGNED_NUMBER = re.compile(r"[+-][0-9]+(\.[0-9]+)?")

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[Any]], *, marked: bool = False) -> bytes:
    """Rows as CSV by RFC 4180, in UTF-8: ISO dates, plain numbers, `true` and `false`, nothing for what is missing.

    marked: begins with the mark by which Excel knows UTF-8; readers of data want none.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([csv_value(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if marked else "utf-8")


def csv_value(value: Any) -> Any:
    """A value for a CSV file. Text that a spreadsheet would run as a formula gets an apostrophe; a number never."""
    shown = _SHOWN.get(type(value))
    # the writer writes days as ISO does, and nothing for None
    return value if shown is None else shown(value)


def number(value: Decimal) -> str:
    """All digits of a number and no more, never as a power of ten: 93.185079, 97, 0."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula; one that is a plain number with its sign stays as it is."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) and not _SIGNED_NUMBER.fullmatch(text) else text


_SHOWN: Mapping[type, Callable[[Any], str]] = {Decimal: number, str: inert, bool: lambda value: str(value).lower()}
