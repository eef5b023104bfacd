-- Texts of the services, a row for each of the measures that a text is about.
-- grain: edition x text x measure
-- key: workbook_sha256, as_at, row_number, measure_code
with
texts as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        unnest(regexp_split_to_array(upper(measure_codes), '\s*[;,]\s*')) as measure_code,
        kind,
        commentary,
        commentary_cell,
        override_status,
        override_reason,
        author,
        approved_on,
    from staged.commentary_texts
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'commentary'
)

select distinct
    texts.measure_code,  -- code as supplied, in capitals
    texts.period_label as report_quarter,  -- quarter that the text is about
    lower(texts.kind) as kind,  -- highlight, exception or note
    texts.commentary,  -- the text
    texts.commentary_cell,  -- address of the text
    texts.override_status,  -- R, A or G that a person puts in the place of the computed status; null where nobody does
    texts.override_reason,  -- why
    texts.author,  -- service that wrote the text
    texts.approved_on,  -- day on which it was approved
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    texts.workbook,  -- file name
    texts.workbook_sha256,  -- SHA-256 of the file
    texts.sheet,  -- sheet
    texts.row_number,  -- row of the sheet
    'A' || texts.row_number as cell  -- first cell of the row
from texts
inner join editions
    on
        texts.workbook_sha256 = editions.workbook_sha256
        and texts.workbook = editions.workbook
        and texts.corrections is not distinct from editions.corrections
