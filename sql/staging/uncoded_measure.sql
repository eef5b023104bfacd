-- Measures that an agreement leaves without a code, numbered in the sheet order of the first agreement that lists them, so
-- that no later one gives a number to another measure. They are known by name, without capitals, spaces and marks.
-- grain: measure
-- key: plain_name, nth
with
measures as (
    select
        workbook,
        workbook_sha256,
        corrections,
        row_number,
        period_start,
        plain_words(measure_name) as plain_name,
    from staged.portfolio_agreement_measures
    where code = 'New measure'
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
    from staging.edition
    where source = 'portfolio_agreement'
),

listed as (
    select
        measures.plain_name,
        row_number() over (
            partition by measures.workbook, measures.workbook_sha256, measures.corrections, editions.as_at, measures.plain_name
            order by measures.row_number
        ) as nth,
        { 'as_at': editions.as_at, 'period_start': measures.period_start, 'sheet_row': measures.row_number } as place,
    from measures
    inner join editions
        on
            measures.workbook_sha256 = editions.workbook_sha256
            and measures.workbook = editions.workbook
            and measures.corrections is not distinct from editions.corrections
)

select
    plain_name,  -- name of the measure, plain
    nth,  -- 1; for a measure whose name differs from one above it in marks alone, 2 and on
    'IN.N' || row_number() over (order by min(place)) as measure_code  -- code that it has while it has none of its own
from listed
group by plain_name, nth
