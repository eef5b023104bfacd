-- Each edition of a portfolio agreement beside the editions of the agreement before that counted while it did: what changed
-- from one to the next is read from such a pair, as it was known then.
-- grain: edition x edition of the agreement before; one row without it for the first agreement
-- key: workbook_sha256, later_as_at, as_at
with
editions as (
    select distinct
        agreement_year,
        agreement_start,
        as_at,
        superseded_on,
        workbook_sha256,
    from staging.portfolio_agreement_measure
),

years as (
    select
        agreement_start,
        lag(agreement_start) over (order by agreement_start) as earlier_start,
        lead(agreement_start) over (order by agreement_start) as next_start,
    from editions
    group by agreement_start
)

select
    later.agreement_year,  -- financial year of the agreement
    later.agreement_start,  -- first day of that year
    years.next_start,  -- first day of the next year that has an agreement; null where none has
    later.workbook_sha256,  -- SHA-256 of its file
    later.as_at as later_as_at,  -- day on which it became known
    earlier.workbook_sha256 as earlier_sha256,  -- SHA-256 of the file of the agreement before; null for the first
    earlier.as_at as earlier_as_at,  -- day on which that became known
    greatest(later.as_at, earlier.as_at) as as_at,  -- first day on which both count
    least(later.superseded_on, earlier.superseded_on) as superseded_on  -- first day on which either no longer counts; null while both do
from editions as later
inner join years on later.agreement_start = years.agreement_start
left join editions as earlier
    on
        years.earlier_start = earlier.agreement_start
        and coalesce(earlier.superseded_on > later.as_at, true)
        and coalesce(later.superseded_on > earlier.as_at, true)
where years.earlier_start is null or earlier.as_at is not null
