-- Measures of the agreement that its year's printed report leaves out, and printed ones that the agreement does not list.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
printed as (
    select
        substr(report_quarter, 1, 7) as agreement_year,
        measure_code,
        measure_name,
        as_at,
        workbook,
        sheet,
        min_by(cell, length(cell) * 100 + ascii(cell)) as cell,
    from staging.published_report_cell
    where superseded_on is null
    group by report_quarter, measure_code, measure_name, as_at, workbook, sheet
),

agreed as (
    select
        agreement_year,
        measure_code,
        measure_name,
        workbook,
        sheet,
        target_cell as cell,
    from staging.portfolio_agreement_measure
    where superseded_on is null
),

unmatched as (
    select
        agreed.measure_name,
        agreed.measure_code,
        'The agreement lists it, and the report of its year does not print it.' as explanation,
        agreed.workbook,
        agreed.sheet,
        agreed.cell,
    from agreed
    anti join printed on agreed.agreement_year = printed.agreement_year and agreed.measure_code = printed.measure_code
    where agreed.agreement_year in (select reported.agreement_year from printed as reported)
    union all
    select
        printed.measure_name,
        printed.measure_code,
        'The report prints it, and the agreement of its year lists no measure of that code or name.' as explanation,
        printed.workbook,
        printed.sheet,
        printed.cell,
    from printed
    anti join agreed on printed.agreement_year = agreed.agreement_year and printed.measure_code = agreed.measure_code
    where printed.agreement_year in (select listed.agreement_year from agreed as listed)
)

select
    'printed_measures' as check_name,  -- what was checked
    coalesce(measure_code || ', ', '') || measure_name as subject,  -- what the finding is about
    cast(null as varchar) as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- nothing is subtracted
    'warn' as severity,  -- fail or warn
    explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from unmatched
