-- Workbooks that count people, in any figure that could be public.
-- grain: workbook
-- key: workbook_sha256
with
counts as (
    select
        table_name,
        figure_key,
    from marts.disclosure_count
),

origins as (
    select
        origin_id,
        workbook_sha256,
    from marts.observation_origin
)

select origins.workbook_sha256  -- SHA-256 of the file
from counts
inner join origins on counts.table_name = 'observation' and counts.figure_key = origins.origin_id
union
select left(figure_key, position('|' in figure_key) - 1) as workbook_sha256
from counts
where table_name <> 'observation'
