"""How a risk is worded: from a row of marts.risk to the reason that a reader is given."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pipelines.report.wording import STATUS_WORDS, awaited_in_words, figure_in_words, period_in_words

Row = Mapping[str, Any]

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def reason_in_words(row: Row) -> str:
    """Why a row of marts.risk is a risk, in one or two sentences. Raises KeyError for a kind that has no words."""
    return _REASONS[row["kind"]](row)


def _missed(row: Row) -> str:
    status = "" if row["kind"] == "forecast_misses_target" else _status_basis(row)
    return f"{_value(row)} against a target of {_against(row)}: {_percent(row['gap_pct'])} of the target short{status}."


def _status_basis(row: Row) -> str:
    return ", on the year to date" if row["basis"] == "year_to_date" else ""


def _supply_failed(row: Row) -> str:
    first, last = _period(row["against_period"], "financial"), _period(row["value_period"], "financial")
    return f"No figure for {row['counted']} periods running, {first} to {last}."


def _awaited(row: Row) -> str:
    if row["kind"] == "source_overdue":
        sent = f"{row['source_sent_on']:%-d %B %Y}"
        return f"Its file of {row['value_period']} was due on {row['due_on']:%-d %B %Y}. It last sent one on {sent}."
    # the note stands beside the reason
    about = {"next_period": row["value_period"], "note": None, "is_sent_less_often": False, "state": row["kind"]}
    return awaited_in_words({**row, **about})


def _worsened(row: Row) -> str:
    projected = "The projected year-end" if "projected" in row["basis"] else "The figure"
    return f"{projected} changed by {_percent(row['gap_pct'], signed=True)} from {_against(row)}; now {_value(row)}."


def _overdue(row: Row) -> str:
    printed = f" (in the plan: {row['value_period']})" if row["value_period"] else ""
    return f"Was due by {row['due_on']:%-d %B %Y}{printed}, and nothing says that it was done."


def _successor(row: Row) -> str:
    change = _percent(row["gap_pct"], signed=True)
    return f"{_value(row)}, before that {_against(row)}: changed by {change}. {str(row['basis']).capitalize()}."


def _overridden(row: Row) -> str:
    shown = STATUS_WORDS[row["shown_status"]]
    return (
        f"{shown} was put in the place of a worse computed rating: {_value(row)} against a target of {_against(row)}."
    )


def _weak_target(row: Row) -> str:
    known = "which was known when it was approved" if row["basis"] == "when approved" else "which became known since"
    target = figure_in_words(row["value"], row["unit"])
    year = _period(row["value_period"], "financial")
    return f"The target of {target} for {year} asks for less than the {_against(row)} that was reached, {known}."


def _forecasts_missed(row: Row) -> str:
    worst = f"{_value(row)} was forecast and {_against(row)} came, {_percent(row['gap_pct'])} apart"
    return f"{row['counted']} of {row['counted_of']} earlier forecasts ({row['basis']}) missed. The worst: {worst}."


def _rating_rounds(row: Row) -> str:
    return f"{_value(row)} against a target of {_against(row)}: another rating for some figure that prints the same."


def _trend_rounds(row: Row) -> str:
    change = _percent(row["gap_pct"], signed=True)
    return f"Changed by {change} from {_against(row)}: another trend for some figures that print the same."


def _reading(row: Row) -> str:
    return f"{_value(row)} against a target of {_against(row)}: another rating if 5% meant five percentage points."


_REASONS: Mapping[str, Callable[[Row], str]] = {
    "red": _missed,
    "amber": _missed,
    "forecast_misses_target": _missed,
    "supply_failure": _supply_failed,
    "silent": _awaited,
    "late": _awaited,
    "source_overdue": _awaited,
    "never_received": _awaited,
    "worsening": _worsened,
    "action_overdue": _overdue,
    "successor_worse": _successor,
    "overridden": _overridden,
    "target_weaker": _weak_target,
    "forecast_missed": _forecasts_missed,
    "status_not_robust": _rating_rounds,
    "trend_not_robust": _trend_rounds,
    "reading_sensitive": _reading,
}


def _value(row: Row) -> str:
    """The figure with its period, and in words that it is not an actual one."""
    said = [_period(row["value_period"], row["year_type"])] if row["value_period"] else []
    if row["value_kind"] not in (None, "actual"):
        said.append(row["value_kind"])
    shown = figure_in_words(row["value"], _unit(row))
    return f"{shown} ({', '.join(said)})" if said else shown


def _against(row: Row) -> str:
    shown = figure_in_words(row["against_value"], _unit(row))
    return f"{shown} ({_period(row['against_period'], row['year_type'])})" if row["against_period"] else shown


def _unit(row: Row) -> str:
    """The unit that figures are printed by; a score of another source keeps its decimals."""
    unit: str = row["unit"]
    return "per 1,000" if row["year_type"] is None and unit not in ("%", "£") else unit


def _period(label: str, year_type: str | None) -> str:
    # a year that a figure of one day stands for is no month, and a successor's calendar is its source's
    if year_type is None or (year_type == "snapshot" and not _MONTH.fullmatch(label)):
        year_type = "financial" if year_type else "other"
    return period_in_words(label, year_type)


def _percent(value: Decimal | None, *, signed: bool = False) -> str:
    """A percentage with at most one decimal; with its sign where it is a change. An en dash where there is none."""
    shown = figure_in_words(value, "%")
    return f"+{shown}" if signed and value is not None and value > 0 and shown != "0%" else shown
