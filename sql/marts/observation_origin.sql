-- For every observation, the cells that it rests on: the one that holds it, or all parts that reproduce it.
-- grain: observation x cell
-- key: origin_id, role, workbook_sha256, sheet, cell
with
figures as (
    select
        measure_code,
        area_code,
        period_label,
        value_kind,
        component,
        edition,
        role,
        amount,
        factor,
        workbook,
        sheet,
        cell,
        cell_text,
        workbook_sha256,
    from measures.figure
    where cell is not null
)

select
    md5(concat_ws('|', measure_code, area_code, period_label, component, value_kind, edition)) as origin_id,  -- observation that the cell is an origin of
    role,  -- value: the cell holds the figure; numerator, denominator or part: it is computed from them
    amount,  -- what the cell contributes, in the unit of its role
    factor,  -- value = sum of amount x factor over values and parts, or factor x numerators / denominators
    workbook,  -- file name
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text,  -- text of the cell as supplied
    workbook_sha256  -- SHA-256 of the file
from figures
