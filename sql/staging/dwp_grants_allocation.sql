-- Allocations of DWP grants and the months that they are for.
-- grain: edition x scheme x months
-- key: workbook_sha256, as_at, scheme, period_start
with
allocations as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        scheme,
        funder,
        allocation,
        allocation_cell,
        allocation_text,
        national_total,
        cast(strptime('1 ' || substr(months, 1, 8), '%d %b %Y') as date) as first_month,
        cast(strptime('1 ' || substr(months, 12, 8), '%d %b %Y') as date) as last_month,
    from staged.dwp_grants_allocations
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'dwp_grants'
)

select
    allocations.period_label as edition_period,  -- quarter up to whose end the edition goes
    allocations.scheme,  -- grant scheme
    allocations.funder,  -- who pays the grant
    allocations.first_month as period_start,  -- first day that the allocation is for
    cast(allocations.last_month + interval 1 month as date) as period_end,  -- first day after it
    allocations.allocation as allocation_pounds,  -- allocated to the council, pounds
    allocations.national_total as national_total_pounds,  -- allocated nationally, pounds
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    allocations.workbook,  -- file name
    allocations.workbook_sha256,  -- SHA-256 of the file
    allocations.sheet,  -- sheet
    allocations.allocation_cell as cell,  -- address of the allocation
    allocations.allocation_text as cell_text  -- allocation as supplied
from allocations
inner join editions
    on
        allocations.workbook_sha256 = editions.workbook_sha256
        and allocations.workbook = editions.workbook
        and allocations.corrections is not distinct from editions.corrections
