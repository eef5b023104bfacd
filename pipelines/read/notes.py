"""Footnote and status marks behind or before what a cell says, and what they say of a figure."""

import re
import unicodedata

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵖʳ"
"""Superscript characters that are printed as footnote or status marks; a power's sign (10⁻³) is none."""

_NUMBERED = r"(?:notes?\s?)?\d{1,2}(?:\s?(?:,|&|and)\s?(?:note\s?)?\d{1,2})*"
_WORDS = "revised|provisional|prov|estimated?|forecast"
_SUPERSCRIPT = f"[{SUPERSCRIPTS}]"
_BRACKETED = rf"\[(?:{_NUMBERED}|b|e|er|f|ns|p|r|s{{1,3}}|u|{_WORDS})\]"
_IN_PARENTHESES = rf"\((?:e|p|r|{_WORDS})\)"
_FLAGS = re.IGNORECASE | re.ASCII

BEHIND_MARKER = re.compile(rf"(?:(?:(?<={_SUPERSCRIPT}),)?\s?{_SUPERSCRIPT}|\s?{_BRACKETED})\Z", _FLAGS)
"""A mark behind a marker such as `..`, where a star or a bare letter may be another marker."""

BEHIND_LABEL = re.compile(rf"{BEHIND_MARKER.pattern}|\s?[*†‡]{{1,3}}\Z", _FLAGS)
"""A mark at the end of a label; letters in round brackets, `Liberal (R)`, belong to a name and stay."""

BEHIND_FIGURE = re.compile(rf"{BEHIND_LABEL.pattern}|(?:\s?{_IN_PARENTHESES}|\s(?:p|r|{_WORDS}))\Z", _FLAGS)
"""A mark at the end of a figure. A letter needs its space: `45p` is pence."""

_BEFORE_FIGURE = re.compile(rf"(?:{_SUPERSCRIPT}|{_BRACKETED}|{_IN_PARENTHESES})\s?", _FLAGS)

_LONGEST_MARK = 60
_AREA_OR_VOLUME = re.compile(r"(?<![^\W\d_])(?:[kcm]?m|ft)\Z", re.IGNORECASE)
"""The unit under the 2 of m² or the 3 of m³, which is no footnote."""

_NOT_FINAL = {"p", "prov", "provisional", "e", "estimate", "estimated", "f", "forecast"}


def without_marks_behind(text: str, mark: re.Pattern[str]) -> tuple[str, str]:
    """The text without the marks at its end, and those marks as written, a space between.

    `mark` is one of the patterns BEHIND_MARKER, BEHIND_LABEL and BEHIND_FIGURE. Something is always left: a text that
    is nothing but a mark stays.
    """
    marks: list[str] = []
    while found := mark.search(text, max(0, len(text) - _LONGEST_MARK)):
        body, note = text[: found.start()], found[0].strip(" ,")
        if not body or (note in "²³" and _AREA_OR_VOLUME.search(body[-4:])):
            break
        marks.insert(0, note)
        text = body
    return text, " ".join(marks)


def without_marks(text: str) -> tuple[str, str]:
    """A figure's text without the marks before and behind it, and those marks."""
    text, behind = without_marks_behind(text, BEHIND_FIGURE)
    marks: list[str] = []
    while (found := _BEFORE_FIGURE.match(text)) and found.end() < len(text):
        marks.append(found[0].strip())
        text = text[found.end() :]
    return text, " ".join([*marks, behind] if behind else marks)


def is_provisional(note: str) -> bool:
    """Whether a figure's note says that it will change: provisional, estimated or forecast.

    Letters as the Analysis Function's guidance on symbols in tables gives them: p, e and f.
    """
    words = re.findall("[a-z]+", unicodedata.normalize("NFKC", note).casefold())
    return not _NOT_FINAL.isdisjoint(words)
