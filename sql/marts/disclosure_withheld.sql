-- Counts of people that are withheld: the small ones, those that the supplier has suppressed, and of every sum in which one
-- is withheld as many more as it takes. A count of a sum can be worked out when it alone is withheld; and what its withheld
-- parts come to together is a count that must not be small. The least of the other parts goes first, then the total, then none.
-- grain: count
-- key: count_id
with recursive
rule as (select least_shown from marts.suppression_rule),

sums as (
    select
        sum_id,
        count_id,
        is_total,
        is_published,
        people_count,
        -- the least of the parts first, then the total, then what is none
        (is_total or people_count = 0, not is_total, people_count, count_id) as turn,
    from marts.disclosure_sum
),

small as (
    select
        count_id,
        people_count,
    from marts.disclosure_count
    union
    select
        count_id,
        people_count,
    from sums
),

rounds as (
    select coalesce(list(distinct small.count_id order by small.count_id), []) as withheld
    from small
    cross join rule
    where small.people_count is null or (small.people_count > 0 and small.people_count < rule.least_shown)
    union all
    -- no row, and so the end, when no sum gives one away
    select list_sort(list_distinct(list_concat(found.withheld, list(found.count_id)))) as withheld
    from (
        select
            rounds.withheld,
            arg_min(sums.count_id, sums.turn) filter (
                where sums.is_published and not list_contains(rounds.withheld, sums.count_id)
            ) as count_id,
        from rounds
        cross join sums
        cross join rule
        group by rounds.withheld, sums.sum_id, rule.least_shown
        having
            count(*) filter (where list_contains(rounds.withheld, sums.count_id)) = 1
            or (
                bool_or(list_contains(rounds.withheld, sums.count_id))
                and not bool_or(sums.is_total and list_contains(rounds.withheld, sums.count_id))
                and sum(sums.people_count) filter (where list_contains(rounds.withheld, sums.count_id)) < rule.least_shown
            )
    ) as found
    where found.count_id is not null
    group by found.withheld
),

withheld as (
    select arg_max(withheld, len(withheld)) as counts
    from rounds
)

select distinct
    listed.count_id,  -- count that is withheld
    listed.people_count is not null and listed.people_count >= rule.least_shown or listed.people_count = 0 as is_secondary  -- whether for the sake of another
from small as listed
cross join rule
where list_contains((select counts from withheld), listed.count_id)
