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
        printed_text,
        place,
        stands_as,
        printed_value,
        unit,
        rounds_to,
        is_change,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        claimed_cell,
        cell,
        string_agg(distinct nullif(measure_code, 'not known'), ', ' order by nullif(measure_code, 'not known')) as measures,
        about in (select source from staging.claim_word) as is_about_source,
    from marts.claim_figure
    group by all
),

-- of several parts that a claim names each must confirm it: nothing says whether they add up
matches as (
    select
        workbook_sha256,
        as_at,
        claimed_cell,
        stands_as,
        place,
        words,
        as_claimed,
        distance,
        is_of_kind,
        is_of_kind and is_of_time and is_of_part as is_meant,
        is_meant and agrees as is_confirming,
        is_of_kind and is_of_time as is_of_time,
        count(distinct named_part) over its_measure > 1
        and count(distinct case when is_confirming then named_part end) over its_measure
        < count(distinct named_part) over its_measure as names_several,
    from marts.claim_match
    window its_measure as (partition by workbook_sha256, as_at, claimed_cell, stands_as, place, measure_code)
),

gathered as (
    select
        workbook_sha256,
        as_at,
        claimed_cell,
        stands_as,
        place,
        bool_or(is_of_kind) as has_kind,
        bool_or(is_of_time) as has_time,
        bool_or(names_several) as names_several,
        arg_min(as_claimed, distance) filter (where is_meant and not names_several) as amount,
        string_agg(distinct words, '; ' order by words) filter (where is_confirming and not names_several) as confirming,
        string_agg(distinct words, '; ' order by words) filter (where is_meant and not names_several) as candidates,
    from matches
    group by workbook_sha256, as_at, claimed_cell, stands_as, place
),

judged as (
    select
        figures.*,
        gathered.* exclude (workbook_sha256, as_at, claimed_cell, stands_as, place),
        gathered.place is not null as has_figures,
    from figures
    left join gathered
        on
            (figures.workbook_sha256, figures.as_at, figures.claimed_cell, figures.stands_as, figures.place)
            = (gathered.workbook_sha256, gathered.as_at, gathered.claimed_cell, gathered.stands_as, gathered.place)
)

select
    report_quarter,  -- last quarter that the report is about
    section,  -- section of the report
    claim,  -- what is claimed, in words
    about,  -- measures or source that the claim names
    printed_text,  -- the claimed figure as printed
    place,  -- place of this figure in its cell, from 1
    stands_as,  -- value, share (in brackets), component (with a label), or mentioned (in the words of the claim)
    printed_value,  -- this figure
    unit,  -- %, £ or empty for a number
    rounds_to,  -- least step that it can show
    is_change,  -- whether a change from the year before is claimed
    amount as recomputed,  -- what the workbooks give, the nearest of several readings, in the claim's direction
    case
        when confirming is not null then 'confirmed' when candidates is not null then 'not_confirmed' else 'not_checked'
    end as outcome,  -- confirmed, not_confirmed, or not_checked where nothing that they give is what is claimed
    coalesce(confirming, candidates) as basis,  -- the readings that confirm it, or all that do not
    case
        when candidates is not null then null
        when measures is null and is_about_source then 'none of its words says which figure of ' || about || ' is meant'
        when measures is null then '''' || coalesce(about, '') || ''' is neither a measure nor a source that claims are compared with'
        when not coalesce(has_figures, false)
            then 'no workbook supplied by ' || strftime(as_at, '%-d %B %Y') || ' gives a figure of ' || measures
        when names_several then 'it names several parts of ' || measures || ', and nothing says whether they add up'
        when not has_kind
            then
                'of ' || measures || ' the workbooks give no ' || case when is_change then 'change ' else 'figure ' end
                || case unit when '' then 'that is a plain number' else 'in ' || unit end
        when not has_time then 'of ' || measures || ' the workbooks give no figure of the time that is meant'
        else 'of ' || measures || ' the workbooks give no such figure of the part that is meant'
    end as not_checked_because,  -- why it could not be compared; null where it was
    as_at,  -- day of publication
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    claimed_cell,  -- address of the claimed figure
    cell  -- address of this figure
from judged
