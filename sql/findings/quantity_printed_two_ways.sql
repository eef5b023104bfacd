-- One quantity that two printed measures put at different numbers: stated in brackets, or implied by a rate and its count.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
quantities as (
    select
        measure_code,
        printed_column,
        column_year,
        quantity,
        words,
        stands_as,
        least,
        most,
        is_implied,
        in_words,
        printed_text,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from marts.printed_quantity
    where superseded_on is null
),

-- what the workbooks give for the quantity, in any measure that is made of it
sources as (
    select
        recomputed.workbook_sha256,
        recomputed.column_year,
        quantities.quantity,
        max(case quantities.stands_as when 'numerator' then observation.numerator else observation.denominator end) as amount,
    from marts.printed_recomputed as recomputed
    inner join marts.observation on recomputed.origin_id = observation.origin_id
    inner join quantities
        on
            recomputed.workbook_sha256 = quantities.workbook_sha256
            and recomputed.cell = quantities.cell
    group by recomputed.workbook_sha256, recomputed.column_year, quantities.quantity
    having count(distinct case quantities.stands_as when 'numerator' then observation.numerator else observation.denominator end) = 1
),

pairs as (
    select
        one.*,
        other.measure_code as other_measure,
        other.in_words as other_in_words,
        other.least as other_least,
        other.most as other_most,
        other.words as other_words,
        other.stands_as as other_stands_as,
        other.is_implied as other_is_implied,
        other.printed_text as other_text,
        other.cell as other_cell,
    from quantities as one
    inner join quantities as other
        on
            one.workbook_sha256 = other.workbook_sha256
            and one.printed_column = other.printed_column
            and one.quantity = other.quantity
            and one.measure_code < other.measure_code
            and (one.least > other.most or other.least > one.most)
)

select
    'quantity_printed_two_ways' as check_name,  -- what was checked
    pairs.measure_code || ' and ' || pairs.other_measure || ', ' || pairs.quantity || ', ' || pairs.column_year as subject,  -- what the finding is about
    pairs.printed_text || ' and ' || pairs.other_text as published,  -- what was supplied
    shown(sources.amount) as recomputed,  -- what it should be, where that can be computed
    cast(case
        when pairs.least > pairs.other_most then pairs.least - pairs.other_most else pairs.other_least - pairs.most
    end as decimal(28, 6)) as difference,  -- how far the two are apart at least
    'fail' as severity,  -- fail or warn
    pairs.measure_code || case when pairs.is_implied then ' implies ' else ' states ' end || pairs.in_words || ' as ' || pairs.stands_as
    || ' (' || lower(pairs.words) || '), ' || pairs.other_measure || case when pairs.other_is_implied then ' implies ' else ' states ' end
    || pairs.other_in_words || ' as ' || pairs.other_stands_as || ' (' || lower(pairs.other_words) || ', ' || pairs.other_cell
    || '); it is one quantity.'
    || case
        when sources.amount is null then ''
        when sources.amount between pairs.least and pairs.most and sources.amount not between pairs.other_least and pairs.other_most
            then ' The workbooks give ' || shown(sources.amount) || ', as ' || pairs.measure_code || ' does.'
        when sources.amount between pairs.other_least and pairs.other_most
            then ' The workbooks give ' || shown(sources.amount) || ', as ' || pairs.other_measure || ' does.'
        else ' The workbooks give ' || shown(sources.amount) || ', as neither does.'
    end as explanation,  -- what it means
    pairs.workbook,  -- file name
    pairs.sheet,  -- sheet
    pairs.cell  -- address of the cell
from pairs
left join sources
    on
        pairs.workbook_sha256 = sources.workbook_sha256
        and pairs.column_year = sources.column_year
        and pairs.quantity = sources.quantity
