-- The log of restatements: every figure that changed between editions, what it was and is, the cells of both, and which
-- quarters it moved after they were reported. What was replaced in the course of things is told apart by is_expected.
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
        kind,
        is_expected,
        expected_because,
        old_value,
        new_value,
        difference,
        old_value_kind,
        new_value_kind,
        old_qualifier,
        new_qualifier,
        old_availability,
        new_availability,
        old_as_at,
        new_as_at,
        old_edition,
        new_edition,
        old_origin_id,
        new_origin_id,
    from marts.figure_change
),

cells as (
    select
        old_origin_id,
        new_origin_id,
        origin_id,
        workbooks,
        sheets,
        cells,
    from marts.restated_cell
),

effects as (
    select
        old_origin_id,
        new_origin_id,
        quarters,
        status_moved,
        statuses,
    from marts.restatement_effect
)

select
    changes.restated_on,  -- day from which the later edition counts
    changes.measure_code,  -- code of the measure
    changes.area_code,  -- GSS code
    changes.period_label,  -- period that the figure is of
    changes.component,  -- total, or a named part of it
    changes.kind,  -- revision, newly_available, withdrawn, provisional_to_actual and the like, or qualifier_changed
    changes.is_expected,  -- whether it was replaced in the course of things, and not restated
    changes.expected_because,  -- why; null where it was restated
    changes.old_value,  -- figure until then, in the measure's unit
    changes.new_value,  -- figure from then on, in the measure's unit
    changes.difference,  -- new less old
    changes.old_value_kind,  -- actual, provisional, interim or forecast
    changes.new_value_kind,  -- the same of the later edition
    changes.old_qualifier,  -- exact, about, at_least or over
    changes.new_qualifier,  -- the same of the later edition
    changes.old_availability,  -- value, or why there was none
    changes.new_availability,  -- value, or why there is none
    changes.old_as_at,  -- day on which the earlier edition became known
    changes.new_as_at,  -- day on which the later edition became known
    before.workbooks as old_workbook,  -- file that the earlier figure stands in
    before.sheets as old_sheet,  -- its sheet
    before.cells as old_cell,  -- its cell; of a figure made of many, those that changed
    after.workbooks as new_workbook,  -- file that the later figure stands in
    after.sheets as new_sheet,  -- its sheet
    after.cells as new_cell,  -- its cell; of a figure made of many, those that changed
    coalesce(effects.status_moved, false) as published_status_moved,  -- whether the status of a quarter that was reported by then is another since
    effects.statuses as moved_statuses,  -- those quarters, with the status until then and since
    effects.quarters as affected_quarters,  -- quarters reported by then whose value, previous figure, status or trend is another since
    changes.old_edition,  -- the earlier edition
    changes.new_edition,  -- the later edition
    changes.old_origin_id,  -- observation that counted before; null where the figure is given again
    changes.new_origin_id  -- observation that counts from then on; null where there is none
from changes
left join cells as before
    on
        changes.old_origin_id = before.origin_id
        and changes.new_origin_id is not distinct from before.new_origin_id
left join cells as after
    on
        changes.new_origin_id = after.origin_id
        and changes.old_origin_id is not distinct from after.old_origin_id
left join effects
    on
        changes.old_origin_id is not distinct from effects.old_origin_id
        and changes.new_origin_id is not distinct from effects.new_origin_id
