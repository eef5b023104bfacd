-- Items of evidence that are actions of the delivery plans: each as its plan has it, and again, as of each day that is told of,
-- with what is due of it: not yet, overdue, or going on without a day.
-- grain: item x day as of which it is told
-- key: kind, item, as_of
with
authority as (
    select min(area_name) as area_name
    from marts.area
    where is_authority
),

actions as (
    select
        action.plan_year || ' ' || action.action_code as code,
        action.objective_number || '. ' || action.objective as theme,
        action.action_group,
        action.delivery,
        action.responsibility,
        coalesce(action.owners, action.responsibility) as owner,
        action.target_date,
        action.risks,
        action.indicators,
        action.as_at,
        action.superseded_on,
        action.workbook,
        action.workbook_sha256,
        action.sheet,
        action.cells,
        authority.area_name,
        concat_ws(
            '. ', rtrim(action.delivery, '.'), 'By: ' || action.responsibility, 'When: ' || action.target_date, 'Risks: ' || rtrim(action.risks, '.'),
            'Indicators: ' || action.indicators
        ) as said,
    from marts.action
    cross join authority
),

days as (
    select as_of
    from marts.freshness_day
),

statuses as (
    select
        days.as_of,
        status.plan_year || ' ' || status.action_code as code,
        status.status,
        -- what goes on has no last day
        case when status.status in ('due', 'overdue') then cast(status.target_end - interval 1 day as date) end as due_on,
        status.as_at,
        status.workbook_sha256,
    from days
    inner join marts.action_status as status
        on days.as_of >= status.status_from and coalesce(days.as_of < status.status_until, true)
    where status.status <> 'done'
)

select
    'action' as kind,  -- action, or due_action
    concat_ws('/', actions.code, actions.workbook_sha256, actions.as_at) as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    actions.as_at as date,  -- its day; null where none is known
    'received' as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    actions.area_name as area,  -- area, or areas, that it is about
    actions.theme,  -- priority or objective, or several
    'action_plan' as source,  -- source that it is from; null where it is from none
    actions.owner,  -- who supplied it, wrote it or is to do it
    cast(null as varchar) as state,  -- what became of it
    'Action ' || actions.code || ', ' || actions.action_group as title,  -- what it is called
    actions.said as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    actions.as_at as known_from,  -- first day on which it was known; null where none is known
    actions.superseded_on,  -- first day on which something later counts in its place
    actions.workbook,  -- file name
    actions.sheet,  -- sheet
    actions.cells as cell  -- address of the cell, or cells
from actions
union all
select
    'due_action' as kind,
    actions.code as item,  -- what tells it from others of its kind
    statuses.as_of,  -- day as of which it is told; null of what is on record
    statuses.due_on as date,  -- its day; null where none is known
    if(statuses.due_on is null, null, 'due') as date_kind,  -- what the day is: received, approved, cut_off or due
    case statuses.status when 'due' then 'due_next' when 'overdue' then 'overdue' else 'goes_on' end as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    actions.area_name as area,  -- area, or areas, that it is about
    actions.theme,  -- priority or objective, or several
    'action_plan' as source,  -- source that it is from; null where it is from none
    actions.owner,  -- who supplied it, wrote it or is to do it
    statuses.status as state,  -- what became of it
    'Action ' || actions.code || ': ' || actions.delivery as title,  -- what it is called
    concat_ws('. ', 'When: ' || actions.target_date, 'By: ' || actions.responsibility, 'Risks: ' || rtrim(actions.risks, '.'), 'Indicators: ' || actions.indicators) as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    actions.as_at as known_from,  -- first day on which it was known; null where none is known
    cast(null as date) as superseded_on,  -- first day on which something later counts in its place
    actions.workbook,  -- file name
    actions.sheet,  -- sheet
    actions.cells as cell  -- address of the cell, or cells
from statuses
inner join actions
    on statuses.code = actions.code and statuses.as_at = actions.as_at and statuses.workbook_sha256 = actions.workbook_sha256
