-- The authority beside its ten statistical neighbours, its region and England: every measure of the Local Authority
-- Interactive Tool and every period of its current edition. Rank and quartile are among the authority and its neighbours,
-- of those that have a value: what is suppressed or missing is left out of both, and is never zero. Rank 1 is best and ties
-- share a rank, as in the department's own tool; where neither high nor low is good there is neither rank nor quartile.
-- Quartiles are cut as Excel's QUARTILE.INC does, as that tool cuts them; a value on a cut belongs to the better side, and
-- fewer than four values are not cut. Neighbours are those of the latest list, for all periods.
-- grain: measure x period x area
-- key: measure_code, period_label, la_number
with
figures as (
    select
        measure_code,
        la_number,
        period_label,
        period_start,
        period_end,
        amount,
        availability,
        workbook,
        sheet,
        cell,
    from staging.lait_figure
    where superseded_on is null
),

measures as (
    select
        measure_code,
        measure_name,
        polarity,
        unit,
    from staging.lait_measure
),

periods as (
    select distinct
        measure_code,
        period_label,
        period_start,
        period_end,
    from figures
),

compared as (
    select
        la_number,
        area,
        area_code,
        comparator,
        neighbour_rank,
    from staging.lait_compared_area
),

placed as (
    select
        periods.*,
        compared.*,
        measures.measure_name,
        measures.polarity,
        measures.unit,
        figures.amount,
        coalesce(figures.availability, 'not_available') as availability,
        figures.workbook,
        figures.sheet,
        figures.cell,
        -- the greater the better; null for what is not ranked
        case
            when compared.comparator in ('authority', 'neighbour') and measures.polarity = 'high' then figures.amount
            when compared.comparator in ('authority', 'neighbour') and measures.polarity = 'low' then -figures.amount
        end as merit,
    from periods
    inner join measures on periods.measure_code = measures.measure_code
    cross join compared
    left join figures
        on
            periods.measure_code = figures.measure_code
            and periods.period_label = figures.period_label
            and compared.la_number = figures.la_number
),

ranked as (
    select
        placed.*,
        case
            when merit is not null
                then rank() over (partition by measure_code, period_label order by merit desc nulls last)
        end as rank,
        list_sort(list(merit) filter (where merit is not null) over (partition by measure_code, period_label)) as merits,
    from placed
)

select
    measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    polarity,  -- high or low where one of them is good, else none
    unit,  -- %, a rate, or the dictionary's words
    period_label,  -- year, or January of it
    period_start,  -- first day of the period
    period_end,  -- first day after it
    la_number,  -- the department's number of the area
    area,  -- name of the area
    area_code,  -- GSS code; null where no loaded edition lists the area's name
    comparator,  -- authority, neighbour, region or country
    neighbour_rank,  -- 1 for the nearest neighbour; null for others
    amount as value,  -- figure in the measure's unit; null when it is not available
    availability,  -- value, suppressed, not_collected or not_available
    rank,  -- place among the authority and its neighbours, 1 the best, ties alike; null without value or polarity
    case when merit is not null then len(merits) end as ranked_areas,  -- how many have a rank
    case
        when merit is null or len(merits) < 4 then null
        when merit >= quartile(merits, 3) then 1
        when merit >= quartile(merits, 2) then 2
        when merit >= quartile(merits, 1) then 3
        else 4
    end as quartile,  -- 1 the best quarter to 4; null without value or polarity, or of fewer than four values
    workbook,  -- file name; null where the edition has no row for the area
    sheet,  -- sheet
    cell  -- address of the cell
from ranked
