-- Collaboration events, counted where the return lists them, else as stated; funding secured, organisations engaged and
-- community networks as stated. Quarters stand each for itself: which of them may be added the rules of rating say.
-- grain: measure x period x component x edition x cell
-- key: measure_code, period_label, component, edition, cell
with
statements as (
    select
        measure_code,
        period_label,
        period_start,
        period_end,
        amount,
        availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.sector_support_statement
),

events as (
    select
        period_label,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        event_cell,
        event,
        unnest(['total', event]) as component,
    from staging.sector_support_event
),

parts as (
    select
        'IN.2' as measure_code,
        period_label,
        period_start,
        period_end,
        component,
        'part' as role,
        1 as amount,
        'value' as availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        event_cell as cell,
        event as cell_text,
    from events
    union all
    select
        statements.measure_code,
        statements.period_label,
        statements.period_start,
        statements.period_end,
        'total' as component,
        'value' as role,
        statements.amount,
        statements.availability,
        statements.as_at,
        statements.superseded_on,
        statements.workbook,
        statements.workbook_sha256,
        statements.sheet,
        statements.cell,
        statements.cell_text,
    from statements
    where
        statements.measure_code <> 'IN.2'
        or not exists (
            select events.event
            from events
            where events.workbook_sha256 = statements.workbook_sha256 and events.workbook = statements.workbook
        )
)

select
    measure_code,  -- IN.2 events, IN.3 funding, else that of community networks or of organisations engaged
    (select area_code from staging.authority) as area_code,  -- the authority
    period_label,  -- quarter, or financial year
    period_start,  -- first day of the period
    period_end,  -- first day after it
    case when period_label like '%-Q_' then 'quarter' else 'financial' end as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as counted or stated
    component,  -- total, or a kind of event
    role,  -- part: each event listed is one of them; value: the figure stands in one cell
    cast(amount as decimal(28, 6)) as amount,  -- pounds, or a number
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    'exact' as qualifier,  -- no figure of this source is approximate
    availability,  -- value, or why there is none
    cast(null as varchar) as note,  -- none
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from parts
