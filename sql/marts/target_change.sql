-- What changed in a measure's targets: during the year by a later edition of its agreement, and from one year to the next.
-- A change counts from changed_on for quarters with a cut-off on that day or later. The year before is as last known.
-- grain: measure x period x day of the change
-- key: measure_code, period_label, changed_on
with
targets as (
    select
        measure_code,
        period_label,
        target_type,
        target_value,
        tolerance_value,
        tolerance_kind,
        approved_on,
        as_at,
        workbook,
        sheet,
        cell,
        lag(period_label) over history as previous_period,
        lag(target_type) over history as previous_type,
        lag(target_value) over history as previous_value,
        lag(tolerance_value) over history as previous_tolerance,
        lag(tolerance_kind) over history as previous_tolerance_kind,
        lag(approved_on) over history as previous_approved_on,
    from marts.target
    window history as (partition by measure_code order by period_start, as_at)
),

polarities as (
    select
        measure_code,
        polarity,
    from marts.measure
),

changes as (
    select
        targets.*,
        polarities.polarity,
        targets.target_value - targets.previous_value as difference,
        case polarities.polarity when 'high' then difference when 'low' then -difference end as tightening,
        targets.tolerance_value - targets.previous_tolerance as wider,
    from targets
    inner join polarities on targets.measure_code = polarities.measure_code
    where
        targets.previous_period is not null
        and (
            targets.target_type <> targets.previous_type
            or targets.target_value is distinct from targets.previous_value
            or targets.tolerance_value <> targets.previous_tolerance
            or targets.tolerance_kind <> targets.previous_tolerance_kind
        )
)

select
    measure_code,  -- code of the measure
    period_label,  -- year that the new target is for
    as_at as changed_on,  -- day from which it counts
    approved_on,  -- day on which Cabinet approved it
    previous_period,  -- year that the old target was for: the same where it was changed during the year
    previous_period = period_label as is_during_year,  -- whether the target of one year was changed
    previous_approved_on,  -- day on which Cabinet approved the old target
    previous_type,  -- kind of the old target: numeric, maximise, minimise, none or to_be_confirmed
    target_type,  -- kind of the new one
    previous_value,  -- old target, in the measure's unit
    target_value,  -- new target, in the measure's unit
    difference,  -- new less old, in the measure's unit
    divided(difference * 100, abs(previous_value)) as difference_pct,  -- new less old, per cent of the old; null where that is zero
    previous_tolerance,  -- how far below the old target was still Amber
    tolerance_value as tolerance,  -- how far below the new target is still Amber
    case
        when previous_type <> 'numeric' and target_type = 'numeric' then 'set'
        when previous_type = 'numeric' and target_type <> 'numeric' then 'dropped'
        when target_type <> previous_type then 'other kind'
        when tightening > 0 then 'tightened'
        when tightening < 0 then 'loosened'
        when difference <> 0 then 'polarity not given'
        when tolerance_kind <> previous_tolerance_kind then 'other tolerance'
        when wider > 0 then 'loosened'
        else 'tightened'
    end as change,  -- set, dropped, other kind, tightened, loosened, polarity not given or other tolerance
    workbook,  -- file name of the new target
    sheet,  -- sheet
    cell  -- address of the new target
from changes
