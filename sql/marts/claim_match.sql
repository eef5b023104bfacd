-- What the workbooks give of the measures of a claim beside each of its figures: whether it is of the unit, the time and the
-- part that the claim speaks of, and whether the two agree. A figure is only ever compared with those of its own subject.
-- grain: claim x figure x measure x reading
-- key: workbook_sha256, as_at, claimed_cell, stands_as, place, measure_code, reading
with
figures as (
    select
        report_quarter,
        measure_code,
        place,
        stands_as,
        printed_value,
        unit,
        rounds_to,
        is_change,
        is_decrease,
        as_at,
        workbook_sha256,
        claimed_cell,
        ' ' || plain_words || ' ' as plain_words,
    from marts.claim_figure
),

times as (
    select
        stands_as,
        place,
        quarters,
        is_range,
        years,
        months,
        is_forecast,
        as_at,
        workbook_sha256,
        claimed_cell,
    from marts.claim_time
),

candidates as (
    select
        report_quarter,
        as_at,
        measure_code,
        reading,
        part,
        stated_year,
        stated_month,
        first_quarter,
        last_quarter,
        is_year,
        is_current,
        is_change,
        is_forecast,
        has_outcome,
        unit,
        amount,
    from marts.claim_candidate
),

compared as (
    select
        figures.*,
        candidates.reading,
        candidates.part,
        case
            when candidates.is_change and candidates.unit = '' then lower(candidates.reading)
            else candidates.measure_code || ' (' || candidates.reading || ')'
        end || ': ' || shown(candidates.amount) as words,
        (candidates.is_change, candidates.unit) = (figures.is_change, figures.unit) as is_of_kind,
        (candidates.is_change or candidates.is_forecast or not times.is_forecast)
        and (len(times.years) = 0 or coalesce(list_contains(times.years, candidates.stated_year), true))
        and (len(times.months) = 0 or coalesce(list_contains(times.months, candidates.stated_month), true))
        and case
            when candidates.first_quarter is null or len(times.quarters) = 0
                then candidates.is_year or (len(times.months) > 0 and candidates.stated_month is not null)
            else
                (candidates.first_quarter, candidates.last_quarter) = (times.quarters[1], times.quarters[-1])
                and (times.is_range or len(times.quarters) = candidates.last_quarter - candidates.first_quarter + 1)
        end
        and (
            candidates.is_current
            or (len(times.years) > 0 and candidates.stated_year is not null)
            or (len(times.months) > 0 and candidates.stated_month is not null)
            or (len(times.quarters) > 0 and candidates.stated_year = left(figures.report_quarter, 7))
        ) as is_of_time,
        candidates.part <> '' and contains(figures.plain_words, ' ' || in_words(candidates.part) || ' ') as is_named,
        -- who turned money into an outcome goes by many names
        candidates.has_outcome and figures.stands_as = 'mentioned' as needs_no_name,
        -- fewer says itself which way: a change of -61 is 61 fewer
        candidates.amount
        * case when figures.is_change and figures.is_decrease and figures.printed_value > 0 then -1 else 1 end as as_claimed,
        abs(as_claimed - figures.printed_value) as distance,
    from figures
    inner join times
        on
            (figures.workbook_sha256, figures.as_at, figures.claimed_cell, figures.stands_as, figures.place)
            = (times.workbook_sha256, times.as_at, times.claimed_cell, times.stands_as, times.place)
    inner join candidates
        on (figures.report_quarter, figures.as_at, figures.measure_code) = (candidates.report_quarter, candidates.as_at, candidates.measure_code)
)

select
    workbook_sha256,  -- SHA-256 of the file
    as_at,  -- day of publication
    claimed_cell,  -- address of the claimed figure
    stands_as,  -- value, share, component, or mentioned (in the words of the claim)
    place,  -- place of the figure in its cell, from 1
    measure_code,  -- measure that the claim is about, or what of the finance workbook
    reading,  -- what the workbooks give: part and period, what was paid to whom, or what changed
    case when is_named then part end as named_part,  -- part that the claim names; null where it names none, or another
    is_of_kind,  -- whether both are levels, or changes, and of one unit
    is_of_time,  -- whether it is of the time that the claim names, or of the latest where it names none
    case when bool_or(is_named) over (partition by workbook_sha256, as_at, claimed_cell, stands_as, place, measure_code) then is_named else part = '' or needs_no_name end as is_of_part,  -- whether it is of the part that the claim names, or of the whole where it names none
    case when contains(words, measure_code) then words else replace(words, ': ', ' (' || array_to_string(list_sort(list(distinct measure_code) over its_words), ', ') || '): ') end as words,  -- the reading with what the workbooks give; of a part that several measures share, with all of them
    as_claimed,  -- what the workbooks give, in the claim's direction
    distance,  -- how far that is from the printed figure
    distance * 2 <= rounds_to as agrees  -- whether the one rounds to the other
from compared
window its_words as (partition by workbook_sha256, as_at, claimed_cell, stands_as, place, words)
