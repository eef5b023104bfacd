-- Actions of the action delivery plan, each under its objective and group, with the cells that it was read from.
-- grain: edition x action
-- key: workbook_sha256, as_at, action_code
with
actions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        period_start,
        period_end,
        objective,
        outcome,
        action_group,
        array_to_string(regexp_extract_all(action_group, '\b(\d[A-Z](?: \([ivx]+\))?):', 1), '/') as action_group_code,
        subheading,
        delivery,
        delivery_cell,
        responsibility,
        responsibility_cell,
        target_date,
        target_date_kind,
        target_date_start,
        target_date_end,
        target_date_cell,
        risks,
        risks_cell,
        indicators,
        indicators_cell,
        -- the day on which it was done: in its own column, or where the words of its date say so
        case
            when done_on is null and regexp_matches(target_date, '(?i)^(done|completed?|achieved|delivered)\b')
                then cast(target_date_end - interval 1 day as date)
            else done_on
        end as done_on,
        case when done_on is null then target_date_cell else done_on_cell end as done_on_cell,
    from staged.action_plan_actions
),

numbered as (
    select
        actions.*,
        row_number() over (
            partition by workbook_sha256, workbook, corrections, action_group_code order by row_number
        ) as place,
    from actions
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'action_plan'
)

select
    numbered.period_label as plan_year,  -- financial year of the plan
    numbered.period_start as plan_start,  -- first day of that year
    numbered.period_end as plan_end,  -- first day after it
    numbered.action_group_code || '.' || numbered.place as action_code,  -- group and place in it, such as 1A.2
    cast(regexp_extract(numbered.objective, '^\d+') as integer) as objective_number,  -- number of the strategic objective
    regexp_replace(numbered.objective, '^\d+: ', '') as objective,  -- strategic objective
    numbered.outcome,  -- outcome that the objective is to bring about
    numbered.action_group_code,  -- such as 1A, or 2B/2C where two groups share their actions
    numbered.action_group,  -- code and title of the group, or groups
    numbered.subheading,  -- whom within the group it is for
    numbered.delivery,  -- what is to be done
    numbered.responsibility,  -- who is to do it, as printed
    numbered.target_date,  -- when it is to be done, as printed
    numbered.target_date_kind as target_kind,  -- dated, recurring, ongoing or undated
    numbered.target_date_start as target_start,  -- first day on which it would be in time; null where none is named
    numbered.target_date_end as target_end,  -- first day after those
    numbered.risks,  -- financial implications, risks and barriers
    numbered.indicators,  -- indicators that it is to move, as printed
    numbered.done_on,  -- day on which it was done, as the edition says
    numbered.responsibility_cell,  -- address of who is to do it
    numbered.target_date_cell,  -- address of when
    numbered.indicators_cell,  -- address of the indicators
    case when numbered.done_on is not null then numbered.done_on_cell end as done_on_cell,  -- address of the day on which it was done
    concat_ws(
        ', ',
        numbered.delivery_cell,
        numbered.responsibility_cell,
        case when numbered.target_date is not null then numbered.target_date_cell end,
        case when numbered.risks is not null then numbered.risks_cell end,
        case when numbered.indicators is not null then numbered.indicators_cell end,
        case when numbered.done_on is not null then numbered.done_on_cell end
    ) as cells,  -- addresses of all cells that it was read from; two rows' where a page break cut it
    numbered.row_number as sheet_row,  -- first row of the sheet
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    numbered.workbook,  -- file name
    numbered.workbook_sha256,  -- SHA-256 of the file
    numbered.sheet  -- sheet
from numbered
inner join editions
    on
        numbered.workbook_sha256 = editions.workbook_sha256
        and numbered.workbook = editions.workbook
        and numbered.corrections is not distinct from editions.corrections
