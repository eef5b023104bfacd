-- What Sector3's returns state, each item under the code of its measure.
-- grain: edition x item
-- key: workbook_sha256, as_at, measure_code
with
statements as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        item,
        stated,
        stated_availability,
        stated_cell,
        stated_text,
    from staged.sector_support_return
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'sector_support'
),

-- what has a code in every agreement is called by it, the rest by name
measures as (
    select
        measure,
        item,
    from (
        values
        ('IN.2', 'Collaboration events held'),
        ('IN.3', 'External funding secured by VCSE organisations'),
        ('Number of community networks representing communities of identity', 'Community networks representing communities of identity (at quarter end)'),
        ('Organisations engaged with Sector3', 'Organisations engaged with Sector3')
    ) as listed (measure, item)
),

named as (
    select
        measure_name,
        measure_code,
    from staging.measure_by_name
)

select
    coalesce(named.measure_code, measures.measure) as measure_code,  -- code of the measure
    statements.item,  -- name of the item as supplied
    statements.period_label,  -- quarter or financial year of the return
    statements.period_start,  -- first day of the period
    statements.period_end,  -- first day after it
    statements.stated as amount,  -- pounds of funding, else a number
    statements.stated_availability as availability,  -- value, or why there is none
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    statements.workbook,  -- file name
    statements.workbook_sha256,  -- SHA-256 of the file
    statements.sheet,  -- sheet
    statements.stated_cell as cell,  -- address of the cell
    statements.stated_text as cell_text  -- text of the cell
from statements
inner join editions
    on
        statements.workbook_sha256 = editions.workbook_sha256
        and statements.workbook = editions.workbook
        and statements.corrections is not distinct from editions.corrections
inner join measures on statements.item = measures.item
left join named on measures.measure = named.measure_name
