-- Where the rated figures stand: the cells of the figure that each measure is rated on, or of the quarters that it adds up.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
statuses as (
    select
        report_quarter,
        measure_code,
        value_period,
    from marts.measure_status
    where value is not null
),

quarters as (
    select
        report_quarter,
        report_year,
    from marts.reporting_quarter
),

known as (
    select
        report_quarter,
        measure_code,
        period_label,
        origin_id,
    from marts.known_observation
),

figures as (
    select
        statuses.report_quarter,
        statuses.measure_code,
        known.origin_id,
        -- of a year that is given whole its quarters are no part
        dense_rank() over (
            partition by statuses.report_quarter, statuses.measure_code
            order by known.period_label <> statuses.value_period
        ) as preference,
    from statuses
    inner join quarters on statuses.report_quarter = quarters.report_quarter
    inner join known
        on
            statuses.report_quarter = known.report_quarter
            and statuses.measure_code = known.measure_code
            and (
                known.period_label = statuses.value_period
                or (
                    starts_with(known.period_label, quarters.report_year || '-Q')
                    and known.period_label <= statuses.report_quarter
                    and (statuses.value_period = quarters.report_year or starts_with(statuses.value_period, quarters.report_year || ' to Q'))
                )
            )
),

origins as (
    select
        origin_id,
        workbook,
        sheet,
        cell,
    from marts.observation_origin
    where role <> 'denominator'
),

cells as (
    select distinct
        figures.report_quarter,
        figures.measure_code,
        origins.workbook,
        origins.sheet,
        origins.cell,
    from figures
    inner join origins on figures.origin_id = origins.origin_id
    where figures.preference = 1
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    string_agg(distinct workbook, '; ' order by workbook) as workbook,  -- file name; of a figure made of several files, all
    string_agg(distinct sheet, '; ' order by sheet) as sheet,  -- sheet, or sheets
    case
        when count(*) > 12 or count(distinct workbook || sheet) > 1 then count(*) || ' cells'
        else string_agg(cell, ', ' order by workbook, sheet, length(cell), cell)
    end as cell,  -- address of the cell, or of all; how many they are, of more than twelve or of several sheets
    count(*) as cell_count  -- how many cells
from cells
group by report_quarter, measure_code
