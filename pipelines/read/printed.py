"""A publication's cell as the figures that are printed in it: `23% (54/231)`, `1630 (May 2020)`, `Q1 = £5 Q2 = £6`."""

import re
from decimal import Decimal
from typing import NamedTuple

from pipelines.read.figures import MARKERS, NotAFigure, parse_figure, tidy

_DASHES = str.maketrans("‐‑–—−", "-----")
_HYPHENATED = re.compile(r"(?<=[a-z])- (?=[a-z])")
"""A word broken at the end of a printed line: `Aim to max- imise`."""

_NUMBER = r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?"
_FIGURE = rf"-?£?{_NUMBER}(?:(?:k|m|bn|\s?thousand|\s?million|\s?billion)(?![a-z]))?(?:\s?(?:%|per\ cent))?"
_COUNT = r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)"
_WITH_BRACKET = re.compile(
    rf"""(?P<first>{_FIGURE})
    (?:\s?\(\s?(?:
        (?P<numerator>{_COUNT})\s?(?:/|of|out\ of)\s?(?P<denominator>{_COUNT})|(?P<second>{_FIGURE})
    )\s?\))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MONTH_BEHIND = re.compile(r"(?P<before>.+?)\s?\((?P<month>[A-Z][a-z]{2,8} \d{4})\)")
_PART = re.compile(
    rf"(?P<label>[a-z](?:[a-z0-9 ]*?[a-z0-9])?)(?:\s?[=:]\s?|\s?-\s|-)(?P<figure>{_FIGURE})(?:[;,]?\s+|$)",
    re.IGNORECASE | re.ASCII,
)
_WITHIN = re.compile(rf"(?<![\w/.,£-]){_FIGURE}(?![\w%/]|[.,-]\d)", re.IGNORECASE | re.ASCII)
_CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_PERCENT = re.compile(r"%|per cent", re.IGNORECASE)
_WITHOUT_WORDS = re.compile(r"[^\d.]")
_MAGNITUDE = re.compile(r"\d\s?(k|thousand|m|million|bn|billion)$", re.IGNORECASE)
_TOO_LARGE = 10**15
_MOST_DECIMALS = 6
"""Staged figures have room for less than the one and for as many as the other."""

_MAGNITUDES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}


class Printed(NamedTuple):
    """One figure of a printed cell.

    role: `value`; `count`, a number in brackets behind a rate; `share`, a percentage in brackets behind a number;
    `numerator` and `denominator` of a fraction in brackets; `component`, a figure with a label of its own; `mentioned`,
    a figure in running text; or `month`, the month in brackets that the figure is of, in `label`, without a value.
    value: in points for percentages, in pounds for money. decimals: how many are printed behind the point.
    rounds_to: the least step that the figure can show: 0.1 for 94.9%, 100 for £141.5k.
    """

    role: str
    label: str | None
    value: Decimal | None
    unit: str
    decimals: int
    rounds_to: Decimal | None


def parse_printed(text: str) -> list[Printed]:
    """The figures of a printed cell, in their order; none for a mark such as `N/A` and for words without a figure.

    Whatever is printed is taken as it stands: whether it fits together is for the findings to say. A text of another
    form than those of `Printed` is running text, of which the figures are `mentioned`.
    """
    plain = as_words(text)
    if plain.casefold() in MARKERS:
        return []
    month: list[Printed] = []
    if found := _MONTH_BEHIND.fullmatch(plain):
        plain = found["before"]
        month = [Printed("month", found["month"], None, "", 0, None)]
    figures = _single(plain) or _parts(plain)
    if figures and None not in figures:
        return [figure for figure in figures if figure] + month
    tokens = [found[0] for found in _WITHIN.finditer(plain) if not _CALENDAR_YEAR.fullmatch(found[0])]
    return [figure for token in tokens if (figure := _printed("mentioned", None, token))]


def as_words(text: str) -> str:
    """The text with single spaces and plain dashes, and words that the end of a line broke made whole."""
    return _HYPHENATED.sub("", tidy(text).translate(_DASHES))


def _single(text: str) -> list[Printed | None]:
    """A figure, with or without what stands in brackets behind it; None for one that is too long to be one."""
    found = _WITH_BRACKET.fullmatch(text)
    if found is None:
        return []
    figures = [_printed("value", None, found["first"])]
    figures += [_printed(role, None, found[role]) for role in ("numerator", "denominator") if found[role]]
    if found["second"]:
        figures.append(_printed("share" if _PERCENT.search(found["second"]) else "count", None, found["second"]))
    return figures


def _parts(text: str) -> list[Printed | None]:
    """Figures with labels that fill the whole text, or nothing."""
    parts: list[Printed | None] = []
    position = 0
    while position < len(text):
        found = _PART.match(text, position)
        if found is None:
            return []
        parts.append(_printed("component", found["label"].strip(), found["figure"]))
        position = found.end()
    return parts


def _printed(role: str, label: str | None, token: str) -> Printed | None:
    """The figure that a token is, or None where it has more digits than figures have, or is larger than any."""
    _, _, behind_point = _WITHOUT_WORDS.sub("", token).partition(".")
    try:
        figure = parse_figure(token)
    except NotAFigure:
        return None
    if figure.value is None or abs(figure.value) >= _TOO_LARGE or len(behind_point) > _MOST_DECIMALS:
        return None
    magnitude = _MAGNITUDE.search(token)
    step = Decimal(1).scaleb((_MAGNITUDES[magnitude[1].casefold()] if magnitude else 0) - len(behind_point))
    return Printed(role, label, figure.value, figure.unit, len(behind_point), step)
