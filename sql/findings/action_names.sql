-- Names in the action plan that no list knows: owners and indicators that were taken as printed, and may be known ones in
-- other words.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
names as (
    select
        'action_owner_not_listed' as check_name,
        plan_year,
        action_code,
        owner_text as printed,
        'a name of an owner in sql/staging/action_owner_name.sql' as wanted,
        workbook,
        sheet,
        cell,
    from marts.action_owner
    where not is_listed and superseded_on is null
    union all
    select
        'action_indicator_not_listed' as check_name,
        plan_year,
        action_code,
        indicator_text as printed,
        'the beginning of a wording in sql/staging/indicator_wording.sql' as wanted,
        workbook,
        sheet,
        cell,
    from marts.action_indicator
    where is_unlisted and superseded_on is null
)

select
    check_name,  -- what was checked
    plan_year || ', ' || action_code || ': ' || printed as subject,  -- what the finding is about
    printed as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'It was taken as printed, as one of its own. If it is new, or known under another name, it becomes '
    || wanted || '.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from names
