-- Actions that were overdue when a quarter was reported, with the risks that the plan prints for them. An action is overdue
-- until an edition of its plan says that it was done.
-- grain: reporting quarter x action
-- key: report_quarter, plan_year, action_code, workbook_sha256
with
days as (
    select
        report_quarter,
        seen_on,
    from marts.risk_day
),

overdue as (
    select
        plan_year,
        action_code,
        target_end,
        status_from,
        status_until,
        as_at,
        workbook_sha256,
    from marts.action_status
    where status = 'overdue'
),

actions as (
    select
        plan_year,
        action_code,
        objective_number || '. ' || objective as theme,
        action_group,
        delivery,
        coalesce(owners, responsibility) as owner,
        target_date,
        risks,
        indicators,
        as_at,
        workbook,
        workbook_sha256,
        sheet,
        cells,
    from marts.action
)

select
    days.report_quarter,  -- label of the quarter
    actions.plan_year,  -- financial year of the plan
    actions.action_code,  -- code of the action
    actions.delivery,  -- what is to be done
    actions.theme,  -- strategic objective
    actions.owner,  -- who is to do it
    actions.target_date,  -- when it is to be done, as printed
    cast(overdue.target_end - interval 1 day as date) as due_on,  -- last day on which it was in time
    cast(days.seen_on - overdue.target_end as bigint) + 1 as days_overdue,  -- days since then
    actions.risks,  -- financial implications, risks and barriers, as printed
    actions.indicators,  -- indicators that it is to move, as printed
    actions.workbook,  -- file name
    actions.workbook_sha256,  -- SHA-256 of the file
    actions.sheet,  -- sheet
    actions.cells  -- addresses of all cells that it was read from
from days
inner join overdue
    on days.seen_on >= overdue.status_from and coalesce(days.seen_on < overdue.status_until, true)
inner join actions
    on
        overdue.plan_year = actions.plan_year
        and overdue.action_code = actions.action_code
        and overdue.as_at = actions.as_at
        and overdue.workbook_sha256 = actions.workbook_sha256
