-- Actions whose date says nothing, had passed when the plan came with nothing said of its being done, or lies beyond the
-- plan's own year.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
actions as (
    select
        plan_year,
        plan_end,
        action_code,
        case when length(delivery) > 80 then left(delivery, 79) || '…' else delivery end as title,
        target_date,
        target_kind,
        target_start,
        target_end,
        target_date_cell,
        done_on,
        as_at,
        workbook,
        sheet,
    from marts.action
    where superseded_on is null
),

judged as (
    select
        actions.*,
        case
            when target_kind = 'undated' then 'action_without_date'
            when target_kind = 'dated' and done_on is null and target_end <= as_at then 'action_due_before_plan_came'
            when target_start >= plan_end then 'action_beyond_plan_year'
        end as check_name,
    from actions
)

select
    check_name,  -- what was checked
    plan_year || ', ' || action_code || ': ' || title as subject,  -- what the finding is about
    coalesce(target_date, '(blank)') as published,  -- what was supplied
    case check_name
        when 'action_due_before_plan_came' then 'due by ' || strftime(target_end - interval 1 day, '%d/%m/%Y')
        when 'action_beyond_plan_year' then 'begins on ' || strftime(target_start, '%d/%m/%Y')
    end as recomputed,  -- what it should be, where that can be computed
    cast(
        case check_name
            when 'action_due_before_plan_came' then date_diff('day', target_end - interval 1 day, as_at)
            when 'action_beyond_plan_year' then date_diff('day', plan_end - interval 1 day, target_start)
        end as decimal(28, 6)
    ) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    case check_name
        when 'action_without_date'
            then
                case
                    when target_date is null then 'No date is given, so the action can never be said to be due or overdue.'
                    else 'The words name no day, month, season or year that exists, so the action can never be said to be due or overdue.'
                end
        when 'action_due_before_plan_came'
            then 'The date had passed when the plan came, by so many days, and nothing says that the action was done.'
        else 'The date begins so many days after the last of the plan''s year. The year may be a slip, or the plan runs on.'
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    target_date_cell as cell  -- address of the cell
from judged
where check_name is not null
