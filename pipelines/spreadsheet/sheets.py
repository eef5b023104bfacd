"""What the sheets of the workbook hold: one table each, declared with its query, its columns and its notes."""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "figure", "pounds", "pence", "percent", "whole", "date", "status", "trend"]
"""What a column holds: a figure is shown as its row's unit asks; a status and a trend in words with their symbol."""

MISSING, CONFIDENTIAL, NOT_APPLICABLE, PROVISIONAL, FORECAST = "[x]", "[c]", "[z]", "[p]", "[f]"

SHORTHAND = (
    (MISSING, "not available: no figure was supplied, or none can be computed"),
    (CONFIDENTIAL, "confidential: suppressed, because it counts few people or would give such a count away"),
    (NOT_APPLICABLE, "not applicable: there is nothing to say here"),
    (PROVISIONAL, "provisional: the figure may be revised"),
    (FORECAST, "forecast: the figure is expected, and not yet known"),
)
"""The Analysis Function's symbols, with what they mean here."""


@dataclass(frozen=True)
class BookColumn:
    """A column: its heading, the column of the query, what it holds, how wide, and what stands for nothing in it.

    Where a column does not say it, a row may: what stands for nothing in its figures (`missing`), and the names of
    those that are suppressed (`hidden`). Else nothing is not applicable.
    """

    heading: str
    key: str
    kind: Kind = "text"
    width: int = 16
    missing: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, title and notes, the name of its table, its columns, and the query of its rows."""

    name: str
    title: str
    table: str
    columns: tuple[BookColumn, ...]
    sql: str
    notes: tuple[str, ...] = ()


def named_for(sheet: Sheet, area: str) -> Sheet:
    """The sheet with the name of the authority's area where `{authority}` stands in its title and headings."""
    columns = tuple(replace(each, heading=each.heading.replace("{authority}", area)) for each in sheet.columns)
    return replace(sheet, title=sheet.title.replace("{authority}", area), columns=columns)


_KNOWN = """from {table} as shown
inner join marts.reporting_quarter as quarters
    on quarters.report_quarter = $quarter
    and shown.as_at <= quarters.known_by and coalesce(quarters.known_by < shown.superseded_on, true)
{joined}"""

_MARK = "case {kind} when 'forecast' then ' [f]' when 'provisional' then ' [p]' else '' end"

_WHY = "case {said} when 'suppressed' then '[c]' else '[x]' end as missing"


def known(table: str, columns: str, order: str, joined: str = "") -> str:
    """Rows of the editions of a table that counted at the quarter's cut-off, with any more that is joined to them."""
    return f"select {columns} {_KNOWN.format(table=table, joined=joined)} order by {order}"


