-- Every measure of an agreement beside the measure of the agreement before that its series would go on from: the one that
-- it says it replaces, else the one of its code. Wordings are compared without capitals, spaces and marks
-- of punctuation.
-- grain: pair of agreements x measure of the later one
-- key: workbook_sha256, later_as_at, as_at, measure_code
with
pairs as (
    select
        agreement_year,
        agreement_start,
        workbook_sha256,
        later_as_at,
        earlier_sha256,
        earlier_as_at,
        as_at,
        superseded_on,
    from staging.portfolio_agreement_pair
),

measures as (
    select
        measure_code,
        unit,
        year_type,
        polarity,
        replaces,
        trim(lower(regexp_replace(measure_name, '[\s.,;:()''"’‘“”–-]+', ' ', 'g'))) as plain_name,
        trim(lower(regexp_replace(coalesce(numerator, ''), '[\s.,;:()''"’‘“”–-]+', ' ', 'g'))) as plain_numerator,
        trim(lower(regexp_replace(coalesce(denominator, ''), '[\s.,;:()''"’‘“”–-]+', ' ', 'g'))) as plain_denominator,
        as_at,
        workbook_sha256,
    from staging.portfolio_agreement_measure
)

select
    pairs.workbook_sha256,  -- SHA-256 of the file of the agreement
    pairs.later_as_at,  -- day on which it became known
    measures.measure_code,  -- code of the measure
    pairs.earlier_sha256,  -- SHA-256 of the file of the agreement before; null for the first
    measures.replaces,  -- code that it says it continues
    before.measure_code as previous_code,  -- measure of the agreement before that is compared; null where there is none
    before.measure_code is not null and before.plain_name <> measures.plain_name as has_other_name,  -- whether the name differs
    before.polarity <> measures.polarity as has_other_polarity,  -- whether the polarity differs
    nullif(
        concat_ws(
            ', ',
            case when before.unit <> measures.unit then 'unit' end,
            case when before.year_type <> measures.year_type then 'calendar' end,
            case when before.plain_numerator <> measures.plain_numerator then 'numerator' end,
            case when before.plain_denominator <> measures.plain_denominator then 'denominator' end
        ),
        ''
    ) as other_figures,  -- what makes its figures others than before; null where nothing does
    count(measures.replaces) over (
        partition by pairs.workbook_sha256, pairs.later_as_at, pairs.as_at, before.measure_code
    ) as claims,  -- how many measures say that they continue the same one
    measures.replaces <> measures.measure_code and other.measure_code is not null as is_code_reused,  -- whether it continues one code and has another that was in use
    pairs.as_at,  -- first day on which both agreements count
    pairs.superseded_on  -- first day on which either no longer counts; null while both do
from pairs
inner join measures on pairs.workbook_sha256 = measures.workbook_sha256 and pairs.later_as_at = measures.as_at
left join measures as before
    on
        pairs.earlier_sha256 = before.workbook_sha256
        and pairs.earlier_as_at = before.as_at
        and coalesce(measures.replaces, measures.measure_code) = before.measure_code
left join measures as other
    on
        pairs.earlier_sha256 = other.workbook_sha256
        and pairs.earlier_as_at = other.as_at
        and measures.measure_code = other.measure_code
