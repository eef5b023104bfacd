-- Figures that each measure still awaits: the periods since its latest, and when each is due, as each quarter's cut-off and
-- the day of the build saw it. The agreement says how often a measure is reported; one whose source sends less often is
-- awaited as its source sends, or else it would be chased for what nobody promised. A measure of which nothing has come is
-- awaited from the first agreement that lists it on. Where no source is known a figure is due on the quarter's cut-off.
-- grain: day as of which it is told x measure x period
-- key: as_of, measure_code, period_start
with
days as (
    select
        as_of,
        report_quarter,
        is_now,
    from marts.freshness_day
),

definitions as (
    select
        days.as_of,
        defined.measure_code,
        defined.frequency,
        defined.year_type,
    from days
    inner join marts.rating_definition as defined on days.report_quarter = defined.report_quarter
    union all
    select
        days.as_of,
        measure.measure_code,
        measure.frequency,
        measure.year_type,
    from days
    inner join marts.measure on days.is_now and coalesce(days.as_of < measure.retired_from, true)
),

agreed as (
    select
        measure_code,
        min(agreement_start) as agreed_from,
    from staging.portfolio_agreement_measure
    group by measure_code
),

codes as (
    select
        measure_code,
        measure_code as member_code,
    from marts.measure
    union
    select
        measure_code,
        member_code,
    from marts.measure_series
),

suppliers as (
    select
        codes.measure_code,
        arg_max(edition.source, figure.period_end || edition.source) as source,
    from codes
    inner join measures.figure on codes.member_code = figure.measure_code
    inner join staging.edition on figure.workbook_sha256 = edition.workbook_sha256 and figure.workbook = edition.workbook
    group by codes.measure_code
),

rhythms as (
    select
        definitions.as_of,
        definitions.measure_code,
        suppliers.source,
        agreed.agreed_from,
        case definitions.frequency when 'Quarterly' then 3 when 'Annual' then 12 end as agreed_months,
        case definitions.year_type when 'academic' then 7 when 'calendar' then 12 else 3 end as agreed_year_ends,
        supplied.months as sent_months,
        supplied.year_ends as sent_year_ends,
        coalesce(supplied.due_days, 42) as due_days,
        coalesce(supplied.grace_days, 14) as grace_days,
    from definitions
    left join agreed on definitions.measure_code = agreed.measure_code
    left join suppliers on definitions.measure_code = suppliers.measure_code
    left join staged.source as supplied on suppliers.source = supplied.source
    where definitions.frequency is not null
),

awaited as (
    select
        rhythms.*,
        supply_period.period_label,
        supply_period.period_start,
        supply_period.period_end,
    from rhythms
    inner join marts.supply_period
        on
            supply_period.months = greatest(rhythms.agreed_months, rhythms.sent_months)
            and supply_period.year_ends
            = case when rhythms.sent_months >= rhythms.agreed_months then rhythms.sent_year_ends else rhythms.agreed_year_ends end
    left join marts.figure_received as received
        on rhythms.as_of = received.as_of and rhythms.measure_code = received.measure_code
    where
        supply_period.period_end > coalesce(received.supplied_until, supply_period.period_start)
        and supply_period.period_start > coalesce(received.counted_on, date '0001-01-01')
        and (received.supplied_until is not null or received.counted_on is not null or supply_period.period_start >= rhythms.agreed_from)
)

select
    as_of,  -- day as of which it is told
    measure_code,  -- code of the measure
    source,  -- source whose files bring its figures; null where none ever did
    period_label,  -- period whose figure is awaited
    period_start,  -- first day of the period
    coalesce(sent_months > agreed_months, false) as is_sent_less_often,  -- whether its source sends less often than the agreement has it reported
    cast(period_end + to_days(cast(due_days as integer)) as date) as due_on,  -- last day on which the figure is in time
    cast(period_end + to_days(cast(due_days + grace_days as integer)) as date) as grace_until  -- last day of grace
from awaited