SHEETS = (
    Sheet(
        "Ratings",
        "Ratings and trends of the measures",
        "ratings_of_measures",
        (
            BookColumn("Measure code", "measure_code"),
            BookColumn("Measure", "measure_name", width=45),
            BookColumn("Priority", "priority", width=24),
            BookColumn("Unit", "unit", width=12),
            BookColumn("Good performance", "polarity", width=14),
            BookColumn("Value", "value", "figure"),
            BookColumn("Kind of value", "value_kind", width=18),
            BookColumn("Period of value", "value_period", width=20),
            BookColumn("Previous value", "previous_value", "figure"),
            BookColumn("Period of previous value", "previous_period", width=20),
            BookColumn("Target", "target_value", "figure", missing=NOT_APPLICABLE),
            BookColumn("Kind of target", "target_type", width=18),
            BookColumn("Shortfall, per cent of target", "shortfall_pct", "percent"),
            BookColumn("Status", "status", "status", width=26),
            BookColumn("Trend", "trend", "trend", width=26),
            BookColumn("Status set by a person", "override_status", "status", width=18),
            BookColumn("Why", "override_reason", width=30),
            BookColumn("Commentary", "commentary", width=60),
        ),
        f"""select rated.* replace (
                rated.value_kind || {_MARK.format(kind="rated.value_kind")} as value_kind
            ),
            defined.unit, defined.polarity, replace(defined.target_type, '_', ' ') as target_type,
            {_WHY.format(said="rated.status_reason")},
            case when rated.trend_reason = 'suppressed' then ['previous_value'] end as hidden,
        from marts.measure_status as rated
        inner join marts.rating_definition as defined using (report_quarter, measure_code)
        left join marts.measure using (measure_code)
        where rated.report_quarter = $quarter
        order by measure.sheet_row, rated.measure_code""",
        ("Status and trend are in words. How ratings work is in the Notes.",),
    ),
    Sheet(
        "Figures",
        "Figures of the measures over time, for {authority} and those it is compared with",
        "figures_over_time",
        (
            BookColumn("Measure code", "measure_code"),
            BookColumn("Measure", "measure_name", width=45),
            BookColumn("Area", "area_name", width=20, missing=MISSING),
            BookColumn("Period", "period_label", width=20),
            BookColumn("Part", "component", width=22),
            BookColumn("Kind of figure", "value_kind", width=18),
            BookColumn("Unit", "unit", width=12),
            BookColumn("Numerator", "numerator", "whole"),
            BookColumn("Denominator", "denominator", "whole"),
            BookColumn("Value", "value", "figure"),
            BookColumn("Exactness", "value_qualifier", width=14),
            BookColumn("Known since", "as_at", "date"),
            BookColumn("Note", "note", width=50),
        ),
        known(
            "marts.observation",
            f"""shown.* replace (
                shown.value_kind || {_MARK.format(kind="shown.value_kind")} as value_kind,
                replace(shown.value_qualifier, '_', ' ') as value_qualifier
            ), measure.measure_name, measure.unit, area.area_name, {_WHY.format(said="shown.availability")}""",
            "measure.sheet_row, shown.measure_code, shown.period_start, shown.period_end, area.area_name,"
            " shown.component, shown.value_kind, shown.edition",
            joined="""inner join marts.measure on shown.measure_code = measure.measure_code and measure.in_agreement
            left join marts.area on shown.area_code = area.area_code""",
        ),
    ),
    Sheet(
        "Targets",
        "Targets of the measures",
        "targets_of_measures",
        (
            BookColumn("Measure code", "measure_code"),
            BookColumn("Measure", "measure_name", width=45),
            BookColumn("Year", "period_label", width=18),
            BookColumn("Kind of target", "target_type", width=18),
            BookColumn("Target", "target_value", "figure"),
            BookColumn("Unit", "unit", width=12),
            BookColumn("Approved on", "approved_on", "date"),
        ),
        known(
            "marts.target",
            "shown.* replace (replace(shown.target_type, '_', ' ') as target_type), measure.measure_name, measure.unit,"
            " '[z]' as missing",
            "measure.sheet_row, shown.measure_code, shown.period_start",
            joined="left join marts.measure on shown.measure_code = measure.measure_code",
        ),
    ),
    Sheet(
        "Survey",
        "Agreement with the survey's statements, by area",
        "survey_agreement",
        (
            BookColumn("Measure code", "measure_code"),
            BookColumn("Area", "area_name", width=22),
            BookColumn("Period", "period_label", width=20),
            BookColumn("Strongly agree, per cent", "strongly_agree_pct", "percent"),
            BookColumn("Tend to agree, per cent", "tend_to_agree_pct", "percent"),
            BookColumn("Agree, per cent", "agree_pct", "percent"),
            BookColumn("At least, with 95% confidence", "low_pct", "percent", missing=MISSING),
            BookColumn("At most, with 95% confidence", "high_pct", "percent", missing=MISSING),
            BookColumn("Standing", "standing", width=16),
        ),
        known(
            "marts.survey",
            f"""shown.*, certainty.low_pct, certainty.high_pct,
            case when shown.is_illustrative then 'illustrative' else 'published' end as standing,
            {_WHY.format(said="shown.availability")}""",
            "shown.measure_code, shown.area_name, shown.period_start, shown.period_end, shown.edition",
            joined="""left join marts.survey_interval as certainty
                on shown.measure_code = certainty.measure_code and shown.area_code = certainty.area_code
                and shown.period_label = certainty.period_label and shown.edition = certainty.edition""",
        ),
        ("Illustrative figures are made up so that they reproduce the published ones.",),
    ),
)
"""The sheets about measures; `pipelines.spreadsheet.more_sheets` has the others."""
