-- Every figure that the printed report claims in its text, with what the workbooks gave, and whether they confirm it.
-- grain: edition x claim x figure in it
-- key: workbook_sha256, as_at, claimed_cell, stands_as, place
with
figures as (
    select
        report_quarter,
        section,
        claim,
        about,
        measure_code,
        printed_text,
        place,
        stands_as,
        printed_value,
        unit,
        rounds_to,
        is_change,
        is_decrease,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        claimed_cell,
        cell,
    from marts.claim_figure
),

candidates as (
    select
        report_quarter,
        as_at,
        measure_code,
        reading,
        is_change,
        unit,
        amount,
    from marts.claim_candidate
),

compared as (
    select
        figures.*,
        case
            when candidates.is_change and candidates.unit = '' then lower(candidates.reading)
            else candidates.measure_code || ' (' || lower(candidates.reading) || ')'
        end || ': ' || shown(candidates.amount) as reading,
        -- fewer says itself which way: a change of -61 is 61 fewer
        candidates.amount
        * case when figures.is_change and figures.is_decrease and figures.printed_value > 0 then -1 else 1 end as as_claimed,
        abs(as_claimed - figures.printed_value) as distance,
    from figures
    left join candidates
        on
            figures.report_quarter = candidates.report_quarter
            and figures.as_at = candidates.as_at
            and figures.measure_code = candidates.measure_code
            and figures.is_change = candidates.is_change
            and figures.unit = candidates.unit
            and (figures.stands_as = 'mentioned' or not starts_with(candidates.reading, 'paid to'))
),

gathered as (
    select
        report_quarter,
        section,
        claim,
        about,
        printed_text,
        place,
        stands_as,
        printed_value,
        unit,
        rounds_to,
        is_change,
        is_decrease,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        claimed_cell,
        cell,
        min(distance) as distance,
        arg_min(as_claimed, distance) as amount,
        string_agg(distinct reading, '; ' order by reading) filter (where distance * 2 <= rounds_to) as confirming,
        string_agg(distinct reading, '; ' order by reading) as candidates,
    from compared
    group by all
)

select
    report_quarter,  -- last quarter that the report is about
    section,  -- section of the report
    claim,  -- what is claimed, in words
    about,  -- measures or source that the claim names
    printed_text,  -- the claimed figure as printed
    place,  -- place of this figure in its cell, from 1
    stands_as,  -- value, share (in brackets), or mentioned (in the words of the claim)
    printed_value,  -- this figure
    unit,  -- %, £ or empty for a number
    rounds_to,  -- least step that it can show
    is_change,  -- whether a change from the year before is claimed
    amount as recomputed,  -- what the workbooks give, the nearest of several readings, in the claim's direction
    case
        when confirming is not null then 'confirmed' when candidates is not null then 'not_confirmed' else 'not_checked'
    end as outcome,  -- confirmed, not_confirmed, or not_checked where no workbook gives what it is about
    coalesce(confirming, candidates) as basis,  -- the readings that confirm it, or all that do not
    as_at,  -- day of publication
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    claimed_cell,  -- address of the claimed figure
    cell  -- address of this figure
from gathered
