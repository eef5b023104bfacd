"""What changed since the open data of the quarter before: measures, targets and restated figures."""

from collections.abc import Iterator, Mapping

from pipelines.publication.quarter import Quarter, Row
from pipelines.publication.quarters import reported_quarters

COLUMNS = ("change", "measure_code", "what", "before", "after", "changed_on")
"""Columns of `changes.csv`: added, removed, changed or restated; what of the measure; as it was and is; and the day."""

_DEFINED = """
select measure_code, measure_name, priority, polarity, unit, year_type, frequency, rated_on
from marts.rating_definition
where report_quarter = $of
order by measure_code
"""

_TARGETS = """
select measure_code, period_label, target_type, target_value, tolerance_value, tolerance_kind
from marts.target
inner join marts.reporting_quarter as quarters
    on quarters.report_quarter = $of
    and target.as_at <= quarters.known_by and coalesce(quarters.known_by < target.superseded_on, true)
order by measure_code, period_start, period_label
"""
"""Those that the file of targets holds: what a rating uses also depends on the year that a quarter lies in."""

_RESTATED = """
select
    'restated' as change,
    measure_code,
    concat_ws(', ', period_label, nullif(component, 'total'), area_code) as what,
    coalesce(old_value::varchar, old_availability) as before,
    coalesce(new_value::varchar, new_availability) as after,
    restated_on as changed_on
from marts.restatement
where
    restated_on > (select known_by from marts.reporting_quarter where report_quarter = $before)
    and restated_on <= (select known_by from marts.reporting_quarter where report_quarter = $quarter)
    and not is_expected
order by all
"""


def quarter_before(quarter: Quarter) -> str | None:
    """The quarter whose open data came before, which this one's changes are since; None for the first reported."""
    return max((label for label in reported_quarters(quarter.connection) if label < quarter.label), default=None)


def changes(quarter: Quarter) -> list[Row]:
    """The changes, of `COLUMNS`: measures, their targets, figures; none in the first quarter that is reported."""
    before = quarter_before(quarter)
    if before is None:
        return []
    found: list[Row] = []
    for listed in (_measures, _targets):
        found += _differences(listed(quarter, before), listed(quarter, quarter.label))
    return found + quarter.rows(_RESTATED, before=before)


_Listed = Mapping[tuple[str, str], Row]
"""What the open data of a quarter says, by measure and what of it; the row's first value tells which it is."""


def _measures(quarter: Quarter, of: str) -> _Listed:
    return {(row.pop("measure_code"), ""): row for row in quarter.rows(_DEFINED, of=of)}


def _targets(quarter: Quarter, of: str) -> _Listed:
    rows = quarter.rows(_TARGETS, of=of)
    return {(row.pop("measure_code"), f" of {row.pop('period_label')}"): row for row in rows}


def _differences(was: _Listed, now: _Listed) -> Iterator[Row]:
    for key in [*now, *(key for key in was if key not in now)]:
        old, new = was.get(key), now.get(key)
        if old is None or new is None:
            yield from _listed_or_not(key, old, new)
            continue
        for name, value in new.items():
            if old[name] != value:
                yield _change("changed", key, name, old[name], value)


def _listed_or_not(key: tuple[str, str], old: Row | None, new: Row | None) -> Iterator[Row]:
    """What one of the two has not, by its first column, and a target by its value too."""
    change = "removed" if new is None else "added"
    for index, (name, value) in enumerate((new or old or {}).items()):
        if index == 0 or (name == "target_value" and value is not None):
            yield _change(change, key, name, None if new else value, value if new else None)


def _change(change: str, key: tuple[str, str], name: str, before: object, after: object) -> Row:
    code, of = key
    return dict(zip(COLUMNS, (change, code, f"{name}{of}", before, after, None), strict=True))
