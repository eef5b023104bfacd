-- DWP grants allocated, and the debt that recipients report as cleared, as the workbook states them.
-- grain: measure x months x component x edition x cell
-- key: measure_code, period_label, component, edition, cell
with
allocations as (
    select
        scheme,
        period_start,
        period_end,
        allocation_pounds,
        allocation_qualifier,
        allocation_availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.dwp_grants_allocation
),

outcomes as (
    select
        recipient,
        outcome_pounds,
        outcome_availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
        make_date(cast(substr(edition_period, 1, 4) as integer), 4, 1) as period_start,
        cast(substr(edition_period, 10, 1) as integer) * 3 as months,
    from staging.dwp_grants_outcome
),

stated as (
    select
        'GRANT.3' as measure_code,
        scheme as component,
        period_start,
        period_end,
        allocation_pounds as amount,
        allocation_qualifier as qualifier,
        allocation_availability as availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from allocations
    union all
    select
        'GRANT.4' as measure_code,
        recipient as component,
        period_start,
        cast(period_start + to_months(months) as date) as period_end,
        outcome_pounds as amount,
        'exact' as qualifier,
        outcome_availability as availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from outcomes
)

select
    measure_code,  -- GRANT.3 allocated, GRANT.4 debt cleared
    (select area_code from staging.authority) as area_code,  -- the authority
    case
        when year(period_start) = year(period_end - interval 1 day) then strftime(period_start, '%b')
        else strftime(period_start, '%b %Y')
    end || '-' || strftime(period_end - interval 1 day, '%b %Y') as period_label,  -- first and last month
    period_start,  -- first day of those months
    period_end,  -- first day after them
    'months' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as stated
    component,  -- scheme, or recipient
    'value' as role,  -- the figure stands in one cell
    amount,  -- pounds
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    qualifier,  -- exact, or what the workbook says of an allocation: about, at_least or over
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
from stated
