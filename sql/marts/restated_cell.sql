-- The cells of each figure that changed between editions, as they were and as they are. Of a figure that is made of many
-- cells those that differ, by sheet, column and row; all, where none does.
-- grain: change x observation of it
-- key: old_origin_id, new_origin_id, origin_id
with
changes as (
    select
        old_origin_id,
        new_origin_id,
    from marts.figure_change
),

origins as (
    select
        origin_id,
        role,
        amount,
        workbook,
        sheet,
        cell,
        array_agg(workbook) over (partition by origin_id) as its_workbooks,
    from marts.observation_origin
),

sides as (
    select
        old_origin_id,
        new_origin_id,
        old_origin_id as origin_id,
        new_origin_id as other_id,
    from changes
    where old_origin_id is not null
    union all
    select
        old_origin_id,
        new_origin_id,
        new_origin_id as origin_id,
        old_origin_id as other_id,
    from changes
    where new_origin_id is not null
),

compared as (
    select distinct
        sides.old_origin_id,
        sides.new_origin_id,
        sides.origin_id,
        origins.workbook,
        origins.sheet,
        origins.cell,
        others.cell is null as is_different,
    from sides
    inner join origins on sides.origin_id = origins.origin_id
    left join origins as others
        on
            sides.other_id = others.origin_id
            and origins.role = others.role
            -- a later edition may have another file name
            and (
                origins.workbook = others.workbook
                or not (
                    list_contains(others.its_workbooks, origins.workbook) or list_contains(origins.its_workbooks, others.workbook)
                )
            )
            and origins.sheet = others.sheet
            and origins.cell = others.cell
            and origins.amount is not distinct from others.amount
),

marked as (
    select
        compared.*,
        is_different or not bool_or(is_different) over (partition by old_origin_id, new_origin_id, origin_id) as is_named,
    from compared
)

select
    old_origin_id,  -- observation that counted before
    new_origin_id,  -- observation that counts from then on
    origin_id,  -- which of the two the cells are of
    string_agg(distinct workbook, ', ' order by workbook) as workbooks,  -- file names
    string_agg(distinct sheet, ', ' order by sheet) as sheets,  -- sheets
    string_agg(
        cell, ', '
        order by
            workbook, sheet, length(regexp_extract(cell, '^[A-Z]+')), regexp_extract(cell, '^[A-Z]+'),
            try_cast(regexp_extract(cell, '\d+') as integer), cell
    ) as cells  -- addresses
from marked
where is_named
group by old_origin_id, new_origin_id, origin_id
