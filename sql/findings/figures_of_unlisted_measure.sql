-- Figures of a measure that no row of the latest agreement shows: it lists no measure of that name, and none that goes on with
-- it. They stand under the code that they had last, and what the agreement lists under other names has no value from them.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
named as (
    select
        measure_name,
        measure_code,
    from staging.measure_by_name
),

agreed as (
    select
        measure_code,
        agreement_year,
        agreement_start,
    from staging.portfolio_agreement_measure
    where superseded_on is null
    qualify agreement_start = max(agreement_start) over ()
),

series as (
    select
        measure_code,
        member_code,
    from marts.measure_series
    where superseded_on is null
),

shown as (
    select measure_code from agreed
    union all
    select series.member_code as measure_code
    from series
    inner join agreed on series.measure_code = agreed.measure_code
),

-- what was retired has figures of its own time only
figures as (
    select
        observation.measure_code,
        observation.period_label,
        origin.workbook,
        origin.sheet,
        origin.cell,
    from marts.observation
    inner join marts.observation_origin as origin on observation.origin_id = origin.origin_id
    where
        observation.superseded_on is null
        and observation.period_end > (select min(agreed.agreement_start) from agreed)
    qualify row_number() over (
        partition by observation.measure_code
        order by observation.period_end desc, origin.workbook asc, origin.sheet asc, origin.cell asc
    ) = 1
)

select
    'figures_of_unlisted_measure' as check_name,  -- what was checked
    figures.measure_code || ', ' || figures.period_label as subject,  -- what the finding is about
    named.measure_name as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The agreement ' || (select min(agreed.agreement_year) from agreed) || ' lists no measure of this name, and none that '
    || 'continues it, so its figures are shown by no measure. If it has another name or code now, the agreement''s column '
    || 'Replaces says so with the old code; within one year''s agreement the measure keeps its name.' as explanation,  -- what it means
    figures.workbook,  -- file name
    figures.sheet,  -- sheet
    figures.cell  -- address of the cell
from figures
inner join named on figures.measure_code = named.measure_code
where figures.measure_code not in (select shown.measure_code from shown)
