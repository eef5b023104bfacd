-- Who is responsible for each action: every listed name that its cell holds, the longest first, and what of the cell is
-- then left over besides the words that join names.
-- grain: edition x action x owner
-- key: plan_year, as_at, workbook_sha256, action_code, owner_name
with
actions as (
    select
        plan_year,
        action_code,
        responsibility,
        responsibility_cell,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
    from staging.action_plan_action
),

names as (
    select
        owner_alias,
        owner_name,
        organisation,
    from staging.action_owner_name
),

known as (
    select
        '(?i)\b(?:' || string_agg(
            regexp_escape(owner_alias) || coalesce('(?:, ' || regexp_escape(organisation) || ')?', ''), '|'
            order by length(owner_alias) desc, owner_alias asc
        ) || ')\b' as pattern,
    from names
),

read_names as (
    select
        actions.*,
        regexp_extract_all(actions.responsibility, known.pattern) as found,
        -- what joins names says nothing of its own
        trim(regexp_replace(
            regexp_replace(actions.responsibility, known.pattern, ' ', 'g'),
            '(?i)\b(?:and|the|with|via|by|(?:jointly |to be )?(?:led|managed|supported|run|overseen) by|to (?:oversee|lead))\b|[^\w'']+',
            ' ',
            'g'
        )) as left_over,
    from actions
    cross join known
),

placed as (
    select
        read_names.* exclude (found, left_over),
        unnest(found) as owner_text,
        generate_subscripts(found, 1) as place,
        true as is_listed,
    from read_names
    union all
    select
        read_names.* exclude (found, left_over),
        left_over as owner_text,
        len(found) + 1 as place,
        false as is_listed,
    from read_names
    where left_over <> ''
)

select
    placed.plan_year,  -- financial year of the plan
    placed.action_code,  -- code of the action
    coalesce(names.owner_name, placed.owner_text) as owner_name,  -- who is responsible
    max(names.organisation) as organisation,  -- body that it belongs to, where it is listed with one
    min(placed.owner_text) as owner_text,  -- as printed
    bool_and(placed.is_listed) as is_listed,  -- whether the name is among those listed
    min(placed.place) as place,  -- order in the cell
    placed.as_at,  -- day on which the edition became known
    placed.superseded_on,  -- first day on which a later edition counts; null while it counts
    placed.workbook,  -- file name
    placed.workbook_sha256,  -- SHA-256 of the file
    placed.sheet,  -- sheet
    placed.responsibility_cell as cell  -- address of the cell
from placed
left join names
    on
        placed.is_listed
        and lower(placed.owner_text) in (lower(names.owner_alias), lower(names.owner_alias || ', ' || names.organisation))
group by
    placed.plan_year, placed.action_code, coalesce(names.owner_name, placed.owner_text), placed.as_at,
    placed.superseded_on, placed.workbook, placed.workbook_sha256, placed.sheet, placed.responsibility_cell
