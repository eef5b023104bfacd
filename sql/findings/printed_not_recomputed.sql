-- Printed figures that the workbooks did not give on the day of publication, as far as they are printed. Two that would
-- agree if they were swapped, and rates that their own fraction contradicts, are findings of their own.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
compared as (
    select
        measure_code,
        printed_column,
        column_year,
        period_label,
        role,
        component,
        printed_value,
        unit,
        rounds_to,
        recomputed,
        agrees,
        is_cut_off,
        printed_text,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        sum(case when role in ('numerator', 'denominator') and agrees then 1 else 0 end) over (
            partition by workbook_sha256, cell
        ) as counts_that_agree,
        max(case when role = 'value' then printed_value end) over (partition by workbook_sha256, cell) as rate,
        max(case when role = 'value' then rounds_to end) over (partition by workbook_sha256, cell) as rate_rounds_to,
    from marts.printed_recomputed
    where superseded_on is null
),

swapped as (
    select
        workbook_sha256,
        cell,
        other_cell,
    from marts.printed_swap
),

-- what a printed rate would be a rate of, with the wrong count
other_wholes as (
    select
        compared.workbook_sha256,
        compared.cell,
        string_agg(distinct format('{:,}', cast(observation.denominator as bigint)) || ' (of ' || observation.measure_code || ')', ', ') as in_words,
    from compared
    inner join marts.observation
        on
            compared.period_label = observation.period_label
            and compared.measure_code <> observation.measure_code
            and abs(divided(compared.printed_value * 100, observation.denominator) - compared.rate) * 2 <= compared.rate_rounds_to
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where compared.role = 'count' and not compared.agrees and compared.unit = '' and observation.superseded_on is null
    group by compared.workbook_sha256, compared.cell
)

select
    'printed_not_recomputed' as check_name,  -- what was checked
    compared.measure_code || ', ' || compared.period_label || ', '
    || case compared.role when 'component' then compared.component when 'count' then 'number in brackets' else compared.role end as subject,  -- what the finding is about
    compared.printed_text as published,  -- what was supplied
    cast(round(compared.recomputed, 2) as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(compared.recomputed - compared.printed_value as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    'x' as explanation,  -- what it means
    compared.workbook,  -- file name
    compared.sheet,  -- sheet
    compared.cell  -- address of the cell
from compared
