-- For every observation, the cells that it rests on, as the public may see them: every address, and what stands in the cell
-- unless it is a suppressed count of people, or one of several that such a count is the sum of (single courses, payments).
-- grain: observation x cell
-- key: origin_id, role, workbook_sha256, sheet, cell
with
origins as (
    select
        origin_id,
        role,
        amount,
        factor,
        workbook,
        sheet,
        cell,
        cell_text,
        workbook_sha256,
        case when role = 'part' then 'value' else role end as figure,
    from marts.observation_origin
),

counts as (
    select
        counts.figure_key as origin_id,
        counts.figure,
        counts.cell_count > 1 or withheld.count_id is not null as hides_cell,
    from marts.disclosure_count as counts
    left join marts.disclosure_withheld as withheld on counts.count_id = withheld.count_id
    where counts.table_name = 'observation'
)

select
    origins.origin_id,  -- observation that the cell is an origin of
    origins.role,  -- value: the cell holds the figure; numerator, denominator or part: it is computed from them
    case when counts.hides_cell then null else origins.amount end as amount,  -- what the cell contributes, in the unit of its role; null where it counts few people or single groups
    origins.factor,  -- value = sum of amount x factor over values and parts, or factor x numerators / denominators
    origins.workbook,  -- file name
    origins.sheet,  -- sheet
    origins.cell,  -- address of the cell
    case when counts.hides_cell then '[c]' else origins.cell_text end as cell_text,  -- text of the cell as supplied; [c] where it is confidential
    origins.workbook_sha256  -- SHA-256 of the file
from origins
left join counts on origins.origin_id = counts.origin_id and origins.figure = counts.figure
