-- Rows of a made-up country as staged rows: `delivered` and `target` of benchmarks/national/generate.py are given,
-- and `authority`, `receipt`, `source` and `portfolio_agreement_measures` of a small warehouse, to which its own rows come.
create table delivery as
select
    area_code,
    measure_code || '.' || area_code as measure_code,
    cast(substr(measure_code, 2) as integer) as number,
    make_date((quarter_number - 1) // 4, (quarter_number - 1) % 4 * 3 + 1, 1) as period_start,
    cast(period_start + interval 3 month as date) as period_end,
    year(period_start - interval 3 month) as first_year,
    first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0')
    || '-Q' || ((quarter_number + 2) % 4 + 1) as period_label,
    cast(value_millionths as decimal(28, 0)) * cast(0.000001 as decimal(6, 6)) as amount,
    as_at,
    nullif(superseded_on, date '9999-12-31') as superseded_on,
    area_code || ' ' || period_label || case when as_at > period_end then ' revised' else '' end || '.xlsx' as workbook,
    sha256(workbook) as workbook_sha256,
from delivered;

-- every fifth measure is a level, the others are of their quarter
create table country_figure as
select
    delivery.measure_code,
    (select distinct area_code from authority) as area_code,
    delivery.period_label,
    delivery.period_start,
    delivery.period_end,
    case when delivery.number % 5 = 4 then 'snapshot' else 'quarter' end as year_type,
    'actual' as value_kind,
    'total' as component,
    'value' as role,
    cast(delivery.amount as decimal(28, 6)) as amount,
    cast(1 as decimal(10, 4)) as factor,
    'exact' as qualifier,
    case when delivery.amount is null then 'not_available' else 'value' end as availability,
    cast(null as varchar) as note,
    delivery.as_at,
    delivery.superseded_on,
    delivery.workbook_sha256 || ' of ' || delivery.as_at as edition,
    delivery.workbook,
    delivery.workbook_sha256,
    'Figures' as sheet,
    'B' || (delivery.number + 2) as cell,
    cast(delivery.amount as varchar) as cell_text,
from delivery;

insert into receipt by name
select
    'country' as source,
    workbook,
    workbook_sha256,
    period_label,
    period_end,
    as_at as received_on,
    as_at,
    'loaded' as outcome,
    count(*) as rows_read,
    count(*) as rows_loaded,
from delivery
group by workbook, workbook_sha256, period_label, period_end, as_at;

insert into source by name
select 'country' as source, 'Figures of the country' as title, 'Policy' as owner, 3 as months, 3 as year_ends, 14 as due_days, 14 as grace_days;

-- all calendars, units and kinds of target that the rules of rating tell apart
insert into portfolio_agreement_measures by name
select
    listed.* replace (
        100 + row_number() over (order by country.measure_code) as row_number,
        country.measure_code as code,
        'Measure ' || country.measure_code as measure_name,
        case when target.polarity_sign = 1 then 'High' else 'Low' end as good_performance,
        ['%', 'Number', '£', 'per 1,000'][country.number % 4 + 1] as unit,
        case when country.number % 5 = 4 then 'Snapshot' else 'Financial' end as year,
        case when country.number % 5 = 4 then 'Latest' else 'Year to date' end as rated_on,
        ['Straight line', 'Straight line', 'Straight line', 'None', 'Last value'][country.number % 5 + 1] as forecast_method,
        case when country.number % 11 > 0 then target.target_millionths * case when country.number % 5 < 3 then 3 else 1 end end
        * cast(0.000001 as decimal(6, 6)) as target,
        case when country.number % 11 = 0 then 'maximise' else 'value' end as target_availability,
        case when country.number % 7 = 0 then '3 points' end as tolerance
    ),
from portfolio_agreement_measures as listed
cross join (select distinct measure_code, number from delivery) as country
inner join target on split_part(country.measure_code, '.', 1) = target.measure_code
where listed.workbook_sha256 = 'agreement corrected' and listed.code = 'IN.3';
