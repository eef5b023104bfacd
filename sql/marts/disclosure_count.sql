-- Every count of people that could be public, with the people that it counts. What is made of the same cells is the same
-- count, wherever it stands: withheld in one place, it must be in all.
-- grain: figure
-- key: table_name, figure_key, figure
with
figures as (
    select
        table_name,
        figure_key,
        figure,
        series,
        as_at,
        sums,
    from marts.disclosure_figure
),

origins as (
    select
        origins.origin_id,
        origins.role,
        concat_ws('|', origins.workbook_sha256, origins.sheet, origins.cell) as cell_id,
        case when observation.availability <> 'suppressed' then coalesce(origins.amount, 0) end as people_count,
    from marts.observation_origin as origins
    inner join marts.observation as observation on origins.origin_id = observation.origin_id
),

payments as (
    select
        payments.scheme,
        payments.strand,
        payments.recipient,
        payments.period_start,
        payments.as_at,
        payments.workbook_sha256,
        payments.sheet,
        unnest([
            { 'figure': 'residents_count', 'cell': counted.residents_cell, 'people_count': payments.residents_count },
            { 'figure': 'households_count', 'cell': 'households of row ' || payments.row_number, 'people_count': payments.households_count }
        ]) as part,
    from marts.grant_payment as payments
    inner join staging.dwp_grants_payment as counted
        on
            payments.workbook_sha256 = counted.workbook_sha256
            and payments.workbook = counted.workbook
            and payments.as_at = counted.as_at
            and payments.row_number = counted.row_number
),

parts as (
    select
        'observation' as table_name,
        origin_id as figure_key,
        role as figure,
        cell_id,
        people_count,
    from origins
    where role in ('numerator', 'denominator')
    union all
    select
        'observation' as table_name,
        origin_id as figure_key,
        'value' as figure,
        cell_id,
        people_count,
    from origins
    where role in ('value', 'part')
    union all
    select
        'grants' as table_name,
        concat_ws('|', workbook_sha256, as_at, scheme, strand, recipient) as figure_key,
        struct_extract(part, 'figure') as figure,
        concat_ws('|', workbook_sha256, sheet, struct_extract(part, 'cell')) as cell_id,
        struct_extract(part, 'people_count') as people_count,
    from payments
    where struct_extract(part, 'people_count') is not null
    union all
    select
        'grant_scheme' as table_name,
        concat_ws('|', workbook_sha256, as_at, scheme, period_start) as figure_key,
        struct_extract(part, 'figure') as figure,
        concat_ws('|', workbook_sha256, sheet, struct_extract(part, 'cell')) as cell_id,
        struct_extract(part, 'people_count') as people_count,
    from payments
    where struct_extract(part, 'people_count') is not null
    union all
    select
        'sector_event' as table_name,
        concat_ws('|', workbook_sha256, as_at, period_label, event) as figure_key,
        'attendance_count' as figure,
        concat_ws('|', workbook_sha256, as_at, period_label, event) as cell_id,
        attendance_count as people_count,
    from marts.sector_event
    where attendance_count is not null
)

select
    figures.table_name,  -- mart that the figure stands in
    figures.figure_key,  -- its row there
    figures.figure,  -- its column there
    any_value(figures.series) as series,  -- what it is of, whatever the edition
    any_value(figures.as_at) as as_at,  -- day on which it became known
    any_value(figures.sums) as sums,  -- sums that it is in, and whether as their total
    md5(string_agg(parts.cell_id, '; ' order by parts.cell_id)) as count_id,  -- the count: the same for the same cells
    count(*) as cell_count,  -- cells that it is the sum of
    case
        when count(parts.people_count) = count(*) then cast(sum(parts.people_count) as decimal(28, 6))
    end as people_count  -- people; null where the supplier has suppressed them
from figures
inner join parts
    on figures.table_name = parts.table_name and figures.figure_key = parts.figure_key and figures.figure = parts.figure
group by figures.table_name, figures.figure_key, figures.figure
