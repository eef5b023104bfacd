-- The priorities of the portfolio, also those that no measure serves, as the agreements name them.
-- grain: agreement year x priority
-- key: agreement_year, priority_number
with
priorities as (
    select
        agreement_year,
        priority_number,
        priority_title,
        superseded_on,
    from staging.portfolio_agreement_priority
)

select
    agreement_year,  -- financial year of the agreement
    priority_number,  -- number of the priority
    priority_title,  -- title of the priority
    priority_number || '. ' || priority_title as priority  -- as marts.measure names it
from priorities
where superseded_on is null
