-- Actions that no indicator will show the effect of: none is named, or words stand in its place.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
actions as (
    select
        plan_year,
        action_code,
        case when length(delivery) > 80 then left(delivery, 79) || '…' else delivery end as title,
        indicators,
        indicators_cell,
        as_at,
        workbook,
        workbook_sha256,
        sheet,
    from marts.action
    where superseded_on is null and not serves_indicator
),

words as (
    select
        action_code,
        as_at,
        workbook_sha256,
        min(indicator_kind) as indicator_kind,
    from marts.action_indicator
    group by all
)

select
    'action_without_indicator' as check_name,  -- what was checked
    actions.plan_year || ', ' || actions.action_code || ': ' || actions.title as subject,  -- what the finding is about
    coalesce(actions.indicators, '(blank)') as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    case words.indicator_kind
        when 'to_be_developed' then 'The indicator is still to be developed: until then nothing shows what the action achieves.'
        when 'elsewhere' then 'Another plan is said to name the indicators, and it has not been supplied.'
        when 'evidence' then 'The words describe evidence and name no indicator, so no figure shows what the action achieves.'
        else 'No indicator is named, so no figure shows what the action achieves.'
    end as explanation,  -- what it means
    actions.workbook,  -- file name
    actions.sheet,  -- sheet
    actions.indicators_cell as cell  -- address of the cell
from actions
left join words
    on
        actions.action_code = words.action_code
        and actions.as_at = words.as_at
        and actions.workbook_sha256 = words.workbook_sha256
