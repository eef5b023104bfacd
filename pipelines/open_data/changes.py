"""What changed between a quarter and the one before: measures added, gone and redefined, figures restated."""

from pipelines.publication.quarter import Quarter, Row

COLUMNS = ("change", "measure_code", "what", "before", "after", "changed_on")
"""Columns of `changes.csv`: added, removed, changed or restated; what of the measure; as it was and is; and the day."""

_BEFORE = """
select max(report_quarter) as report_quarter, max(known_by) as known_by
from marts.reporting_quarter
where report_quarter < $quarter
"""

_DEFINED = """
select report_quarter, measure_code, measure_name, priority, polarity, unit, year_type, frequency,
    rated_on, target_type, target_value, tolerance_value, tolerance_kind
from marts.rating_definition
where report_quarter in ($quarter, $before)
order by measure_code
"""

_RESTATED = """
select
    'restated' as change,
    measure_code,
    concat_ws(', ', period_label, nullif(component, 'total'), area_code) as what,
    coalesce(old_value::varchar, old_availability) as before,
    coalesce(new_value::varchar, new_availability) as after,
    restated_on as changed_on
from marts.restatement
where restated_on > $since and restated_on <= $until and not is_expected
order by all
"""


def changes(quarter: Quarter) -> list[Row]:
    """The changes, by kind and measure, of `COLUMNS`; every measure is added where there is no quarter before."""
    [before] = quarter.rows(_BEFORE)
    [now] = quarter.rows("select known_by from marts.reporting_quarter where report_quarter = $quarter")
    defined = quarter.rows(_DEFINED, before=before["report_quarter"])
    was = {row["measure_code"]: row for row in defined if row["report_quarter"] == before["report_quarter"]}
    is_now = {row["measure_code"]: row for row in defined if row["report_quarter"] == quarter.label}
    found = [
        _change("added", code, "measure", None, is_now[code]["measure_name"]) for code in is_now if code not in was
    ]
    found += [
        _change("removed", code, "measure", was[code]["measure_name"], None) for code in was if code not in is_now
    ]
    found += [
        _change("changed", code, name, was[code][name], value)
        for code, row in is_now.items()
        for name, value in row.items()
        if code in was and name != "report_quarter" and was[code][name] != value
    ]
    if before["known_by"] is not None:
        found += quarter.rows(_RESTATED, since=before["known_by"], until=now["known_by"])
    return found


def _change(change: str, code: str, what: str, before: object, after: object) -> Row:
    return dict(zip(COLUMNS, (change, code, what, before, after, None), strict=True))
