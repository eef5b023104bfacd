-- Which quarters a change of the authority's own figure moved after they were reported: those of which the figure, or a
-- quarter that a year so far is made of, was the value or what the trend compares with, until then or since.
-- grain: change that moved any quarter
-- key: old_origin_id, new_origin_id
with
changes as (
    select
        change.measure_code,
        change.period_label,
        change.restated_on,
        change.old_origin_id,
        change.new_origin_id,
    from marts.figure_change as change
    inner join marts.area on change.area_code = area.area_code and area.is_authority
    where change.component = 'total'
),

quarters as (
    select
        report_quarter,
        measure_code,
        restated_on,
        status_before,
        status,
        status_moved,
        unnest([value_period_before, value_period, previous_period_before, previous_period]) as period_label,
    from marts.restated_quarter
),

affected as (
    select distinct
        changes.old_origin_id,
        changes.new_origin_id,
        quarters.report_quarter,
        quarters.status_moved,
        quarters.report_quarter || ': ' || coalesce(quarters.status_before, 'none')
        || ' to ' || coalesce(quarters.status, 'none') as statuses,
    from changes
    inner join quarters
        on
            changes.measure_code = quarters.measure_code
            and changes.restated_on = quarters.restated_on
            and (
                changes.period_label = quarters.period_label
                or (
                    regexp_full_match(changes.period_label, '\d{4}-\d{2}-Q\d')
                    and substr(changes.period_label, 1, 7) = substr(quarters.period_label, 1, 7)
                )
            )
)

select
    old_origin_id,  -- observation that counted before
    new_origin_id,  -- observation that counts from then on
    string_agg(report_quarter, ', ' order by report_quarter) as quarters,  -- quarters whose value, previous figure, status or trend is another since
    bool_or(status_moved) as status_moved,  -- whether one of them has another status since
    string_agg(statuses, ', ' order by report_quarter) filter (where status_moved) as statuses  -- those, with the status until then and since
from affected
group by old_origin_id, new_origin_id
