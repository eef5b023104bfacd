-- The figures of the printed claims, each with the measures that it is about by the codes or words of the claim.
-- grain: edition x claim x figure x measure
-- key: workbook_sha256, as_at, claimed_cell, stands_as, place, measure_code
with
claims as (
    select
        report_quarter,
        place,
        claim,
        claim_figures,
        claim_cell,
        printed_text,
        figures,
        claimed_cell,
        about,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        regexp_matches(lower(claim), '\b(fewer|less|decreas\w*|fall\w*|fell|down)\b') as is_decrease,
        regexp_matches(lower(claim), '\b(fewer|less|more|change\w*|increas\w*|decreas\w*|ris\w*|rose|fall\w*|fell)\b') as is_change,
        case
            when regexp_full_match(about, 'IN\.\d+ ?- ?IN\.\d+')
                then list_transform(
                    generate_series(
                        cast(regexp_extract(about, 'IN\.(\d+)', 1) as integer),
                        cast(regexp_extract(about, '- ?IN\.(\d+)', 1) as integer)
                    ),
                    lambda number: 'IN.' || number
                )
            else regexp_extract_all(about, '[A-Z]+\.N?\d+(?:\.\d+)?')
        end as codes,
    from staging.published_report_claim
),

figures as (
    select
        claims.*,
        claimed_cell as cell,
        unnest(figures) as figure,
        generate_subscripts(figures, 1) as figure_place,
    from claims
    union all
    select
        claims.*,
        claim_cell as cell,
        unnest(claim_figures) as figure,
        generate_subscripts(claim_figures, 1) as figure_place,
    from claims
),

words as (
    select
        source,
        words,
        stands_as,
        measure_code,
    from staging.claim_word
),

meant as (
    select
        figures.*,
        unnest(codes) as measure_code,
    from figures
    where len(codes) > 0
    union all
    select
        figures.*,
        words.measure_code,
    from figures
    left join words
        on
            figures.about = words.source
            and contains(lower(figures.claim), words.words)
            and figures.figure.role = words.stands_as
    where len(codes) = 0
)

select distinct
    report_quarter,  -- last quarter that the report is about
    place as section,  -- section of the report
    claim,  -- what is claimed, in words
    about,  -- measures or source that the claim names
    coalesce(measure_code, 'not known') as measure_code,  -- measure that it is about; not known where no word says so
    printed_text,  -- the claimed figure as printed
    figure_place as place,  -- place of this figure in its cell, from 1
    figure.role as stands_as,  -- value, share (in brackets), or mentioned (in the words of the claim)
    figure.value as printed_value,  -- this figure
    figure.unit,  -- %, £ or empty for a number
    figure.rounds_to,  -- least step that it can show
    is_change,  -- whether a change is claimed, from one year to the next
    is_decrease,  -- whether the words say that something became less
    as_at,  -- day of publication
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    claimed_cell,  -- address of the claimed figure
    cell  -- address of this figure
from meant
