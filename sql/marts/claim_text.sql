-- The figures of the printed claims, each with the words that it stands in and the codes that its claim names.
-- grain: edition x claim x figure
-- key: workbook_sha256, as_at, claimed_cell, stands_as, place
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
)

select distinct
    report_quarter,  -- last quarter that the report is about
    place as section,  -- section of the report
    claim,  -- what is claimed, in words
    about,  -- measures or source that the claim names
    codes,  -- codes of the measures that it names; an empty list where it names a source
    printed_text,  -- the claimed figure as printed
    figure_place as place,  -- place of this figure in its cell, from 1
    figure.role as stands_as,  -- value, share (in brackets), component (with a label), or mentioned (in the words of the claim)
    figure.value as printed_value,  -- this figure
    figure.unit,  -- %, £ or empty for a number
    figure.rounds_to,  -- least step that it can show
    -- 'Q1 = £5 Q2 = £6': each figure is of its own quarter
    in_words(concat_ws(
        ' ', case when figure.label similar to 'Q[1-4]' then regexp_replace(claim, '\bQ[1-4]\b', '', 'g') else claim end, figure.label
    )) as plain_words,  -- words of the claim, and of the figure's label, in small letters without marks
    is_change,  -- whether a change is claimed, from one year to the next
    is_decrease,  -- whether the words say that something became less
    as_at,  -- day of publication
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    claimed_cell,  -- address of the claimed figure
    cell  -- address of this figure
from figures
