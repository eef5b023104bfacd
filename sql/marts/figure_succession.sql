-- Which edition of a figure followed which: the one that counted before, and the one that counts from a day on. Of one
-- file's figures the later edition follows the earlier; a figure that another period's file gives again follows that of
-- the period before; an actual follows what stood provisionally, in the interim, or as a forecast. First figures are none.
-- grain: figure x edition that follows another
-- key: new_origin_id
with
supplies as (
    select
        workbook_sha256 || ' of ' || as_at as edition,
        max(period_label) as supply_period,
    from staging.edition
    group by all
),

figures as (
    select
        observation.measure_code,
        observation.area_code,
        observation.period_label,
        observation.period_start,
        observation.period_end,
        observation.component,
        observation.value_kind,
        case observation.value_kind when 'actual' then 1 when 'provisional' then 2 when 'interim' then 3 else 4 end as finality,
        observation.as_at,
        observation.superseded_on,
        observation.origin_id,
        supplies.supply_period,
        supplies.edition is null as is_made_of_editions,
    from marts.observation
    left join supplies on observation.edition = supplies.edition
),

-- figures that were known on the eve, the nearest first
ranked as (
    select
        later.measure_code,
        later.area_code,
        later.period_label,
        later.component,
        later.as_at as restated_on,
        earlier.origin_id as old_origin_id,
        later.origin_id as new_origin_id,
        earlier.value_kind = later.value_kind and earlier.supply_period > later.supply_period as is_from_later_supply,
        case
            when later.is_made_of_editions then 'one of the editions that it is made of was replaced'
            when later.finality < earlier.finality then 'the ' || later.value_kind || ' follows the ' || earlier.value_kind
            when later.value_kind = 'forecast' and later.supply_period <> earlier.supply_period then 'a later forecast'
        end as expected_because,
        row_number() over (
            partition by later.origin_id
            order by
                later.value_kind = earlier.value_kind and later.supply_period is not distinct from earlier.supply_period desc,
                later.value_kind = earlier.value_kind desc,
                earlier.finality asc,
                earlier.supply_period desc,
                earlier.as_at desc,
                earlier.origin_id asc
        ) as nearness,
    from figures as later
    inner join figures as earlier
        on
            later.measure_code = earlier.measure_code
            and later.area_code = earlier.area_code
            and later.period_label = earlier.period_label
            and later.component = earlier.component
            and later.as_at > earlier.as_at
            and coalesce(later.as_at <= earlier.superseded_on, true)
            and (later.finality <= earlier.finality or later.as_at = earlier.superseded_on)
)

select
    measure_code,  -- code of the measure
    area_code,  -- GSS code
    period_label,  -- period that the figure is of
    component,  -- total, or a named part of it
    restated_on,  -- day from which the later edition counts
    old_origin_id,  -- observation that counted before
    new_origin_id,  -- observation that counts from then on
    expected_because  -- why it had to be replaced in the course of things; null where it was restated
from ranked
-- a file of an earlier period that comes late replaces nothing
where nearness = 1 and not coalesce(is_from_later_supply, false)
