-- Sums by which a count of people could be worked out from others: parts and their total, quarters and their year, those who
-- did and those who did not (where they are few) and all, a grant's recipients and its scheme and strand, and one figure in
-- two editions, which is the sum of itself. Only sums that hold: parts that overlap or are incomplete give nothing away.
-- grain: sum x count
-- key: sum_id, count_id, is_total
with
rule as (select least_shown from marts.suppression_rule),

counts as (
    select
        figure_key,
        series,
        as_at,
        unnest(sums) as member,
        count_id,
        people_count,
    from marts.disclosure_count
),

editions as (
    select
        figure_key,
        series,
        count_id,
        people_count,
        lag(count_id) over (partition by series order by as_at, figure_key) as count_before,
        lag(people_count) over (partition by series order by as_at, figure_key) as people_before,
    from marts.disclosure_count
),

in_sums as (
    select distinct
        member.sum_id,
        member.is_total,
        count_id,
        people_count,
    from counts
),

others as (
    select
        sum_id,
        max(people_count) - min(people_count) as people_count,
    from in_sums
    where sum_id like 'all of %'
    group by sum_id
    having max(people_count) - min(people_count) between 1 and (select max(least_shown) - 1 from rule)
),

members as (
    select
        sum_id,
        is_total,
        count_id,
        people_count,
        true as is_published,
    from in_sums
    where not sum_id like 'all of %' or sum_id in (select sum_id from others)
    union all
    select
        sum_id,
        false as is_total,
        'the others of ' || sum_id as count_id,
        people_count,
        false as is_published,
    from others
    union all
    select
        'edition|' || series || '|' || count_id as sum_id,
        unnest([true, false]) as is_total,
        unnest([count_id, count_before]) as count_id,
        people_count,
        true as is_published,
    from editions
    where count_id <> count_before and people_count = people_before
),

holding as (
    select sum_id
    from members
    group by sum_id
    having
        bool_or(is_total) and bool_or(not is_total)
        and case
            when count(people_count) = count(*)
                then sum(people_count) filter (where is_total) = sum(people_count) filter (where not is_total)
            else true
        end
)

select
    sum_id,  -- the sum
    count_id,  -- count that it is made of, or its total
    is_total,  -- whether it is the total
    is_published,  -- whether it is a figure that could be public; those who did not are only what is left
    people_count  -- people; null where the supplier has suppressed them
from members
where sum_id in (select sum_id from holding)
-- what stands on both sides of a sum says nothing of the rest
qualify count(*) over (partition by sum_id, count_id) = 1
