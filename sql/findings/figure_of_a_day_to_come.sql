-- Figures of what had not begun on the day of receipt: a month or a year that was mistyped, in a row or in a file's name. What
-- is forecast may be of any day.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
figures as (
    select
        observation.measure_code,
        observation.period_label,
        observation.period_start,
        observation.as_at,
        origin.workbook,
        origin.sheet,
        origin.cell,
        origin.cell_text,
    from marts.observation
    inner join marts.observation_origin as origin on observation.origin_id = origin.origin_id
    where
        observation.superseded_on is null
        and observation.value_kind <> 'forecast'
        and observation.period_start > observation.as_at
    qualify row_number() over (
        partition by observation.measure_code, observation.period_label, origin.workbook
        order by observation.component <> 'total' asc, origin.sheet asc, length(origin.cell) asc, origin.cell asc
    ) = 1
)

select
    'figure_of_a_day_to_come' as check_name,  -- what was checked
    measure_code || ', ' || period_label as subject,  -- what the finding is about
    cell_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'It is said to be of ' || period_label || ', and was received on ' || strftime(as_at, '%d/%m/%Y')
    || ', before that began. Mend the period in the row of this cell, in the sheet''s title or in the file''s name.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from figures
