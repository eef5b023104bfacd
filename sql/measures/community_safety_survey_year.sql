-- Mean of four consecutive waves, for every day on which a new edition of one of them changed it. Fewer waves: no value.
-- grain: measure x area x rolling year x component x edition x cell
-- key: measure_code, area_code, period_label, component, edition, workbook_sha256, cell
with
responses as (
    select
        measure_code,
        area_code,
        response,
        respondents_pct,
        availability,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.community_safety_survey_response
    where response in ('Strongly agree', 'Tend to agree') and availability = 'value'
),

components as (
    select
        response,
        component,
    from (
        values
        ('Strongly agree', 'strongly agree'),
        ('Tend to agree', 'tend to agree'),
        ('Strongly agree', 'total'),
        ('Tend to agree', 'total')
    ) as listed (response, component)
),

-- a question that an area answered in a wave, by edition
waves as (
    select distinct
        measure_code,
        area_code,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook_sha256,
    from responses
),

years as (
    select distinct
        measure_code,
        area_code,
        period_end as year_end,
        cast(period_end - interval 12 month as date) as year_start,
    from waves
),

known_days as (
    select distinct
        years.measure_code,
        years.area_code,
        years.year_start,
        years.year_end,
        waves.as_at as known_on,
    from years
    inner join waves
        on
            years.measure_code = waves.measure_code
            and years.area_code = waves.area_code
            and waves.period_start >= years.year_start
            and waves.period_end <= years.year_end
),

members as (
    select
        known_days.*,
        waves.workbook_sha256,
        waves.as_at,
        waves.period_start,
        count(*) over (
            partition by known_days.measure_code, known_days.area_code, known_days.year_end, known_days.known_on
        ) as wave_count,
    from known_days
    inner join waves
        on
            known_days.measure_code = waves.measure_code
            and known_days.area_code = waves.area_code
            and waves.period_start >= known_days.year_start
            and waves.period_end <= known_days.year_end
            and waves.as_at <= known_days.known_on
            and coalesce(known_days.known_on < waves.superseded_on, true)
),

complete_days as (
    select
        measure_code,
        area_code,
        year_end,
        known_on,
        lead(known_on) over (partition by measure_code, area_code, year_end order by known_on) as superseded_on,
    from (select distinct measure_code, area_code, year_end, known_on from members where wave_count = 4) as days
)

select
    members.measure_code,  -- IN.11 to IN.13
    members.area_code,  -- district or Greater Manchester
    'year to ' || strftime(members.year_end - interval 1 day, '%b %Y') as period_label,  -- rolling year
    members.year_start as period_start,  -- first day of the first wave
    members.year_end as period_end,  -- first day after the last wave
    'rolling' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- a mean of what was surveyed
    components.component,  -- strongly agree, tend to agree, or total for both
    'part' as role,  -- each wave's figure is a part of the mean
    responses.respondents_pct as amount,  -- respondents, per cent
    cast(0.25 as decimal(10, 4)) as factor,  -- mean of four
    'exact' as qualifier,  -- no figure of this source is approximate
    'value' as availability,  -- only whole years are here
    'mean of four waves' as note,  -- how the figure is come by
    members.known_on as as_at,  -- day on which these four editions were known
    complete_days.superseded_on,  -- first day on which another four count
    'four waves as known on ' || members.known_on as edition,  -- edition: the four waves as known on a day
    responses.workbook,  -- file name
    responses.workbook_sha256,  -- SHA-256 of the file
    responses.sheet,  -- sheet
    responses.cell,  -- address of the cell
    responses.cell_text  -- text of the cell
from members
inner join complete_days using (measure_code, area_code, year_end, known_on)
inner join responses
    on
        members.measure_code = responses.measure_code
        and members.area_code = responses.area_code
        and members.workbook_sha256 = responses.workbook_sha256
        and members.as_at = responses.as_at
inner join components on responses.response = components.response
