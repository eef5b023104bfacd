"""A cell's text as a figure: its value, its unit, how exact it is, or why there is none."""

import re
from dataclasses import dataclass
from decimal import Decimal

MARKERS = {
    "..": "not_available",
    "n/a": "not_available",
    "na": "not_available",
    "-": "not_available",
    "–": "not_available",
    "x": "not_available",
    "[x]": "not_available",
    "*": "suppressed",
    "c": "suppressed",
    "[c]": "suppressed",
}
"""Marks that stand where no value does, and what they mean (Analysis Function, symbols in tables; office usage)."""

_QUALIFIERS = {
    "c.": "about",
    "ca.": "about",
    "circa": "about",
    "about": "about",
    "around": "about",
    "approx": "about",
    "approx.": "about",
    "approximately": "about",
    "at least": "at_least",
    "over": "over",
    "more than": "over",
}

MOST_DIGITS = 20
"""Excel keeps 15 significant digits; what has more than these is a code or a slip."""

_MAGNITUDES = {"": 0, "k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}

_FIGURE = re.compile(
    r"""
    (?:(?P<qualifier>c\.|ca\.|circa|about|around|approx\.?|approximately|at\ least|over|more\ than)\s*)?
    (?P<bracket>\()?
    (?P<minus>[-−–])?
    (?P<pound>£)?
    (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    \s*(?P<magnitude>k|thousand|m|million|bn|billion)?
    \s*(?P<percent>%)?
    (?(bracket)\))
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u200b\u202f\ufeff]+")


class NotAFigure(ValueError):
    """The text is neither a figure nor a mark that stands for a missing one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as supplied. `value` is None exactly when `availability` is not `value`; unit is `%`, `£` or empty.

    A percentage holds points: 36% is 36. `availability` and `qualifier` are in the words of the published tables.
    """

    value: Decimal | None
    unit: str = ""
    qualifier: str = "exact"
    availability: str = "value"


def tidy(text: str) -> str:
    """The text with every run of white space, no-break and zero-width spaces included, made one space."""
    return _SPACES.sub(" ", text).strip()


def _contradicts_itself(found: re.Match[str]) -> bool:
    """Two signs, two units, a percentage of thousands, or more digits than a figure has."""
    return (
        bool(found["bracket"] and found["minus"])
        or bool(found["percent"] and (found["pound"] or found["magnitude"]))
        or sum(character.isdigit() for character in found["number"]) > MOST_DIGITS
    )


def parse_figure(text: str, *, shown_as_percent: bool = False) -> Figure:
    """The figure in a cell's text.

    `shown_as_percent` says that the cell is a number with a percent format: 0.97 is then 97%.
    Reads thousands separators, pounds, k, m and bn, per cent, brackets and dashes for negatives, words such as
    `c.` and `at least`, and the marks of `MARKERS`. Raises NotAFigure for anything else.
    """
    tidied = tidy(text)
    if tidied.casefold() in MARKERS:
        return Figure(None, availability=MARKERS[tidied.casefold()])
    found = _FIGURE.fullmatch(tidied)
    if found is None or _contradicts_itself(found):
        raise NotAFigure(f"{text!r} is not a figure")
    value = Decimal(found["number"].replace(",", "")).scaleb(_MAGNITUDES[(found["magnitude"] or "").casefold()])
    if found["bracket"] or found["minus"]:
        value = -value
    if shown_as_percent and not found["percent"]:
        return Figure(value * 100, "%")
    unit = "%" if found["percent"] else "£" if found["pound"] else ""
    return Figure(value, unit, _QUALIFIERS[(found["qualifier"] or "").casefold()] if found["qualifier"] else "exact")
