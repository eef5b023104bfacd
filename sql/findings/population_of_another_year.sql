-- Rates per head whose population is no estimate of residents for the year that they are of, where estimates are supplied.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
rates as (
    select
        observation.measure_code,
        observation.area_code,
        observation.period_label,
        observation.period_start,
        observation.period_end,
        observation.denominator,
        observation.origin_id,
    from marts.observation
    inner join staging.portfolio_agreement_measure as agreed
        on
            observation.measure_code = agreed.measure_code
            and agreed.superseded_on is null
            and lower(agreed.denominator) = 'population'
    where observation.superseded_on is null and observation.denominator is not null
),

estimates as (
    select
        area_code,
        period_label,
        period_start,
        value,
    from marts.observation
    where measure_code = 'POP.ALL' and superseded_on is null and value is not null
),

compared as (
    select
        rates.*,
        max_by(estimates.value, estimates.period_start) as estimate,
        max_by(estimates.period_label, estimates.period_start) as estimate_month,
    from rates
    inner join estimates
        on
            rates.area_code = estimates.area_code
            and estimates.period_start >= rates.period_start
            and estimates.period_start < rates.period_end
    group by all
)

select
    'population_of_another_year' as check_name,  -- what was checked
    compared.measure_code || ', ' || compared.period_label as subject,  -- what the finding is about
    shown(compared.denominator) as published,  -- what was supplied
    shown(compared.estimate) as recomputed,  -- what it should be, where that can be computed
    cast(compared.estimate - compared.denominator as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The rate is of ' || shown(compared.denominator) || ' residents; the estimate for ' || compared.estimate_month || ' is '
    || shown(compared.estimate) || '.' as explanation,  -- what it means
    origin.workbook,  -- file name
    origin.sheet,  -- sheet
    origin.cell  -- address of the cell
from compared
inner join marts.observation_origin as origin on compared.origin_id = origin.origin_id and origin.role = 'denominator'
where compared.denominator <> compared.estimate
