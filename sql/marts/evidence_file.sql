-- Every workbook that was ever received: who sent it, what became of it, and which areas and themes it is about.
-- grain: workbook
-- key: source, workbook, workbook_sha256
with
receipts as (
    select
        source,
        workbook,
        workbook_sha256,
        min(received_on) over file as received_on,
        min(as_at) over file as as_at,
        superseded_on,
        outcome,
        reason,
        period_label,
        rows_read,
        rows_loaded,
    from staged.receipt
    window file as (partition by source, workbook, workbook_sha256)
    -- one that counts again, or was corrected later, has several rows
    qualify row_number() over (partition by source, workbook, workbook_sha256 order by as_at desc, outcome asc, corrections asc) = 1
),

sources as (
    select
        source,
        title,
        owner,
    from staged.source
),

authority as (
    select min(area_name) as area_name
    from marts.area
    where is_authority
),

figures as (
    select distinct
        origin.workbook,
        origin.workbook_sha256,
        area.area_name,
        measure.priority,
    from marts.observation_origin as origin
    inner join marts.observation on origin.origin_id = observation.origin_id
    left join marts.area on observation.area_code = area.area_code
    left join marts.measure on observation.measure_code = measure.measure_code
),

themes as (
    select
        workbook,
        workbook_sha256,
        priority as theme,
    from figures
    where priority is not null
    union
    select
        commentary.workbook,
        commentary.workbook_sha256,
        measure.priority as theme,
    from marts.commentary
    inner join marts.measure on commentary.measure_code = measure.measure_code
    union
    select
        workbook,
        workbook_sha256,
        objective_number || '. ' || objective as theme,
    from marts.action
),

areas as (
    select
        workbook,
        workbook_sha256,
        string_agg(distinct area_name, '; ' order by area_name) as areas,
    from figures
    group by workbook, workbook_sha256
),

joined_themes as (
    select
        workbook,
        workbook_sha256,
        string_agg(theme, '; ' order by theme) as themes,
    from themes
    group by workbook, workbook_sha256
)

select
    receipts.source,  -- source that it is from
    receipts.workbook,  -- file name
    receipts.workbook_sha256,  -- SHA-256 of the file's bytes
    sources.title as source_title,  -- title of the source
    sources.owner,  -- who supplies it
    receipts.period_label,  -- period that it is of
    receipts.received_on,  -- day of its receipt
    receipts.as_at,  -- first day on which it counted
    receipts.superseded_on,  -- first day on which it no longer counted
    receipts.outcome,  -- what became of it
    receipts.reason,  -- why it is not loaded
    receipts.rows_read,  -- non-blank rows of all sheets
    receipts.rows_loaded,  -- rows whose figures are in the warehouse
    coalesce(areas.areas, authority.area_name) as areas,  -- areas of its figures, else the authority
    joined_themes.themes  -- priorities and objectives that it is about; null where it is about none of its own
from receipts
cross join authority
left join sources on receipts.source = sources.source
left join areas on receipts.workbook_sha256 = areas.workbook_sha256 and receipts.workbook = areas.workbook
left join joined_themes on receipts.workbook_sha256 = joined_themes.workbook_sha256 and receipts.workbook = joined_themes.workbook
