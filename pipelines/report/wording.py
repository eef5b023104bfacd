"""How figures, ratings and reasons are worded for a reader: one place, so that no page says it differently."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pipelines.calendar import named_period

STATUS_WORDS = {"R": "■ Red", "A": "▲ Amber", "G": "● Green"}
"""A symbol of its own shape and the word: colour is only ever beside them."""

TREND_WORDS = {"better": "⬆ Getting better", "stable": "➡ Stable", "worse": "⬇ Getting worse"}

SEVERITY_WORDS = {"high": "◆ High", "medium": "◈ Medium", "low": "◇ Low"}

SUPPRESSED = "Suppressed"
"""What stands in the place of a figure that is not shown in public, as it or another counts few people."""

SUPPRESSION_LEGEND = f"{SUPPRESSED} stands for a figure that is suppressed, [c] for a text that is confidential."

REASON_WORDS = {
    "contextual": "Not rated: contextual",
    "no_target": "Not rated: no target set",
    "target_to_be_confirmed": "Not rated: target to be confirmed",
    "maximise": "Not rated: aim to maximise",
    "minimise": "Not rated: aim to minimise",
    "polarity_not_given": "Not rated: good performance not stated",
    "not_collected": "Not rated: not collected",
    "value_not_available": "Not rated: no figure available",
    "suppressed": "Not rated here: figure suppressed, as it counts few people",
}

NO_TREND_WORDS = {
    "value_not_available": "No figure available",
    "not_available": "No figure available",
    "not_collected": "Not collected",
    "suppressed": "Figure suppressed",
    "year_end_not_forecast": "Year-end not forecast",
    "previous_not_available": "No earlier figure",
    "previous_zero": "Earlier figure is zero",
    "series_break": "Not comparable: measure redefined since",
    "polarity_not_given": "Changed; good performance not stated",
}

TARGET_WORDS = {
    "none": "No target",
    "to_be_confirmed": "To be confirmed",
    "maximise": "Aim to maximise",
    "minimise": "Aim to minimise",
}

ACTION_WORDS = {
    "overdue": "Overdue",
    "due": "Not due yet",
    "recurring": "Goes on or comes round",
    "undated": "Without a date",
    "done": "Done",
}
"""In the order in which a reader wants to know."""

OUTCOME_WORDS = {
    "agrees": "the same",
    "differs": "differs",
    "illegible": "cannot be read in the copy at hand",
    "not_compared": "not compared",
    "suppressed": f"not compared: {SUPPRESSED.lower()} here",
}
"""Whether a printed cell agrees with the figures here."""

CLAIM_WORDS = {"confirmed": "Confirmed", "not_confirmed": "Not confirmed", "not_checked": "Not checked"}

PERIOD_STATE_WORDS = {"not_begun": "not begun", "under_way": "under way", "ended": "ended"}

MEASURE_CHANGE_WORDS = {
    "first": "Listed for the first time, with the first agreement",
    "new": "New",
    "renamed": "Renamed",
    "polarity_changed": "What counts as good performance has changed",
    "renumbered": "Under another code",
    "redefined": "Redefined, so that earlier figures cannot be compared",
}

POLARITY_WORDS = {"high": "High", "low": "Low", "none": "Not stated"}


def figure_in_words(value: Decimal | None, unit: str) -> str:
    """A figure as printed: `93.2%`, `£1,000,000`, `1,672`, `21.5`; an en dash where there is none.

    With the fewest decimals that show it, at most one for percentages and two for rates per 1,000; halves go up.
    """
    if value is None:
        return "–"
    most = {"%": 1, "per 1,000": 2}.get(unit, 0)
    rounded = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP) + 0  # which turns minus nought into nought
    shown = f"{rounded:,.{most}f}".rstrip("0").rstrip(".") if most else f"{rounded:,.0f}"
    prefix, suffix = ("£" if unit == "£" else ""), ("%" if unit == "%" else "")
    return f"−{prefix}{shown[1:]}{suffix}" if shown.startswith("-") else f"{prefix}{shown}{suffix}"


def missing_in_words(row: Mapping[str, Any], figure: str, otherwise: str) -> str:
    """What stands for a figure that a row has not: that it is suppressed, where `hidden` names its column."""
    return SUPPRESSED if figure in (row.get("hidden") or ()) else otherwise


def no_value_in_words(row: Mapping[str, Any]) -> str:
    """What stands for a value that a row of marts.measure_status has not."""
    return SUPPRESSED if row["status_reason"] == "suppressed" else "No figure"


def day_in_words(day: date) -> str:
    """A day as `12 November 2021`."""
    return f"{day:%-d %B %Y}"


def end_of_edition(row: Mapping[str, Any]) -> date:
    """The last day that an edition goes up to, from its `edition_period`: a quarter as `2021-22-Q2`, or a year."""
    return named_period(row["edition_period"]).end - timedelta(days=1)


def scheme_state_in_words(row: Mapping[str, Any]) -> str:
    """Where the months of a grant stood when its edition ended, of a row of marts.grant_scheme: a later day differs."""
    return f"{PERIOD_STATE_WORDS[row['period_state']]} on {day_in_words(end_of_edition(row))}"


def thousands_in_words(pounds: Decimal | None) -> str:
    """Pounds as thousands without a unit, as finance tables print them: `621`, `−2`; halves go up."""
    return figure_in_words(None if pounds is None else pounds / 1000, "")


def count_in_words(number: int, one: str, many: str = "") -> str:
    """`1 measure`, `22 measures`, `no statuses`; many: the plural where it is not made with an s."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def quarter_in_words(quarter: Mapping[str, Any]) -> str:
    """A row of marts.reporting_quarter as `2021/22 quarter 2 (July to September 2021)`."""
    last_month = quarter["quarter_end"].month - 1 or 12
    months = f"{quarter['quarter_start']:%B} to {quarter['quarter_start'].replace(month=last_month):%B %Y}"
    return f"{quarter['report_year'].replace('-', '/')} quarter {quarter['quarter_number']} ({months})"


