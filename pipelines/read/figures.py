"""A cell's text as a figure: its value, its unit, how exact it is, or why there is none."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from pipelines.read.notes import BEHIND_MARKER, SUPERSCRIPTS, without_marks, without_marks_behind

_NOT_AVAILABLE = (
    *("..", "...", "…", ":", "-", "‐", "‑", "–", "—", "−"),
    *("x", "[x]", "u", "[u]", "w", "[w]", "n/a", "na", "n/k", "tbc"),
    *("not available", "not known", "no data", "to be confirmed"),
)
_SUPPRESSED = ("c", "[c]", "*", "low", "[low]", "~", "suppressed", "confidential")
_NOT_COLLECTED = ("z", "[z]", "not collected", "not applicable")

MARKERS: Mapping[str, str] = {
    **dict.fromkeys(_NOT_AVAILABLE, "not_available"),
    **dict.fromkeys(_SUPPRESSED, "suppressed"),
    **dict.fromkeys(_NOT_COLLECTED, "not_collected"),
    **{
        f"{fewer}{count}": "suppressed"
        for fewer in ("<", "< ", "≤", "≤ ", "<=", "<= ", "less than ", "fewer than ")
        for count in range(2, 11)
    },
}
"""Marks that stand where no value does, in small letters, and what they mean; none of them is ever zero.

