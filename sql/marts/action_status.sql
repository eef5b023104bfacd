-- The status of every action and the days between which it has it. An action is due until the last day that its target
-- date allows; then, unless an edition of the plan says that it was done, it is overdue, or recurring if it goes on.
-- marts.action_status_as_at(date) gives those of one day.
-- grain: edition x action x status
-- key: plan_year, as_at, workbook_sha256, action_code, status_from
with
actions as (
    select
        plan_year,
        action_code,
        delivery,
        owners,
        target_date,
        target_kind,
        target_start,
        target_end,
        done_on,
        done_on_cell,
        sheet_row,
        greatest(as_at, done_on) as done_from,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from marts.action
),

stretches as (
    select
        actions.*,
        case
            when target_kind = 'undated' then 'undated' when target_end is not null then 'due' else 'recurring'
        end as status,
        as_at as status_from,
        least(target_end, case when done_on is not null then done_from end, superseded_on) as status_until,
    from actions
    union all
    select
        actions.*,
        case when target_kind = 'dated' then 'overdue' else 'recurring' end as status,
        greatest(as_at, target_end) as status_from,
        least(case when done_on is not null then done_from end, superseded_on) as status_until,
    from actions
    where target_end is not null
    union all
    select
        actions.*,
        'done' as status,
        done_from as status_from,
        superseded_on as status_until,
    from actions
    where done_on is not null
)

select
    plan_year,  -- financial year of the plan
    action_code,  -- code of the action
    delivery,  -- what is to be done
    owners,  -- who is to do it
    target_date,  -- when it is to be done, as printed
    target_kind,  -- dated, recurring, ongoing or undated
    target_start,  -- first day on which it would be in time
    target_end,  -- first day after those
    status,  -- done, due, overdue, recurring (what goes on) or undated
    status_from,  -- first day on which that is so, as known then
    status_until,  -- first day on which it no longer is; null where nothing known ends it
    done_on,  -- day on which it was done, as the edition says
    done_on_cell,  -- address of that day
    sheet_row,  -- first row of the sheet, for the order of the plan
    as_at,  -- day on which the edition became known
    workbook,  -- file name
    workbook_sha256  -- SHA-256 of the file
from stretches
where coalesce(status_from < status_until, true)
