-- Numeric targets beside the last outturn of a year before theirs: as known when the target was approved, and as known now.
-- grain: target that counts x day as of which the outturn is taken
-- key: measure_code, period_label, known
with
targets as (
    select
        measure_code,
        period_label,
        period_start,
        target_value,
        approved_on,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.target
    where superseded_on is null and target_type = 'numeric'
),

measures as (
    select
        measure_code,
        measure_name,
        polarity,
        unit,
    from marts.measure
    where polarity <> 'none'
),

outturns as (
    select
        measure_code,
        period_label,
        period_start,
        printed_value,
        known_since,
        is_sum,
        as_at,
        superseded_on,
    from marts.outturn_since
),

compared as (
    select
        targets.*,
        measures.measure_name,
        measures.polarity,
        measures.unit,
        listed.known,
        outturns.period_label as outturn_period,
        outturns.known_since as outturn_known_on,
        outturns.printed_value as outturn_value,
        row_number() over (
            partition by targets.measure_code, targets.period_label, listed.known
            order by outturns.period_start desc, outturns.is_sum asc, outturns.as_at desc
        ) as recency,
    from targets
    inner join measures on targets.measure_code = measures.measure_code
    cross join (values ('when approved'), ('now')) as listed (known)
    inner join outturns
        on
            targets.measure_code = outturns.measure_code
            and outturns.period_start < targets.period_start
            and case listed.known
                when 'now' then outturns.superseded_on is null
                else outturns.as_at <= targets.approved_on and coalesce(targets.approved_on < outturns.superseded_on, true)
            end
)

select
    measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    period_label,  -- year that the target is for
    known,  -- when approved: the outturn as known on the day of the approval; or now
    approved_on,  -- day on which Cabinet approved the target
    target_value,  -- target, in the measure's unit
    outturn_period,  -- year of the outturn
    outturn_value,  -- outturn as it is printed, in the measure's unit
    outturn_known_on,  -- day since which this outturn has been known as it is, without a break
    case polarity when 'high' then outturn_value - target_value else target_value - outturn_value end as weaker_by,  -- how much less the target asks for than was reached; below zero where it asks for more
    case when outturn_value < 0 then '-' else '' end || case unit when '£' then '£' else '' end
    || format('{:,}', cast(trunc(abs(outturn_value)) as bigint))
    || rtrim(rtrim(regexp_extract(cast(outturn_value as varchar), '\.\d+$'), '0'), '.')
    || case unit when '%' then '%' else '' end as outturn_text,  -- outturn in words, with its unit
    workbook,  -- file name of the target
    sheet,  -- sheet
    cell,  -- address of the target
    cell_text  -- target as supplied
from compared
where recency = 1
