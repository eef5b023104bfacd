-- Every measure of an agreement beside the measure of the agreement before that its series would go on from: the one that
-- it says it replaces, else the one of its name that had no code of its own, else the one of its code. Wordings are compared
-- without capitals, spaces and marks of punctuation.
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
        plain_words(measure_name) as plain_name,
        plain_words(numerator) as plain_numerator,
        plain_words(denominator) as plain_denominator,
        as_at,
        workbook_sha256,
    from staging.portfolio_agreement_measure
),

-- a measure that had no code is the one of its name, whatever code it gets
uncoded as (
    select
        workbook_sha256,
        as_at,
        plain_name,
        min(measure_code) as measure_code,
    from measures
    where measure_code like 'IN.N%'
    group by workbook_sha256, as_at, plain_name
),

continued as (
    select
        pairs.*,
        measures.* exclude (as_at, workbook_sha256, replaces),
        coalesce(measures.replaces, nullif(uncoded.measure_code, measures.measure_code)) as replaces,
    from pairs
    inner join measures on pairs.workbook_sha256 = measures.workbook_sha256 and pairs.later_as_at = measures.as_at
    left join uncoded
        on
            pairs.earlier_sha256 = uncoded.workbook_sha256
            and pairs.earlier_as_at = uncoded.as_at
            and measures.plain_name = uncoded.plain_name
)

select
    continued.workbook_sha256,  -- SHA-256 of the file of the agreement
    continued.later_as_at,  -- day on which it became known
    continued.measure_code,  -- code of the measure
    continued.earlier_sha256,  -- SHA-256 of the file of the agreement before; null for the first
    continued.replaces,  -- code that it continues: as it says, or of the same name without a code
    before.measure_code as previous_code,  -- measure of the agreement before that is compared; null where there is none
    before.measure_code is not null and before.plain_name <> continued.plain_name as has_other_name,  -- whether the name differs
    before.polarity <> continued.polarity as has_other_polarity,  -- whether the polarity differs
    nullif(
        concat_ws(
            ', ',
            case when before.unit <> continued.unit then 'unit' end,
            case when before.year_type <> continued.year_type then 'calendar' end,
            case when before.plain_numerator <> continued.plain_numerator then 'numerator' end,
            case when before.plain_denominator <> continued.plain_denominator then 'denominator' end
        ),
        ''
    ) as other_figures,  -- what makes its figures others than before; null where nothing does
    count(continued.replaces) over (
        partition by continued.workbook_sha256, continued.later_as_at, continued.as_at, before.measure_code
    ) as claims,  -- how many measures say that they continue the same one
    continued.replaces <> continued.measure_code and other.measure_code is not null as is_code_reused,  -- whether it continues one code and has another that was in use
    continued.as_at,  -- first day on which both agreements count
    continued.superseded_on  -- first day on which either no longer counts; null while both do
from continued
left join measures as before
    on
        continued.earlier_sha256 = before.workbook_sha256
        and continued.earlier_as_at = before.as_at
        and coalesce(continued.replaces, continued.measure_code) = before.measure_code
left join measures as other
    on
        continued.earlier_sha256 = other.workbook_sha256
        and continued.earlier_as_at = other.as_at
        and continued.measure_code = other.measure_code