def period_in_words(label: str, year_type: str) -> str:
    """A period as printed, by the calendar that it is of: `2020/21`, `2021/22 Q2`, `October 2021`."""
    if year_type == "snapshot":
        return f"{date.fromisoformat(f'{label}-01'):%B %Y}"
    if year_type not in ("academic", "financial"):
        return label
    # a figure of a financial year may be of one of its quarters so far
    return label.removesuffix(" academic").replace("-Q", " Q").replace("-", "/")


def shown_status(row: Mapping[str, Any]) -> str | None:
    """The status that a person put in the place of the computed one, else that one; None where nothing is rated."""
    status: str | None = row["override_status"] or row["status"]
    return status


def status_in_words(row: Mapping[str, Any]) -> tuple[str, str]:
    """What is said of a status, from a row of marts.measure_status, and a note on it, which may be empty."""
    if row["override_status"]:
        computed = STATUS_WORDS[row["status"]] if row["status"] else REASON_WORDS[row["status_reason"]]
        note = f"put in the place of the computed status ({computed}): {row['override_reason']}"
        return STATUS_WORDS[row["override_status"]], note
    if row["status"] is None:
        return REASON_WORDS[row["status_reason"]], ""
    notes = []
    if row["status_reason"] == "year_to_date":
        notes.append("on the year to date")
    if not row["status_robust"]:
        notes.append("would change within rounding")
    if row["reading_sensitive"]:
        notes.append("would differ in percentage points")
    return STATUS_WORDS[row["status"]], "; ".join(notes)


def trend_in_words(row: Mapping[str, Any]) -> tuple[str, str]:
    """What is said of a trend, from a row of marts.measure_status with `is_contextual`, and a note, maybe empty."""
    if row["trend"] is None:
        if row["trend_reason"] == "polarity_not_given" and row["is_contextual"]:
            return "Changed; contextual, neither better nor worse", ""
        return NO_TREND_WORDS[row["trend_reason"]], ""
    notes = []
    if "projected" in row["trend_reason"]:
        notes.append("projected year-end")
    if not row["trend_robust"]:
        notes.append("would change within rounding")
    return TREND_WORDS[row["trend"]], "; ".join(notes)


def status_words(row: Mapping[str, Any]) -> str:
    """The status as word and symbol, or why there is none."""
    return status_in_words(row)[0]


def trend_words(row: Mapping[str, Any]) -> str:
    """The trend as word and symbol, or why there is none."""
    return trend_in_words(row)[0]


def target_in_words(row: Mapping[str, Any]) -> str:
    """A target from its type, value and unit."""
    return TARGET_WORDS.get(row["target_type"]) or figure_in_words(row["target_value"], row["unit"])


def awaited_in_words(row: Mapping[str, Any]) -> str:
    """What is said of a figure that has not come, from a row of marts.freshness with the `source_title`."""
    sender = row["source_title"] or "its source"
    sent = f"last sent a file on {row['source_sent_on']:%-d %B %Y}" if row["source_sent_on"] else "has sent nothing"
    states = {
        "due": f", and counts as late after {row['grace_until']:%-d %B %Y}",
        "late": f" and is late: {sender} {sent}",
        "silent": f" and has not come: {sender} has fallen silent, and {sent}",
        "never_received": "; no figure of it was ever received",
    }
    said = [f"The figure of {row['next_period']} was due on {row['due_on']:%-d %B %Y}{states[row['state']]}"]
    said += [row["note"].removesuffix(".")] if row["note"] else []
    if row["is_sent_less_often"]:
        said.append(f"The agreement calls it {row['frequency'].lower()}; it is awaited as often as its source sends it")
    return ". ".join(said) + "."


def place_in_words(row: Mapping[str, Any]) -> str:
    """Where something stands, as far as it has a place: `Fund.xlsx, sheet Awards, cell B7`; empty where it has none."""
    parts = [row["workbook"]] if row["workbook"] else []
    parts += [f"sheet {row['sheet']}"] if row["sheet"] else []
    if row["cell"]:
        how_many = row["cell"].endswith(" cells")
        parts.append(row["cell"] if how_many else f"{'cells' if ',' in row['cell'] else 'cell'} {row['cell']}")
    return ", ".join(parts)


def shortened(text: str, most: int) -> str:
    """Text of at most so many characters, cut between words, with an ellipsis where it was cut."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"
