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
        period_end as edition_end,
        scheme,
        funder,
        allocation,
        allocation_qualifier,
        allocation_availability,
        allocation_cell,
        allocation_text,
        national_total,
        national_total_qualifier,
        national_total_cell,
        national_total_text,
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
    allocations.edition_end,  -- first day after that quarter
    allocations.scheme,  -- grant scheme
    allocations.funder,  -- who pays the grant
    allocations.first_month as period_start,  -- first day that the allocation is for
    cast(allocations.last_month + interval 1 month as date) as period_end,  -- first day after it
    allocations.allocation as allocation_pounds,  -- allocated to the council, pounds
    allocations.allocation_qualifier,  -- exact, about, at_least or over
    allocations.allocation_availability,  -- value, or why there is none
    allocations.national_total as national_total_pounds,  -- allocated nationally, pounds
    allocations.national_total_qualifier,  -- exact, about, at_least or over
    allocations.national_total_cell,  -- address of the national total
    allocations.national_total_text,  -- national total as supplied
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
