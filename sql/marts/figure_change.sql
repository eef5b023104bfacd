-- Figures that changed between editions: what they were, what they are, and what kind of change it is. An edition that
-- repeats a figure as it was makes no row.
-- grain: figure x day on which another edition counts
-- key: restated_on, measure_code, area_code, period_label, component, old_origin_id, new_origin_id
with
changes as (
    select
        measure_code,
        area_code,
        period_label,
        component,
        restated_on,
        old_origin_id,
        new_origin_id,
        expected_because,
    from marts.figure_succession
    union all
    select
        measure_code,
        area_code,
        period_label,
        component,
        restated_on,
        old_origin_id,
        new_origin_id,
        expected_because,
    from marts.figure_gap
),

figures as (
    select
        origin_id,
        value_kind,
        value,
        value_qualifier,
        availability,
        as_at,
        edition,
    from marts.observation
)

select
    changes.measure_code,  -- code of the measure
    changes.area_code,  -- GSS code
    changes.period_label,  -- period that the figure is of
    changes.component,  -- total, or a named part of it
    changes.restated_on,  -- day from which the later edition counts
    case
        when later.origin_id is null or (earlier.value is not null and later.value is null) then 'withdrawn'
        when earlier.origin_id is null or (earlier.value is null and later.value is not null) then 'newly_available'
        when earlier.value_kind <> later.value_kind then earlier.value_kind || '_to_' || later.value_kind
        when earlier.value <> later.value then 'revision'
        else 'qualifier_changed'
    end as kind,  -- revision, newly_available, withdrawn, provisional_to_actual and the like, or qualifier_changed for another qualifier or reason
    changes.expected_because is not null as is_expected,  -- whether it was replaced in the course of things, and not restated
    changes.expected_because,  -- why; null where it was restated
    earlier.value as old_value,  -- figure until then, in the measure's unit
    later.value as new_value,  -- figure from then on, in the measure's unit
    later.value - earlier.value as difference,  -- new less old
    earlier.value_kind as old_value_kind,  -- actual, provisional, interim or forecast
    later.value_kind as new_value_kind,  -- the same of the later edition
    earlier.value_qualifier as old_qualifier,  -- exact, about, at_least or over
    later.value_qualifier as new_qualifier,  -- the same of the later edition
    earlier.availability as old_availability,  -- value, or why there was none
    later.availability as new_availability,  -- value, or why there is none
    earlier.as_at as old_as_at,  -- day on which the earlier edition became known
    later.as_at as new_as_at,  -- day on which the later edition became known
    earlier.edition as old_edition,  -- the earlier edition
    later.edition as new_edition,  -- the later edition
    changes.old_origin_id,  -- observation that counted before; null where the figure is given again
    changes.new_origin_id  -- observation that counts from then on; null where there is none
from changes
left join figures as earlier on changes.old_origin_id = earlier.origin_id
left join figures as later on changes.new_origin_id = later.origin_id
where
    (earlier.value, earlier.value_kind, earlier.value_qualifier, earlier.availability)
    is distinct from (later.value, later.value_kind, later.value_qualifier, later.availability)
