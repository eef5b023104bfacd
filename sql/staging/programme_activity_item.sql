-- What the programmes have done, by item, with the month or quarter that it was so in. Every item is a measure of its own.
-- grain: edition x programme x item
-- key: workbook_sha256, as_at, programme, item
with
activity as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        programme,
        item,
        activity,
        activity_unit,
        activity_qualifier,
        activity_availability,
        activity_note,
        activity_cell,
        activity_text,
        as_of,
        as_of like 'Q%' as is_quarter,
    from staged.programme_activity_activity
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'programme_activity'
),

dated as (
    select
        activity.*,
        case
            when is_quarter
                then make_date(
                    cast(substr(as_of, 4, 4) as integer) + if(substr(as_of, 2, 1) = '4', 1, 0),
                    (cast(substr(as_of, 2, 1) as integer) * 3) % 12 + 1,
                    1
                )
            else cast(strptime('1 ' || as_of, '%d %b %Y') as date)
        end as period_start,
    from activity
)

select
    'ACTIVITY.' || trim(regexp_replace(upper(dated.programme || '.' || dated.item), '[^A-Z0-9.]+', '_', 'g'), '_') as measure_code,  -- code of the measure, such as ACTIVITY.RESETTLEMENT.AFGHAN_EVACUEES_ARRIVED
    dated.period_label as edition_period,  -- quarter of the edition
    dated.programme,  -- programme
    dated.item,  -- what is counted
    case
        when dated.is_quarter then substr(dated.as_of, 4, 4) || '-' || substr(dated.as_of, 9, 2) || '-' || substr(dated.as_of, 1, 2)
        else strftime(dated.period_start, '%Y-%m')
    end as period_label,  -- month or quarter that it was so in
    dated.period_start,  -- first day of it
    cast(dated.period_start + to_months(case when dated.is_quarter then 3 else 1 end) as date) as period_end,  -- first day after it
    case when dated.is_quarter then 'quarter' else 'snapshot' end as year_type,  -- quarter, or snapshot for a month
    dated.activity as amount,  -- number or pounds; the bound itself where it is one
    dated.activity_unit as unit,  -- £, % or empty for a number
    dated.activity_qualifier as qualifier,  -- exact, about, at_least or over
    dated.activity_availability as availability,  -- value, or why there is none
    dated.activity_note as note,  -- footnote beside the figure
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    dated.workbook,  -- file name
    dated.workbook_sha256,  -- SHA-256 of the file
    dated.sheet,  -- sheet
    dated.activity_cell as cell,  -- address of the cell
    dated.activity_text as cell_text  -- text of the cell
from dated
inner join editions
    on
        dated.workbook_sha256 = editions.workbook_sha256
        and dated.workbook = editions.workbook
        and dated.corrections is not distinct from editions.corrections
