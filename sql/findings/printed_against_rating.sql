-- Printed statuses and trends that are not those of the rating as it was known on the day of the report.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
printed as (
    select
        measure_code,
        report_quarter,
        as_at,
        printed_column,
        printed_text,
        workbook,
        sheet,
        cell,
        reading,
    from marts.printed_cell
    where printed_column in ('status', 'trend') and superseded_on is null
),

ratings as (
    select
        report_quarter,
        as_at,
        measure_code,
        'status' as printed_column,
        status as rating,
        status_reason as reason,
        value,
        target_value as compared_with,
    from marts.reported_status
    union all
    select
        report_quarter,
        as_at,
        measure_code,
        'trend' as printed_column,
        trend as rating,
        trend_reason as reason,
        value,
        previous_value as compared_with,
    from marts.reported_status
),

compared as (
    select
        printed.*,
        ratings.rating,
        ratings.reason,
        ratings.value,
        ratings.compared_with,
    from printed
    inner join ratings
        on
            printed.report_quarter = ratings.report_quarter
            and printed.as_at = ratings.as_at
            and printed.measure_code = ratings.measure_code
            and printed.printed_column = ratings.printed_column
)

select
    'printed_' || printed_column as check_name,  -- what was checked
    measure_code || ', ' || report_quarter as subject,  -- what the finding is about
    printed_text as published,  -- what was supplied
    coalesce(rating, 'none') as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- ratings are not subtracted
    case when reading is null or reading = 'none' then 'warn' else 'fail' end as severity,  -- fail or warn
    case
        when reading is null then '''' || printed_text || ''' is no ' || printed_column || ' that is known.'
        when rating is null then 'By the rules there is no ' || printed_column || ': ' || replace(reason, '_', ' ') || '.'
        else
            'By the rules the ' || printed_column || ' is ' || rating || ' (' || replace(reason, '_', ' ') || '): '
            || shown(value) || case printed_column when 'status' then ' against a target of ' else ' against ' end
            || shown(compared_with) || case printed_column when 'trend' then ' before' else '' end || '.'
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from compared
where reading is distinct from 'illegible' and (reading is null or reading <> coalesce(rating, 'none'))
