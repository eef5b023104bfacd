-- Items of the forward plan: data that is due, each source's next file with the figures that come with it, and the cut-offs of
-- the reports of the year to come, as of each quarter's cut-off and the day of the build.
-- grain: item x day as of which it is told
-- key: kind, item, as_of
with
authority as (
    select min(area_name) as area_name
    from marts.area
    where is_authority
),

awaited as (
    select
        as_of,
        source,
        next_period,
        due_on,
        grace_until,
        state,
        cast(null as varchar) as measure_code,
    from marts.source_freshness
    union all
    select
        as_of,
        source,
        next_period,
        due_on,
        grace_until,
        state,
        measure_code,
    from marts.freshness
),

data as (
    select
        awaited.as_of,
        awaited.source,
        awaited.next_period,
        awaited.due_on,
        max(awaited.grace_until) as grace_until,
        bool_or(awaited.state in ('late', 'silent', 'never_received')) as is_overdue,
        any_value(source.title) as source_title,
        any_value(source.owner) as owner,
        string_agg(awaited.measure_code, ', ' order by awaited.measure_code) as codes,
        string_agg(distinct measure.priority, '; ' order by measure.priority) as themes,
    from awaited
    left join staged.source on awaited.source = source.source
    left join marts.measure on awaited.measure_code = measure.measure_code
    where awaited.due_on is not null
    group by awaited.as_of, awaited.source, awaited.next_period, awaited.due_on
),

ends as (
    select
        as_of,
        cast(unnest(generate_series(date_trunc('quarter', as_of), as_of + interval 12 month, interval 3 month)) as date) as quarter_end,
    from marts.freshness_day
),

reports as (
    select
        as_of,
        quarter_end,
        cast(quarter_end + interval 42 day as date) as cut_off,
        year(quarter_end - interval 1 day) - if(month(quarter_end - interval 1 day) < 4, 1, 0) as first_year,
        (quarter(quarter_end - interval 1 day) + 2) % 4 + 1 as quarter_number,
    from ends
    where cut_off > as_of and cut_off <= as_of + interval 12 month
)

select
    'due_data' as kind,  -- due_data or due_report
    concat_ws('/', data.source, data.next_period, data.due_on) as item,  -- what tells it from others of its kind
    data.as_of,  -- day as of which it is told; null of what is on record
    data.due_on as date,  -- its day; null where none is known
    'due' as date_kind,  -- what the day is: received, approved, cut_off or due
    if(data.is_overdue, 'overdue', 'due_next') as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    authority.area_name as area,  -- area, or areas, that it is about
    data.themes as theme,  -- priority or objective, or several
    data.source,  -- source that it is from; null where it is from none
    data.owner,  -- who supplied it, wrote it or is to do it
    if(data.is_overdue, 'overdue', 'awaited') as state,  -- what became of it
    coalesce(data.source_title, 'Source not known') || ', ' || data.next_period as title,  -- what it is called
    'In grace until ' || strftime(data.grace_until, '%-d %B %Y') || '.' as text,  -- what it says
    data.codes as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    cast(null as date) as known_from,  -- first day on which it was known; null where none is known
    cast(null as date) as superseded_on,  -- first day on which something later counts in its place
    cast(null as varchar) as workbook,  -- file name
    cast(null as varchar) as sheet,  -- sheet
    cast(null as varchar) as cell  -- address of the cell, or cells
from data
cross join authority
union all
select
    'due_report' as kind,
    cast(reports.quarter_end as varchar) as item,  -- what tells it from others of its kind
    reports.as_of,  -- day as of which it is told; null of what is on record
    reports.cut_off as date,  -- its day; null where none is known
    'due' as date_kind,  -- what the day is: received, approved, cut_off or due
    'due_next' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    authority.area_name as area,  -- area, or areas, that it is about
    cast(null as varchar) as theme,  -- priority or objective, or several
    cast(null as varchar) as source,  -- source that it is from; null where it is from none
    cast(null as varchar) as owner,  -- who supplied it, wrote it or is to do it
    'awaited' as state,  -- what became of it
    'Performance report ' || first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') || '-Q' || quarter_number || ': cut-off' as title,  -- what it is called
    'What is received by this day counts for the quarter that ends on ' || strftime(reports.quarter_end - interval 1 day, '%-d %B %Y') || '.' as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    cast(null as date) as known_from,  -- first day on which it was known; null where none is known
    cast(null as date) as superseded_on,  -- first day on which something later counts in its place
    cast(null as varchar) as workbook,  -- file name
    cast(null as varchar) as sheet,  -- sheet
    cast(null as varchar) as cell  -- address of the cell, or cells
from reports
cross join authority
