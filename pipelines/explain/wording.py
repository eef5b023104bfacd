"""An explanation in plain English, for a terminal of a hundred columns."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from pipelines.explain.answer import Explanation, Observation, Rating, SurveySureness, Trend
from pipelines.explain.cells import Origin
from pipelines.read.address import cell_position, column_letters
from pipelines.report.wording import NO_TREND_WORDS, REASON_WORDS, TARGET_WORDS

WIDTH = 100
FEW_CELLS = 6
"""Up to so many cells of a sheet stand on lines of their own; more are written as runs such as `D5:D42`."""

STATUS_NAMES = {"R": "Red", "A": "Amber", "G": "Green"}

_USES = {
    "rated": "The value",
    "trend": "The figure that the trend compares",
    "previous": "The figure before it",
    "known": "What is known",
}

_SIGNS = {"about": "about ", "at_least": "at least ", "over": "over "}


def as_text(explanation: Explanation, *, every_cell: bool = False) -> str:
    """The explanation as text; `every_cell` gives each cell its own line, with what its row is about."""
    known_by = f"{explanation.known_by:%d/%m/%Y}"
    lines = [
        *_wrapped(f"{explanation.measure_code}  {explanation.measure_name}"),
        *_wrapped(f"in {explanation.report_quarter}, as it was known on {known_by}, the quarter's cut-off", "  "),
    ]
    if explanation.rating is None or explanation.trend is None:
        lines += ["", "Not rated: no portfolio agreement lists it."]
    else:
        trend = trend_sentences(explanation.trend, explanation.rating.polarity, explanation.unit)
        lines += ["", *_below_the_first(rating_sentences(explanation.rating, explanation.unit))]
        lines += ["", *_below_the_first(trend)]
    if explanation.survey is not None:
        lines += ["", *_below_the_first(survey_sentences(explanation.survey))]
    if not explanation.observations:
        lines += ["", *_wrapped(nothing_known(explanation))]
    for use, group in groupby(explanation.observations, key=lambda observation: observation.use):
        observations = list(group)
        lines += ["", f"{_USES[use]}{_made_of(observations, use)}"]
        for observation in observations:
            lines += _observation_lines(observation, explanation.unit, every_cell)
    lines += _commentary_lines(explanation.rating)
    lines += _illustrative_lines(explanation.observations)
    return "\n".join(lines)


def nothing_known(explanation: Explanation) -> str:
    """Why there are no figures behind it."""
    if explanation.known_from is not None and explanation.known_from > explanation.known_by:
        return f"No figure of it was known by then: the first came on {explanation.known_from:%d/%m/%Y}."
    if explanation.other_areas:
        return (
            "No figure of the authority itself is known: those received by then are of "
            f"{explanation.other_areas} other areas, and marts.observation holds them."
        )
    return "No figure of it is known: no workbook that was received by then holds one."


def _made_of(observations: Sequence[Observation], use: str) -> str:
    if len(observations) == 1 or use == "known":
        return ""
    return f" is made of {len(observations)} quarters"


def rating_sentences(rating: Rating, unit: str) -> Iterator[str]:
    """How a rating came about, its outcome first, each sentence whole."""
    if rating.status is None:
        yield f"Rating: {_reason(rating.status_reason)}"
    else:
        yield f"Rating: {STATUS_NAMES[rating.status]}"
    if rating.override_status:
        name = STATUS_NAMES.get(rating.override_status, rating.override_status)
        yield f"A person put {name} in its place: {rating.override_reason}"
    value = (
        f"{_exact(rating.value, unit)}, the {rating.value_kind} of {rating.value_period}" if rating.value_kind else ""
    )
    if rating.value is None:
        yield f"No value: the agreement rates it on '{rating.rated_on}', and none is known."
    elif rating.status is None:
        yield f"Value: {value}."
    else:
        yield f"Rated is {value}. The agreement rates it on '{rating.rated_on}'."
    yield f"Target: {_target(rating, unit)}"
    if rating.status is not None:
        yield f"Rule: {_rule(rating, unit)}"
        yield _judged(rating, unit)
        yield _sureness(rating)
    yield from _lock_sentences(rating)


def _lock_sentences(rating: Rating) -> Iterator[str]:
    if rating.locked_on is None:
        return
    yield f"Locked on {rating.locked_on:%d/%m/%Y}: these figures stay as they were published."
    if rating.restated_on is not None:
        yield f"Restated on {rating.restated_on:%d/%m/%Y}: {rating.restated_why}"
    if rating.is_computed_otherwise:
        yield "Without the lock they would be others; marts.computed_status has them."


def _commentary_lines(rating: Rating | None) -> list[str]:
    if rating is None or rating.commentary is None:
        return []
    texts = [line for text in rating.commentary.split("\n") for line in _wrapped(text, "  ")]
    return ["", "Commentary:", *texts]


def _reason(code: str) -> str:
    return REASON_WORDS.get(code, f"Not rated: {code.replace('_', ' ')}")


def _target(rating: Rating, unit: str) -> str:
    if rating.target_value is None:
        said = TARGET_WORDS.get(rating.target_type, rating.target_type)
    else:
        said = _exact(rating.target_value, unit)
    if rating.target_workbook is None:
        return f"{said}; no agreement for that year was known"
    approved = f"approved by Cabinet on {rating.approved_on:%d/%m/%Y}, " if rating.approved_on else ""
    place = f"{rating.target_sheet}!{rating.target_cell} of {rating.target_workbook}"
    return f"{said}, {approved}from {place}, which says '{rating.target_text}'"


def _tolerance(rating: Rating, unit: str) -> str:
    if rating.tolerance_kind == "relative":
        return f"{_plain(rating.tolerance_value)}% of the target"
    return f"{_plain(rating.tolerance_value)} points" if unit == "%" else _exact(rating.tolerance_value, unit)


def _rule(rating: Rating, unit: str) -> str:
    good, side = ("High", "above") if rating.polarity == "high" else ("Low", "below")
    amber = f"Amber misses it by at most {_tolerance(rating, unit)}, Red by more"
    return f"{good} is good. Green is at or {side} the target, {amber}."


def _judged(rating: Rating, unit: str) -> str:
    if rating.shortfall is None:
        return ""
    of_target = "" if rating.shortfall_pct is None else f", which is {_plain(abs(rating.shortfall_pct))}% of it"
    by = f"{_exact(abs(rating.shortfall), 'points' if unit == '%' else unit)}{of_target}"
    if rating.shortfall == 0:
        return "The value is exactly the target, so it is Green."
    if rating.shortfall < 0:
        return f"The value is better than the target by {by}, so it is Green."
    compared = "at most" if rating.status == "A" else "more than"
    status = STATUS_NAMES[rating.status or ""]
    return f"The value misses the target by {by}: {compared} {_tolerance(rating, unit)}, so it is {status}."


def _sureness(rating: Rating) -> str:
    said = []
    if rating.status_robust is not None:
        would = "would" if rating.status_robust else "would not"
        said.append(f"The rating {would} be the same for every value that rounds to the printed one.")
    if rating.reading_sensitive is not None:
        other = "percentage points" if rating.tolerance_kind == "relative" else "per cent of the target"
        said.append(
            f"It would {'' if rating.reading_sensitive else 'not '}differ if the tolerance were read as {other}."
        )
    return " ".join(said)


def trend_sentences(trend: Trend, polarity: str, unit: str) -> Iterator[str]:
    """How a direction of travel came about, its outcome first, each sentence whole."""
    if trend.trend is None:
        yield f"Trend: none ({NO_TREND_WORDS.get(trend.trend_reason, trend.trend_reason.replace('_', ' ')).lower()})"
    else:
        yield f"Trend: {trend.trend}"
    if trend.trend_value is None and (trend.trend is None or trend.previous_value is None):
        return
    # of a locked quarter the figure compared may not be known any more
    compared = "The locked figure"
    if trend.trend_value is not None:
        compared = f"{_exact(trend.trend_value, unit)} ({trend.trend_basis})"
    if trend.previous_value is None:
        yield f"{compared} has nothing before it to compare with."
        return
    change = f": a change of {_signed(trend.change_pct)}%" if trend.change_pct is not None else ""
    period = f" ({trend.previous_period})" if trend.previous_period else ""
    yield f"{compared} against {_exact(trend.previous_value, unit)}{period}{change}."
    good = {"high": "; above that a rise is better", "low": "; above that a fall is better"}.get(polarity, "")
    yield f"Rule: a change of at most 1% of the previous figure is stable{good}."
    if trend.trend_robust is not None:
        would = "would" if trend.trend_robust else "would not"
        yield f"The trend {would} be the same for all figures that round to the printed ones."


def survey_sentences(survey: SurveySureness) -> Iterator[str]:
    """How sure a survey figure is, its heading first, each sentence whole."""
    yield "How sure the survey is, if it were a simple random sample (marts.survey_interval, marts.survey_change)"
    asked = f"{survey.base_count:,} people were asked"
    yield f"95% interval of the value: {survey.low_pct}% to {survey.high_pct}%; {asked}."
    if survey.change_in_words is not None:
        yield f"The change that the trend compares: {survey.change_in_words}."


def _below_the_first(sentences: Iterator[str]) -> Iterator[str]:
    """The first as it is, and the others wrapped and set in."""
    yield next(sentences)
    for sentence in sentences:
        yield from _wrapped(sentence, "  ")


def _observation_lines(observation: Observation, unit: str, every_cell: bool) -> Iterator[str]:
    named = "" if observation.component == "total" else f", {observation.component}"
    if observation.value is None:
        figure = observation.availability.replace("_", " ")
    else:
        figure = f"{_SIGNS.get(observation.value_qualifier, '')}{_exact(observation.value, unit)}"
    yield from _wrapped(f"{figure}, {observation.value_kind} of {observation.period_label}{named}", "  ")
    until = f" until {observation.superseded_on:%d/%m/%Y}" if observation.superseded_on else ""
    yield from _wrapped(f"Known from {observation.as_at:%d/%m/%Y}{until}.{_note(observation)}", "    ")
    if observation.denominator is not None and observation.numerator is not None:
        factor = next((origin.factor for origin in observation.origins if origin.role == "numerator"), None)
        times = f"{_plain(factor)} × " if factor is not None and factor != 1 else ""
        numerator, denominator = _plain(observation.numerator), _plain(observation.denominator)
        yield f"    = {times}{numerator} / {denominator}"
    for role, group in groupby(observation.origins, key=lambda origin: origin.role):
        yield from _role_lines(role, list(group), every_cell)


def _note(observation: Observation) -> str:
    return f" {observation.note[0].upper()}{observation.note[1:].removesuffix('.')}." if observation.note else ""


def _role_lines(role: str, origins: Sequence[Origin], every_cell: bool) -> Iterator[str]:
    names = {"value": "Stands in", "part": "Added up from"}
    factors = {origin.factor for origin in origins} - {Decimal(1), None}
    each = f", each times {_plain(factors.pop())}" if role == "part" and len(factors) == 1 else ""
    cells = f"{len(origins)} cells" if len(origins) > 1 else "1 cell"
    yield f"    {names.get(role, role.capitalize() + ' from')} {cells}{each}:"
    for (workbook, sha256, received_on, supplier), group in groupby(
        origins, key=lambda origin: (origin.workbook, origin.workbook_sha256, origin.received_on, origin.supplier)
    ):
        received = f", known from {received_on:%d/%m/%Y}" if isinstance(received_on, date) else ""
        owner = f", supplied by {supplier}" if supplier else ""
        yield from _wrapped(f"{workbook}{received}{owner} (SHA-256 {sha256[:12]})", "      ")
        for sheet, cells_of_sheet in groupby(group, key=lambda origin: origin.sheet):
            yield from _cell_lines(sheet, list(cells_of_sheet), every_cell)


def _cell_lines(sheet: str, origins: Sequence[Origin], every_cell: bool) -> Iterator[str]:
    if len(origins) > FEW_CELLS and not every_cell:
        yield from _wrapped(", ".join(runs(sheet, [origin.cell for origin in origins])), "        ")
        return
    for origin in origins:
        words = f"  {origin.row_words}" if origin.row_words else ""
        yield from _wrapped(f"{sheet}!{origin.cell} says '{origin.cell_text}'{words}", "        ")


def runs(sheet: str, cells: Sequence[str]) -> list[str]:
    """Addresses in the order given, those that follow each other down a column as one: `CBL!E10:E13`."""
    found: list[tuple[int, int, int]] = []
    for row, column in map(cell_position, cells):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1] = (column, found[-1][1], row)
        else:
            found.append((column, row, row))
    return [
        f"{sheet}!{column_letters(column)}{first}" + (f":{column_letters(column)}{last}" if last > first else "")
        for column, first, last in found
    ]


def _illustrative_lines(observations: Sequence[Observation]) -> list[str]:
    said = {origin.illustrative for observation in observations for origin in observation.origins} - {None, ""}
    return [line for text in sorted(filter(None, said)) for line in ("", *_wrapped(f"Note: {text}"))]


def _wrapped(text: str, indent: str = "") -> list[str]:
    below = f"{indent}  "
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=below, break_long_words=False)


def _plain(value: Decimal | None) -> str:
    """A number with all its digits and no more: 93.185079, 1,299."""
    if value is None:
        return "–"
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _signed(value: Decimal | None) -> str:
    return _plain(value) if value is None or value <= 0 else f"+{_plain(value)}"


def _exact(value: Decimal | None, unit: str) -> str:
    """A figure of the measure's unit with all its digits: 93.185079%, £100,000, 21.5 per 1,000."""
    if value is None:
        return "–"
    match unit:
        case "%":
            return f"{_plain(value)}%"
        case "£":
            return f"−£{_plain(-value)}" if value < 0 else f"£{_plain(value)}"
        case "points" | "per 1,000":
            return f"{_plain(value)} {unit}"
    return _plain(value)
