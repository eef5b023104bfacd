-- Mean of four consecutive waves, for every day on which a new edition of one of them changed it. Fewer waves: no value.
-- grain: measure x area x rolling year x component x edition x cell
-- key: measure_code, area_code, period_label, component, edition, workbook_sha256, cell
with
agreement as (
    select
        measure_code,
        area_code,
        component,
        respondents_pct,
        as_at,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.community_safety_survey_agreement
),

waves as (
    select
        measure_code,
        area_code,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook_sha256,
        is_complete,
    from staging.community_safety_survey_wave
),

changes as (
    select
        measure_code,
        area_code,
        period_start,
        period_end,
        unnest([as_at, superseded_on]) as known_on,
    from waves
),

known_days as (
    select distinct
        waves.measure_code,
        waves.area_code,
        waves.period_end as year_end,
        changes.known_on,
    from waves
    inner join changes
        on
            waves.measure_code = changes.measure_code
            and waves.area_code = changes.area_code
            and changes.period_start >= waves.period_end - interval 12 month
            and changes.period_end <= waves.period_end
    where changes.known_on is not null
),

members as (
    select
        known_days.measure_code,
        known_days.area_code,
        known_days.year_end,
        known_days.known_on,
        waves.workbook_sha256,
        waves.as_at,
        waves.is_complete,
    from known_days
    left join waves
        on
            known_days.measure_code = waves.measure_code
            and known_days.area_code = waves.area_code
            and waves.period_start >= known_days.year_end - interval 12 month
            and waves.period_end <= known_days.year_end
            and known_days.known_on >= waves.as_at
            and coalesce(known_days.known_on < waves.superseded_on, true)
),

-- a day on which fewer than four waves are left ends the mean before it
days as (
    select
        measure_code,
        area_code,
        year_end,
        known_on,
        count(*) filter (where is_complete) as wave_count,
        lead(known_on) over (partition by measure_code, area_code, year_end order by known_on) as superseded_on,
    from members
    group by measure_code, area_code, year_end, known_on
)

select
    members.measure_code,  -- IN.11 to IN.13
    members.area_code,  -- district or Greater Manchester
    'year to ' || strftime(members.year_end - interval 1 day, '%b %Y') as period_label,  -- rolling year
    cast(members.year_end - interval 12 month as date) as period_start,  -- first day of the first wave
    members.year_end as period_end,  -- first day after the last wave
    'rolling' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- a mean of what was surveyed
    agreement.component,  -- strongly agree, tend to agree, or total for both
    'part' as role,  -- each wave's figure is a part of the mean
    agreement.respondents_pct as amount,  -- respondents, per cent
    cast(0.25 as decimal(10, 4)) as factor,  -- mean of four
    'exact' as qualifier,  -- no figure of this source is approximate
    'value' as availability,  -- only whole years are here
    'mean of four waves' as note,  -- how the figure is come by
    members.known_on as as_at,  -- day on which these four editions were known
    days.superseded_on,  -- first day on which another four count
    'four waves as known on ' || members.known_on as edition,  -- edition: the four waves as known on a day
    agreement.workbook,  -- file name
    agreement.workbook_sha256,  -- SHA-256 of the file
    agreement.sheet,  -- sheet
    agreement.cell,  -- address of the cell
    agreement.cell_text  -- text of the cell
from members
inner join days using (measure_code, area_code, year_end, known_on)
inner join agreement using (measure_code, area_code, workbook_sha256, as_at)
where days.wave_count = 4
