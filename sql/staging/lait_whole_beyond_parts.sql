-- Figures of England in the current extract that lie beyond those of every area in it. A percentage, a rate or a score of
-- the whole is a mean of its parts and lies among them; of counts nothing is said, nor of fewer than ten areas with a value.
-- grain: measure x period
-- key: measure_code, period_label
with
figures as (
    select
        measure_code,
        area,
        period_label,
        amount,
        workbook,
        sheet,
        cell,
        cell_text,
    from staging.lait_figure
    where superseded_on is null and availability = 'value'
),

measures as (
    select
        measure_code,
        measure_name,
    from staging.lait_measure
    where unit = '%' or regexp_matches(unit, '\bper\b')
),

parts as (
    select
        measure_code,
        period_label,
        min(amount) as least,
        max(amount) as most,
        count(*) as areas,
    from figures
    where area <> 'England'
    group by measure_code, period_label
)

select
    figures.measure_code,  -- code of the measure
    measures.measure_name,  -- name of the measure
    figures.period_label,  -- year, or January of it
    figures.amount,  -- England's figure, in the measure's unit
    parts.least,  -- the least of the areas' figures
    parts.most,  -- the greatest of them
    parts.areas,  -- how many areas have one
    figures.workbook,  -- file name
    figures.sheet,  -- sheet
    figures.cell,  -- address of England's figure
    figures.cell_text  -- text of the cell
from figures
inner join measures on figures.measure_code = measures.measure_code
inner join parts on figures.measure_code = parts.measure_code and figures.period_label = parts.period_label
where figures.area = 'England' and parts.areas >= 10 and (figures.amount < parts.least or figures.amount > parts.most)
