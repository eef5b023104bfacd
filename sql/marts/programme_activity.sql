-- What the programmes have done, as it may be printed: a lower bound is printed as one and must not be added up.
-- grain: edition x programme x item
-- key: edition_period, as_at, workbook_sha256, programme, item
with
items as (
    select
        measure_code,
        edition_period,
        programme,
        item,
        period_label,
        period_start,
        period_end,
        unit,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.programme_activity_item
),

observations as (
    select
        measure_code,
        period_label,
        value,
        value_qualifier,
        availability,
        note,
        edition,
        origin_id,
    from marts.observation
)

select
    items.edition_period,  -- quarter of the edition
    items.programme,  -- programme
    items.item,  -- what is counted
    items.measure_code,  -- code of the item among the observations
    items.period_label,  -- month or quarter that it was so in
    items.period_start,  -- first day of it
    items.period_end,  -- first day after it
    observations.value,  -- number or pounds; the bound itself where value_qualifier is at_least or over
    items.unit,  -- £, % or empty for a number
    observations.value_qualifier,  -- exact, about, at_least or over
    observations.availability,  -- value, or why there is none
    case observations.value_qualifier when 'at_least' then 'at least ' when 'over' then 'over ' when 'about' then 'about ' else '' end
    || case items.unit
        when '£' then in_pounds(observations.value)
        else with_commas(observations.value) || items.unit
    end as printed,  -- the figure as it may be printed, such as over £374,650; null where it is not available
    observations.note,  -- what should be known beside the figure
    items.as_at,  -- day on which the edition became known
    items.superseded_on,  -- first day on which a later edition counts; null while it counts
    items.workbook,  -- file name
    items.workbook_sha256,  -- SHA-256 of the file
    items.sheet,  -- sheet
    items.cell,  -- address of the cell
    items.cell_text,  -- text of the cell as supplied
    observations.origin_id  -- key of the cell in observation_origin
from items
inner join observations
    on
        items.measure_code = observations.measure_code
        and items.period_label = observations.period_label
        and items.workbook_sha256 || ' of ' || items.as_at = observations.edition
