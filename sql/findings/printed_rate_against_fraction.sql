-- Printed rates that the fraction in brackets behind them does not give, as far as the rate is printed.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
cells as (
    select
        measure_code,
        column_year,
        printed_column,
        printed_text,
        workbook,
        sheet,
        cell,
        max(printed_value) filter (where role = 'value') as rate,
        max(rounds_to) filter (where role = 'value') as rounds_to,
        max(printed_value) filter (where role = 'numerator') as part,
        max(printed_value) filter (where role = 'denominator') as whole,
    from marts.printed_figure
    where superseded_on is null
    group by measure_code, column_year, printed_column, printed_text, workbook, sheet, cell
),

quotients as (
    select
        cells.*,
        divided(part * 100, whole) as quotient,
    from cells
    where part is not null
)

select
    'printed_rate_against_fraction' as check_name,  -- what was checked
    coalesce(measure_code, 'a measure without code') || ', ' || column_year as subject,  -- what the finding is about
    printed_text as published,  -- what was supplied
    coalesce(shown(quotient) || '%', 'nothing to divide by') as recomputed,  -- what it should be, where that can be computed
    cast(quotient - rate as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    shown(part) || ' of ' || shown(whole)
    || case
        when quotient is null then ' is no share of anything.'
        when quotient > rate and quotient < rate + rounds_to
            then
                ' is ' || shown(quotient) || '%: the printed rate was truncated, not rounded. Rounded it is '
                || shown(round(divided(quotient, rounds_to), 0) * rounds_to) || '%.'
        else ' is ' || shown(quotient) || '%: one of the three figures is wrong.'
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from quotients
where coalesce(abs(quotient - rate) * 2 > rounds_to, true)
