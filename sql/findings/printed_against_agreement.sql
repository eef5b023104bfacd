-- Printed targets, and printed words for what is good, that are not those of the agreement.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
cells as (
    select
        measure_code,
        report_quarter,
        printed_column,
        printed_text,
        case lower(printed_text)
            when 'tbc' then 'to_be_confirmed' when 'n/a' then 'none'
            when 'aim to maximise' then 'maximise' when 'aim to minimise' then 'minimise'
        end as target_type,
        figures[1].value as printed_value,
        figures[1].rounds_to as rounds_to,
        as_at,
        workbook,
        sheet,
        cell,
    from staging.published_report_cell
    where printed_column in ('target', 'good_performance') and superseded_on is null
),

agreed as (
    select
        measure_code,
        agreement_year,
        target_type,
        target_value,
        target_text,
        is_contextual,
        case polarity when 'high' then 'High' when 'low' then 'Low' end as good,
        workbook as agreement,
        target_cell,
        as_at,
        superseded_on,
    from staging.portfolio_agreement_measure
),

compared as (
    select
        cells.*,
        agreed.target_value,
        agreed.agreement,
        case cells.printed_column when 'target' then agreed.target_text else coalesce(agreed.good, 'not stated') end as in_agreement,
        case cells.printed_column
            when 'good_performance' then 'the word for good performance' else 'the target'
        end as what,
        case
            when cells.printed_column = 'good_performance'
                then cells.printed_text = coalesce(agreed.good, case when cells.printed_text in ('High', 'Low') then 'not stated' else cells.printed_text end)
            when agreed.target_type = 'numeric' then abs(cells.printed_value - agreed.target_value) * 2 <= cells.rounds_to
            else coalesce(cells.target_type = agreed.target_type, false)
        end as agrees,
    from cells
    inner join agreed
        on
            cells.measure_code = agreed.measure_code
            and substr(cells.report_quarter, 1, 7) = agreed.agreement_year
            and agreed.as_at <= cells.as_at
            and coalesce(cells.as_at < agreed.superseded_on, true)
)

select
    'printed_against_agreement' as check_name,  -- what was checked
    measure_code || ', ' || what as subject,  -- what the finding is about
    printed_text as published,  -- what was supplied
    in_agreement as recomputed,  -- what it should be, where that can be computed
    cast(case when printed_column = 'target' then target_value - printed_value end as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    'The report prints ' || printed_text || ', the agreement (' || agreement || ') says ' || in_agreement || '.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from compared
where not coalesce(agrees, false)
