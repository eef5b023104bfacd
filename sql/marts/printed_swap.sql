-- Pairs of printed figures of one column that disagree with the workbooks as they stand, and would agree if they were swapped.
-- grain: edition x pair of printed figures
-- key: workbook_sha256, as_at, cell, place, other_cell, other_place
with
disagreeing as (
    select
        measure_code,
        printed_column,
        period_label,
        place,
        role,
        printed_value,
        unit,
        rounds_to,
        recomputed,
        printed_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from marts.printed_recomputed
    where not agrees
)

select
    one.measure_code,  -- code of the first measure
    other.measure_code as other_measure_code,  -- code of the second
    one.period_label,  -- period that the first figure is of
    one.place,  -- place of the first figure in its cell
    one.printed_value,  -- the first as printed
    other.printed_value as other_printed_value,  -- the second as printed
    one.recomputed,  -- what the workbooks give for the first
    other.recomputed as other_recomputed,  -- what they give for the second
    one.unit,  -- %, £ or empty for a number
    one.printed_text,  -- the first cell as printed
    other.printed_text as other_printed_text,  -- the second cell as printed
    one.as_at,  -- day of publication
    one.superseded_on,  -- first day on which a later edition counts; null while it counts
    one.workbook,  -- file name
    one.workbook_sha256,  -- SHA-256 of the file
    one.sheet,  -- sheet
    one.cell,  -- address of the first cell
    other.cell as other_cell,  -- address of the second
    other.place as other_place  -- place of the second figure in its cell
from disagreeing as one
inner join disagreeing as other
    on
        one.workbook_sha256 = other.workbook_sha256
        and one.as_at = other.as_at
        and one.printed_column = other.printed_column
        and one.role = other.role
        and one.unit = other.unit
        and one.printed_value <> other.printed_value
        and (one.cell < other.cell or (one.cell = other.cell and one.place < other.place))
        and abs(other.recomputed - one.printed_value) * 2 <= one.rounds_to
        and abs(one.recomputed - other.printed_value) * 2 <= other.rounds_to
