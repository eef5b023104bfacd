-- What is suppressed in everything public and why, without the figures. What is suppressed for the sake of a small count is
-- told apart from it here, and not in public: who knows which is which knows more of both.
-- grain: figure
-- key: table_name, figure_key, figure
with
counts as (
    select
        table_name,
        figure_key,
        figure,
        as_at,
        count_id,
        people_count,
    from marts.disclosure_count
),

withheld as (
    select
        count_id,
        is_secondary,
    from marts.disclosure_withheld
),

observations as (
    select
        origin_id,
        measure_code,
        area_code,
        period_label,
        year_type,
        component,
    from marts.observation
),

small as (
    select
        counts.table_name,
        counts.figure_key,
        counts.figure,
        counts.as_at,
        case
            when withheld.is_secondary then 'gives_another_away'
            when counts.people_count is null then 'suppressed_by_supplier'
            else 'below_threshold'
        end as reason,
    from counts
    inner join withheld on counts.count_id = withheld.count_id
),

figures as (
    select
        table_name,
        figure_key,
        figure,
        as_at,
        reason,
    from small
    union all
    -- what is divided by, or of, a withheld count gives it away
    select distinct
        table_name,
        figure_key,
        case table_name when 'observation' then 'value' else 'cost_per_resident_pounds' end as figure,
        as_at,
        'rate' as reason,
    from small
    where figure in ('numerator', 'denominator', 'residents_count')
)

select
    figures.table_name,  -- mart that the figure stands in
    figures.figure_key,  -- its row there: the origin_id of an observation, else the columns of its key in words
    figures.figure,  -- its column there
    observations.measure_code,  -- code of the measure, of an observation
    observations.area_code,  -- GSS code, of an observation
    observations.period_label,  -- period, of an observation
    observations.year_type,  -- calendar of the period
    observations.component,  -- total, or a named part of it
    figures.as_at,  -- day on which the figure became known
    figures.reason  -- below_threshold, gives_another_away, rate, or suppressed_by_supplier; in public confidential
from figures
left join observations on figures.table_name = 'observation' and figures.figure_key = observations.origin_id
