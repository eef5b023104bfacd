-- Quarters that are reported: from the first with an observation of the agreement's measures to the last that had ended
-- when the latest file of their sources, or the latest agreement, came that was loaded: one refused, or a copy of what is
-- held, brings nothing to report. Sources of figures for context alone, which go further back and come years later,
-- neither begin nor end the quarters.
-- grain: reporting quarter
-- key: report_quarter
with
figures as (
    select
        period_start,
        workbook,
        workbook_sha256,
    from measures.figure
    where measure_code not in (select measure_code from staging.contextual_measure)
),

first_observation as (
    select cast(date_trunc('quarter', min(period_start)) as date) as first_day
    from figures
),

workbooks as (
    select
        workbook,
        workbook_sha256,
    from figures
    union
    select
        workbook,
        workbook_sha256,
    from staging.portfolio_agreement_measure
),

sources as (
    select distinct receipt.source
    from staged.receipt
    inner join workbooks
        on receipt.workbook_sha256 = workbooks.workbook_sha256 and receipt.workbook = workbooks.workbook
),

receipts as (
    select max(received_on) as last_day
    from staged.receipt
    -- one superseded or retracted since did count: no quarter that was reported goes away
    where source in (select source from sources) and outcome in ('loaded', 'superseded', 'retracted')
),

starts as (
    select cast(unnest(generate_series(first_day, last_day - interval 3 month, interval 3 month)) as date) as quarter_start
    from first_observation
    cross join receipts
),

quarters as (
    select
        quarter_start,
        cast(quarter_start + interval 3 month as date) as quarter_end,
        year(quarter_start) - case when month(quarter_start) < 4 then 1 else 0 end as first_year,
        (quarter(quarter_start) + 2) % 4 + 1 as quarter_number,
    from starts
),

years as (
    select
        quarters.*,
        year(quarter_end - interval 1 day)
        - case when month(quarter_end - interval 1 day) < 8 then 1 else 0 end as first_academic_year,
    from quarters
)

select
    first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') || '-Q' || quarter_number as report_quarter,  -- label such as 2021-22-Q2
    quarter_start,  -- first day of the quarter
    quarter_end,  -- first day after it
    quarter_number,  -- 1 for April to June
    first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') as report_year,  -- financial year
    (first_year - 1) || '-' || lpad(cast(first_year % 100 as varchar), 2, '0') as previous_report_year,  -- financial year before
    make_date(first_year, 4, 1) as year_start,  -- first day of the financial year
    first_academic_year || '-' || lpad(cast((first_academic_year + 1) % 100 as varchar), 2, '0')
    || ' academic' as academic_year,  -- academic year that contains the quarter's last day
    (first_academic_year - 1) || '-' || lpad(cast(first_academic_year % 100 as varchar), 2, '0')
    || ' academic' as previous_academic_year,  -- academic year before
    strftime(quarter_start, '%b-') || strftime(quarter_end - interval 1 day, '%b %Y') as survey_wave,  -- survey wave of the same three months
    cast(quarter_end + interval 42 day as date) as cut_off,  -- last day on which what is received still counts for the quarter
    cast(quarter_end + interval 42 day as date) as known_by  -- day as of which the quarter is reported
from years
where quarter_end <= (select last_day from receipts)
