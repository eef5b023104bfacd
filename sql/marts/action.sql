-- Actions of the action delivery plan: what is to be done by whom and when, under which objective, for which indicator.
-- grain: edition x action
-- key: plan_year, as_at, workbook_sha256, action_code
with
actions as (
    select
        plan_year,
        plan_start,
        plan_end,
        action_code,
        objective_number,
        objective,
        outcome,
        action_group_code,
        action_group,
        subheading,
        delivery,
        responsibility,
        target_date,
        target_kind,
        target_start,
        target_end,
        target_date_cell,
        risks,
        indicators,
        indicators_cell,
        done_on,
        done_on_cell,
        cells,
        sheet_row,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
    from staging.action_plan_action
),

owners as (
    select
        action_code,
        as_at,
        workbook_sha256,
        string_agg(owner_name, '; ' order by place) as owners,
        count(*) as owner_count,
    from marts.action_owner
    group by all
),

indicators as (
    select
        action_code,
        as_at,
        workbook_sha256,
        count(distinct indicator_code) as indicator_count,
    from marts.action_indicator
    group by all
)

select
    actions.plan_year,  -- financial year of the plan
    actions.plan_start,  -- first day of that year
    actions.plan_end,  -- first day after it
    actions.action_code,  -- group and place in it, such as 1A.2
    actions.objective_number,  -- number of the strategic objective
    actions.objective,  -- strategic objective
    actions.outcome,  -- outcome that the objective is to bring about
    actions.action_group_code,  -- such as 1A, or 2B/2C where two groups share their actions
    actions.action_group,  -- code and title of the group, or groups
    actions.subheading,  -- whom within the group it is for
    actions.delivery,  -- what is to be done
    actions.responsibility,  -- who is to do it, as printed
    owners.owners,  -- who is to do it, each under one name
    coalesce(owners.owner_count, 0) as owner_count,  -- how many they are
    actions.target_date,  -- when it is to be done, as printed; null where nothing is
    actions.target_kind,  -- dated, recurring, ongoing or undated
    actions.target_start,  -- first day on which it would be in time; of what goes on, first day on which it may begin
    actions.target_end,  -- first day after those
    actions.risks,  -- financial implications, risks and barriers
    actions.indicators,  -- indicators that it is to move, as printed
    coalesce(indicators.indicator_count, 0) as indicator_count,  -- how many indicators it serves; words that name none do not count
    coalesce(indicators.indicator_count, 0) > 0 as serves_indicator,  -- whether it serves any
    actions.done_on,  -- day on which it was done, as the edition says
    actions.cells,  -- addresses of all cells that it was read from; two rows' where a page break cut it
    actions.target_date_cell,  -- address of when it is to be done
    actions.indicators_cell,  -- address of the indicators
    actions.done_on_cell,  -- address of the day on which it was done
    actions.sheet_row,  -- first row of the sheet, for the order of the plan
    actions.as_at,  -- day on which the edition became known
    actions.superseded_on,  -- first day on which a later edition counts; null while it counts
    actions.workbook,  -- file name
    actions.workbook_sha256,  -- SHA-256 of the file
    actions.sheet  -- sheet
from actions
left join owners
    on
        actions.action_code = owners.action_code
        and actions.as_at = owners.as_at
        and actions.workbook_sha256 = owners.workbook_sha256
left join indicators
    on
        actions.action_code = indicators.action_code
        and actions.as_at = indicators.as_at
        and actions.workbook_sha256 = indicators.workbook_sha256
