-- The amounts of the grant and finance workbooks that a claim can state beside the measures, as they were known on the day of
-- a report: what was paid, and who was supported, by scheme and recipient; reserves, the cash limit and its outturn.
-- grain: day of a report x subject x reading
-- key: report_quarter, as_at, measure_code, reading
with
reports as (
    select distinct
        report_quarter,
        as_at,
    from staging.published_report_claim
),

payments as (
    select
        edition_period,
        scheme as part,
        'paid for ' as paid_words,
        paid_pounds,
        residents_count,
        as_at,
        superseded_on,
        false as has_outcome,
    from marts.grant_scheme
    union all
    select
        edition_period,
        recipient as part,
        'paid to ' as paid_words,
        paid_pounds,
        residents_count,
        as_at,
        superseded_on,
        max(outcome) over (partition by recipient) is not null as has_outcome,
    from marts.grants
),

limits as (
    select
        edition_period,
        previously_reported_pounds,
        stated_increase_pounds,
        budget_pounds,
        forecast_net_expenditure_pounds,
        forecast_outturn_pounds,
        as_at,
        superseded_on,
    from marts.cash_limit
),

amounts as (
    select
        edition_period,
        as_at,
        superseded_on,
        unnest(['GRANT.1', 'GRANT.2']) as measure_code,
        part,
        unnest([paid_words, 'supported by ']) || part as reading,
        unnest([has_outcome, false]) as has_outcome,
        unnest(['£', '']) as unit,
        unnest([paid_pounds, residents_count]) as amount,
    from payments
    union all
    select
        edition_period,
        as_at,
        superseded_on,
        'reserves' as measure_code,
        unnest([narration, narration, purpose, purpose, '', '', 'planned use']) as part,
        trim(
            unnest(['balance of ', 'after planned use, ', 'balance of ', 'after planned use, ', 'balance', 'after planned use', ''])
            || part
        ) as reading,
        false as has_outcome,
        '£' as unit,
        unnest([
            opening_pounds, closing_pounds, opening_pounds, closing_pounds, opening_pounds, closing_pounds, planned_use_pounds,
        ]) as amount,
    from marts.reserve
    union all
    select
        edition_period,
        as_at,
        superseded_on,
        unnest(['cash limit', 'cash limit', 'cash limit', 'outturn', 'net expenditure']) as measure_code,
        unnest(['', 'previously reported', '', '', '']) as part,
        unnest(['budget', 'previously reported', 'increase', 'forecast', 'forecast']) as reading,
        false as has_outcome,
        '£' as unit,
        unnest([
            budget_pounds, previously_reported_pounds, stated_increase_pounds, forecast_outturn_pounds,
            forecast_net_expenditure_pounds,
        ]) as amount,
    from limits
)

select
    reports.report_quarter,  -- last quarter that the report is about
    reports.as_at,  -- day of the report
    amounts.measure_code,  -- code of the measure, or what of the finance workbook it is
    amounts.part,  -- scheme, recipient, reserve or its purpose: what a claim must name; empty for the whole
    amounts.reading,  -- what the amount is
    amounts.reading = 'increase' as is_change,  -- whether it is a change
    amounts.reading = 'forecast' as is_forecast,  -- whether it is a forecast
    bool_or(amounts.has_outcome) as has_outcome,  -- whether it was paid to one who reports an outcome
    amounts.unit,  -- £ or empty for a number
    cast(sum(amounts.amount) as decimal(28, 6)) as amount  -- the figure
from reports
inner join amounts
    on
        reports.report_quarter = amounts.edition_period
        and amounts.as_at <= reports.as_at
        and coalesce(reports.as_at < amounts.superseded_on, true)
where amounts.amount is not null
group by all
