-- The bridge from the cash limit as reported before to the cash limit now, line by line, each with its cell.
-- grain: edition x line
-- key: edition_period, as_at, workbook_sha256, line_number
with
limits as (
    select
        edition_period,
        budget_line,
        previously_reported_pounds,
        previously_reported_cell,
        previously_reported_text,
        budget_pounds,
        budget_cell,
        budget_text,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
        superseded_on,
    from staging.finance_cash_limit
),

changes as (
    select
        edition_period,
        change_description,
        change_pounds,
        change_cell,
        change_text,
        workbook,
        workbook_sha256,
        sheet,
        row_number,
        as_at,
        superseded_on,
    from staging.finance_budget_change
),

lines as (
    select
        'previously_reported' as line_kind,
        1 as place,
        budget_line as description,
        previously_reported_pounds as amount_pounds,
        previously_reported_cell as cell,
        previously_reported_text as cell_text,
        0 as row_number,
        edition_period,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
        superseded_on,
    from limits
    union all
    select
        'change' as line_kind,
        2 as place,
        change_description as description,
        change_pounds as amount_pounds,
        change_cell as cell,
        change_text as cell_text,
        row_number,
        edition_period,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
        superseded_on,
    from changes
    union all
    select
        'budget' as line_kind,
        3 as place,
        budget_line as description,
        budget_pounds as amount_pounds,
        budget_cell as cell,
        budget_text as cell_text,
        0 as row_number,
        edition_period,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
        superseded_on,
    from limits
)

select
    edition_period,  -- quarter of the report
    row_number() over bridge as line_number,  -- order of the lines
    line_kind,  -- previously_reported, change or budget
    description,  -- budget line, or why the budget has changed
    cast(amount_pounds as decimal(28, 2)) as amount_pounds,  -- budget, or its change, pounds
    cast(sum(case when line_kind = 'budget' then 0 else amount_pounds end) over bridge as decimal(28, 2)) as running_pounds,  -- previous budget and all changes up to this line, pounds
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell as supplied
from lines
window bridge as (
    partition by edition_period, workbook, workbook_sha256, as_at
    order by place, row_number, description rows unbounded preceding
)