Letters are those of the Analysis Function's guidance on symbols in tables: c confidential, u of low reliability, w none
recorded in a survey, x not available, z not applicable, low for what rounds to nought but is not. `:` and `~` are the
marks that the Department for Education's data standards replaced by x and low. Neither gives `#` a meaning, so it has
none here. Counts below a bound of at most ten, `<5`, hide small numbers. The others are office usage.
"""

_QUALIFIERS = {
    **dict.fromkeys(("c", "c.", "ca.", "circa", "about", "around", "~", "≈"), "about"),
    **dict.fromkeys(("approx", "approx.", "approximately"), "about"),
    **dict.fromkeys(("at least", "≥", ">="), "at_least"),
    **dict.fromkeys(("over", "more than", ">"), "over"),
}

MOST_DIGITS = 20
"""Excel keeps 15 significant digits; what has more than these is a code or a slip."""

_LONGEST = 120
"""Characters of the longest figure with its notes; what is longer is prose."""

_LONGEST_PARTS = 1_000

_LABEL = re.compile(r"[^\W\d_][^\W_]*(?: [^\W_]+)*")

_MAGNITUDES = {"": 0, "k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}

_is_plain = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII).fullmatch

_FIGURE = re.compile(
    r"""
    (?P<qualifier>(?:c\.|ca\.|circa|about|around|approximately|approx\.?|at\ least|over|more\ than|>=|[~≈≥>])\s?
        |c(?=\s?£|\s?\d{1,3},)\s?  # c17,000 is circa; C17 may be a code
    )?
    (?P<before>[-−–‑+(]?(?:£\s?)?[-−–‑+(]?)
    (?P<number>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+|(?:0|[1-9]\d*)(?:\.\d+)?E[-+]\d{1,3})
    (?:\s?(?P<magnitude>k|thousand|m|million|bn|billion)(?![a-z]))?
    (?:\s?(?P<unit>%|per\ cent|percent|£))?
    (?P<behind>[-−)+]?)
    (?P<roughly>\s\(?approx(?:\.|imately)?\)?)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_SIGNS = {"": 1, "+": 1, "-": -1, "()": -1}
"""How the signs around a number change it. Anything else, such as a minus in brackets, contradicts itself."""

_SIGNS_ALONE = str.maketrans("−–‑", "---", "£ ")

_COUNT = r"[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*"
_NUMBER = r"(?:0|[1-9]\d*)(?:\.\d+)?"
_PERCENT = r"\s?(?:%|per\ cent|percent)"
_OF = r"\s?(?:/|of|out\ of)\s?"
_SHARE = re.compile(
    rf"""(?P<percentage>{_NUMBER}){_PERCENT}\s?\((?P<part>{_COUNT})(?:{_OF}(?P<whole>{_COUNT}))?\)
    |(?P<leading_part>{_COUNT}){_OF}(?P<leading_whole>{_COUNT})\s?\((?P<last_percentage>{_NUMBER}){_PERCENT}\)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_FIXED_SPACES = "\u00a0\u2007\u2009\u202f"
_SPACED_THOUSANDS = re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}([{_FIXED_SPACES}])\d{{3}}(?:\1\d{{3}})*(?![\d,])", re.ASCII)
_ZERO_WIDTH = str.maketrans("\u200b\ufeff", "  ")

_ADVICE = (
    (r"(?:<|≤|under |less than |fewer than |up to |at most |no more than ).*", "an upper bound is no figure"),
    (r".*\d\s?(?:pp|ppts?|percentage points?)", "percentage points are no percentage"),
    (r"nil|none|zero", "enter 0 if it was counted and there was none, [x] if it is not known"),
    (r"#+", "it has no agreed meaning; enter [c] where a figure is withheld and [x] where there is none"),
    (r".*\d+,\d{1,2}(?:\D.*)?", "a comma parts thousands, never decimals"),
    (r".*\d,\d{4,}(?:\D.*)?", "it may end in a footnote; write it as 1,672 [note 3]"),
    (r".*\d \d+(?:\D.*)?", "a space may part thousands, or a footnote; write 1,672 or 1,672 [note 3]"),
    (r".*\d\s?\(\d+\)", "the number in brackets may be a footnote or a count; write a footnote as [note 3]"),
    (r"\d[\d,]*\s?(?:/|of|out of)\s?\d[\d,]*", "give the percentage too: 23% (54/231)"),
    (r"\D*0[\d,].*", "a number does not begin with 0; it may be a code, or have a comma for decimals"),
    (r".*m\s?[²³].*", "it may be an area or a volume; write a footnote as [note 3]"),
    (rf"10[{SUPERSCRIPTS}].*", "it may be a power of ten; write a footnote as [note 3]"),
)
"""What to say of refused texts that look like a figure, by pattern; the first that fits."""


class NotAFigure(ValueError):
    """The text is neither a figure nor a mark that stands for a missing one."""


class Figure(NamedTuple):
    """A figure as supplied. `value` is None exactly when `availability` is not `value`; unit is `%`, `£` or empty.

    A percentage holds points: 36% is 36. `availability` and `qualifier` are in the words of the published tables.
    note: the footnote and status marks around it, as written: `³`, `[note 3]`, `[r] [p]`.
    numerator, denominator: the counts given with a percentage, as in `23% (54/231)`.
    """

    value: Decimal | None
    unit: str = ""
    qualifier: str = "exact"
    availability: str = "value"
    note: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def tidy(text: str) -> str:
    """The text with every run of white space, no-break and zero-width spaces included, made one space."""
    return " ".join((text if text.isascii() else text.translate(_ZERO_WIDTH)).split())


def parse_figure(text: str, *, shown_as_percent: bool = False, markers: Mapping[str, str] = MARKERS) -> Figure:
    """The figure in a cell's text.

    `shown_as_percent` says that the cell is a number with a percent format: 0.97 is then 97%. `markers` are the marks
    that may stand for a missing value, in small letters, and what they mean.
    Reads thousands parted by commas or fixed spaces, pounds, k, m and bn, per cent, brackets and dashes for negatives,
    words such as `c.` and `at least`, footnotes and status marks, and the counts behind a percentage. Raises NotAFigure
    for anything else and for whatever can be read in two ways.
    """
    if len(text) <= MOST_DIGITS and _is_plain(text):
        value = Decimal(text)
        return Figure(value * 100, "%") if shown_as_percent else Figure(value)
    if len(text) > _LONGEST:
        raise NotAFigure(f"'{text[:_LONGEST]}...' is too long for a figure")
    tidied = tidy(text if text.isascii() else _SPACED_THOUSANDS.sub(_with_commas, text))
    if tidied.casefold() in markers:
        return Figure(None, availability=markers[tidied.casefold()])
    figure = _single(tidied) or _with_notes(tidied, markers)
    if figure is None:
        raise _refusal(text, tidied)
    if shown_as_percent and figure.unit != "%" and figure.value is not None:
        return figure._replace(value=figure.value * 100, unit="%")
    return figure


def _with_commas(found: re.Match[str]) -> str:
    return found[0].replace(found[1], ",")


def _refusal(text: str, tidied: str) -> NotAFigure:
    for pattern, advice in _ADVICE:
        if re.fullmatch(pattern, tidied, re.IGNORECASE | re.ASCII):
            return NotAFigure(f"{text!r} is not a figure: {advice}")
    return NotAFigure(f"{text!r} is not a figure")


def _with_notes(tidied: str, markers: Mapping[str, str]) -> Figure | None:
    """A figure or a marker with notes around it, or a percentage with its counts."""
    body, note = without_marks_behind(tidied, BEHIND_MARKER)
    if body.casefold() in markers:
        return Figure(None, availability=markers[body.casefold()], note=note)
    body, note = without_marks(tidied)
    if body == "10" and note.startswith(tuple(SUPERSCRIPTS)):
        return None
    figure = _single(body) or _share(body)
    return figure and figure._replace(note=note)


def _single(text: str) -> Figure | None:
    """A figure that stands alone, or None where the text is none or contradicts itself."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    more = found["behind"] == "+"
    around = found["before"] + ("" if more else found["behind"])
    sign = _SIGNS.get(around.translate(_SIGNS_ALONE))
    pounds = ("£" in found["before"]) + (found["unit"] == "£")
    percent = found["unit"] not in (None, "£")
    prefix = (found["qualifier"] or "").strip().casefold()
    said = ((prefix, _QUALIFIERS.get(prefix)), (more, "at_least"), (found["roughly"], "about"))
    qualifiers = [qualifier for is_said, qualifier in said if is_said and qualifier]
    number = found["number"].replace(",", "")
    digits = number.upper().partition("E")[0].replace(".", "").lstrip("0")
    if sign is None or pounds + percent > 1 or len(qualifiers) > 1 or len(digits) > MOST_DIGITS:
        return None
    if percent and found["magnitude"]:
        return None
    value = Decimal(number).scaleb(_MAGNITUDES[(found["magnitude"] or "").casefold()])
    return Figure(sign * value, "%" if percent else "£" if pounds else "", qualifiers[0] if qualifiers else "exact")


def _share(text: str) -> Figure | None:
    """A percentage with its counts in brackets, `94.9% (1653)` or `23% (54/231)`, or the counts first."""
    found = _SHARE.fullmatch(text)
    if found is None:
        return None
    percentage = found["percentage"] or found["last_percentage"]
    part = Decimal((found["part"] or found["leading_part"]).replace(",", ""))
    written = found["whole"] or found["leading_whole"]
    whole = Decimal(written.replace(",", "")) if written else None
    if max(len(digits) for digits in (percentage, str(part), written or "")) > MOST_DIGITS:
        return None
    if not _fits(Decimal(percentage), part, whole):
        counts = f"{part:f}" if whole is None else f"{part:f} of {whole:f}"
        raise NotAFigure(f"{text!r} does not fit together: {counts} cannot be {percentage}%; mend one of them")
    return Figure(Decimal(percentage), "%", numerator=part, denominator=whole)


def _fits(percentage: Decimal, part: Decimal, whole: Decimal | None) -> bool:
    """Whether part/whole, rounded as the percentage is printed, gives it; ties may be rounded either way.

    Without a whole, whether there is any whole number for which it would.
    """
    scale = 10 ** -int(percentage.as_tuple().exponent)
    printed, hundredfold = int(percentage * scale), int(part) * 100 * scale
    if whole is not None:
        is_share = part <= whole or percentage > 100
        return is_share and whole > 0 and abs(2 * (printed * int(whole) - hundredfold)) <= whole
    least = -(-2 * hundredfold // (2 * printed + 1))
    return part == 0 == printed or (least > 0 and least * (2 * printed - 1) <= 2 * hundredfold)


def parse_parts(text: str, *, markers: Mapping[str, str] = MARKERS) -> dict[str, Figure]:
    """The figures of a cell that holds several, by label: `Q1 = £486,557 Q2 = £34,329`.

    A label is of letters and digits, and stands before `=` or `:`. Parts stand on lines of their own or are parted by
    commas, semicolons or, where the next label is one word, by a space. Raises NotAFigure when any bit of the text is
    left over, when a label stands twice, and when words could belong to the figure before or to the label behind them.
    """
    if len(text) > _LONGEST_PARTS:
        raise NotAFigure(f"'{text[:_LONGEST]}...' is too long for figures with labels")
    label, *pieces = re.split("[=:]", text.rstrip(";, \n"))
    parts: dict[str, Figure] = {}
    for number, piece in enumerate(pieces, 1):
        figure, following = (piece, "") if number == len(pieces) else _figure_and_label(piece, markers)
        name = tidy(label)
        if not _LABEL.fullmatch(name) or name in parts:
            raise NotAFigure(f"{text!r} is no list of figures: '{name}' is no label of its own; write Q1 = 5; Q2 = 6")
        parts[name] = parse_figure(figure, markers=markers)
        label = following
    if not parts:
        raise NotAFigure(f"{text!r} is no list of figures; write Q1 = 5; Q2 = 6")
    return parts


def _figure_and_label(piece: str, markers: Mapping[str, str]) -> tuple[str, str]:
    """What stands between two signs of equality: a figure, and the label of the next one."""
    if found := re.fullmatch(r"(.*)(?:[;\n]|,(?=\s|[^\W\d]))(.*\S.*)", piece, re.DOTALL):
        return found[1], found[2]
    figure, _, label = piece.strip().rpartition(" ")
    try:
        parse_figure(piece, markers=markers)
    except NotAFigure:
        return figure, label
    raise NotAFigure(f"{piece!r}: '{label}' may belong to the figure; write each figure on a line of its own")
