-- Local figures beside the national indicators, each of a month, a calendar year or a financial year.
-- grain: edition x indicator x area x period
-- key: workbook_sha256, as_at, indicator_code, area, period_label
with
figures as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        indicator,
        area,
        period,
        value,
        value_unit,
        value_qualifier,
        value_availability,
        value_cell,
        value_text,
        note,
        cast(regexp_extract(period, '\d{4}') as integer) as year_named,
        case
            when regexp_matches(period, '^\d{4}$') then 'calendar'
            when regexp_matches(period, '^\d{4}[/-]\d{2}$') then 'financial'
            else 'snapshot'
        end as year_type,
    from staged.national_indicators_figures
),

names as (
    select
        indicator,
        indicator_code,
    from staging.national_indicator_name
),

areas as (
    select
        area_alias,
        area_code,
    from staging.area
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'national_indicators'
),

dated as (
    select
        figures.*,
        case year_type
            when 'calendar' then make_date(year_named, 1, 1)
            when 'financial' then make_date(year_named, 4, 1)
            else cast(strptime('1 ' || substr(period, 1, 3) || ' ' || year_named, '%d %b %Y') as date)
        end as period_start,
    from figures
)

select
    names.indicator_code,  -- code of the indicator
    dated.indicator,  -- number of a national indicator, or the name of a local one
    dated.area,  -- area as supplied
    coalesce(areas.area_code, dated.area) as area_code,  -- code of the area; its name where the warehouse lists no such area
    case dated.year_type
        when 'calendar' then dated.period
        when 'financial' then replace(dated.period, '/', '-')
        else strftime(dated.period_start, '%Y-%m')
    end as period_label,  -- calendar year, financial year, or month
    dated.period_start,  -- first day of the period
    cast(
        dated.period_start + to_months(case dated.year_type when 'snapshot' then 1 else 12 end) as date
    ) as period_end,  -- first day after it
    dated.year_type,  -- calendar, financial or snapshot
    dated.value as amount,  -- figure, in its unit
    case when dated.value_unit = '' then 'Number' else dated.value_unit end as unit,  -- %, £ or Number
    dated.value_qualifier as qualifier,  -- exact, about, at_least or over
    dated.value_availability as availability,  -- value, or why there is none
    dated.note,  -- what should be known beside the figure
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    dated.workbook,  -- file name
    dated.workbook_sha256,  -- SHA-256 of the file
    dated.sheet,  -- sheet
    dated.value_cell as cell,  -- address of the cell
    dated.value_text as cell_text  -- text of the cell
from dated
inner join names on dated.indicator = names.indicator
left join areas on lower(dated.area) = lower(areas.area_alias)
inner join editions
    on
        dated.workbook_sha256 = editions.workbook_sha256
        and dated.workbook = editions.workbook
        and dated.corrections is not distinct from editions.corrections
