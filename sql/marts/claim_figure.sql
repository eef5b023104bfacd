-- The figures of the printed claims, each with the measures that it is about by the codes or words of the claim.
-- grain: edition x claim x figure x measure
-- key: workbook_sha256, as_at, claimed_cell, stands_as, place, measure_code
with
said as (
    select
        report_quarter,
        section,
        claim,
        about,
        codes,
        printed_text,
        place,
        stands_as,
        printed_value,
        unit,
        rounds_to,
        plain_words,
        is_change,
        is_decrease,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        claimed_cell,
        cell,
    from marts.claim_text
),

words as (
    select
        source,
        in_words(words) as words,
        stands_as,
        measure_code,
    from staging.claim_word
),

-- a claim that uses none of the words may name a scheme, a reserve or another part
parts as (
    select distinct
        words.source,
        candidates.measure_code,
        in_words(candidates.part) as words,
    from marts.claim_candidate as candidates
    inner join words on candidates.measure_code = words.measure_code
    where candidates.part <> ''
),

worded as (
    select
        said.*,
        words.measure_code,
    from said
    inner join words
        on
            said.about = words.source
            and contains(' ' || said.plain_words, ' ' || words.words)
            and said.stands_as = words.stands_as
    where len(codes) = 0
),

meant as (
    select
        said.*,
        unnest(codes) as measure_code,
    from said
    where len(codes) > 0
    union all
    from worded
    union all
    select
        said.*,
        parts.measure_code,
    from said
    left join parts
        on
            said.about = parts.source
            and contains(' ' || said.plain_words || ' ', ' ' || parts.words || ' ')
            and said.stands_as in ('value', 'component')
    anti join worded
        on
            (said.workbook_sha256, said.as_at, said.cell, said.place)
            = (worded.workbook_sha256, worded.as_at, worded.cell, worded.place)
    where len(codes) = 0
)

select distinct
    report_quarter,  -- last quarter that the report is about
    section,  -- section of the report
    claim,  -- what is claimed, in words
    about,  -- measures or source that the claim names
    coalesce(measure_code, 'not known') as measure_code,  -- measure that it is about, or what of the finance workbook; not known where no word says so
    printed_text,  -- the claimed figure as printed
    place,  -- place of this figure in its cell, from 1
    stands_as,  -- value, share (in brackets), or mentioned (in the words of the claim)
    printed_value,  -- this figure
    unit,  -- %, £ or empty for a number
    rounds_to,  -- least step that it can show
    plain_words,  -- words of the claim, and of the figure's label, in small letters without marks
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
