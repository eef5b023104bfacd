-- What became of every measure from one agreement to the next, with its definition; also of those that the later agreement
-- no longer lists.
-- grain: agreement, as known between two days, x measure of it or of the one before
-- key: agreement_year, as_at, workbook_sha256, measure_code
with
pairs as (
    select
        agreement_year,
        agreement_start,
        next_start,
        workbook_sha256,
        as_at,
        superseded_on,
    from staging.portfolio_agreement_pair
),

measures as (
    select
        measure_code,
        measure_name,
        unit,
        year_type,
        numerator,
        denominator,
        polarity,
        as_at,
        workbook,
        workbook_sha256,
        sheet,
        code_cell,
    from staging.portfolio_agreement_measure
),

events as (
    select
        workbook_sha256,
        as_at,
        measure_code,
        change_kind,
        changed,
        previous_code,
        null as replaced_by,
        workbook_sha256 as defined_sha256,
        later_as_at as defined_as_at,
    from marts.measure_change
    union all
    select
        workbook_sha256,
        as_at,
        measure_code,
        change_kind,
        null as changed,
        null as previous_code,
        replaced_by,
        defined_sha256,
        defined_as_at,
    from marts.measure_gone
)

select
    events.measure_code,  -- code of the measure
    pairs.agreement_year,  -- financial year of the agreement that says so
    events.change_kind,  -- first, unchanged, new, renamed, polarity_changed, renumbered, redefined, replaced or retired
    events.changed,  -- what differs from the agreement before: name, unit, calendar, numerator, denominator, polarity, split (several claim one series), code of another
    events.change_kind = 'redefined' as breaks_series,  -- whether figures before and after are not of the same thing
    events.previous_code,  -- measure of the agreement before that it was compared with
    events.replaced_by,  -- measures that say that they go on with it, where it is listed no longer
    measures.measure_name,  -- name; as last agreed, where it is listed no longer
    measures.unit,  -- %, Number, £ or per 1,000
    measures.year_type,  -- calendar that the measure runs by
    measures.numerator,  -- what is counted, of a rate
    measures.denominator,  -- what it is counted against, of a rate
    measures.polarity,  -- high, low or none
    case
        when measures.year_type = 'academic' then make_date(year(pairs.agreement_start), 8, 1) else pairs.agreement_start
    end as valid_from,  -- first day whose figures that is said of
    case
        when measures.year_type = 'academic' then make_date(year(pairs.next_start), 8, 1) else pairs.next_start
    end as valid_to,  -- first day of the next agreement; null where there is none
    events.as_at,  -- first day on which it was known
    pairs.superseded_on,  -- first day on which a corrected agreement counts; null while it counts
    measures.workbook,  -- file name of the agreement that defines it
    events.workbook_sha256,  -- SHA-256 of the file of the agreement that says so
    measures.sheet,  -- sheet
    measures.code_cell as cell  -- address of its code
from events
inner join pairs on events.workbook_sha256 = pairs.workbook_sha256 and events.as_at = pairs.as_at
inner join measures
    on
        events.defined_sha256 = measures.workbook_sha256
        and events.defined_as_at = measures.as_at
        and events.measure_code = measures.measure_code
