-- Measures that an agreement no longer lists and the one before did: retired, or replaced by others that say so.
-- grain: agreement, as known between two days, x measure of the one before
-- key: workbook_sha256, as_at, measure_code
with
pairs as (
    select
        workbook_sha256,
        earlier_sha256,
        earlier_as_at,
        as_at,
    from staging.portfolio_agreement_pair
),

changes as (
    select
        workbook_sha256,
        as_at,
        measure_code,
        replaces,
    from marts.measure_change
),

replacements as (
    select
        workbook_sha256,
        as_at,
        replaces,
        string_agg(measure_code, ', ' order by measure_code) as replaced_by,
    from changes
    group by workbook_sha256, as_at, replaces
)

select
    pairs.workbook_sha256,  -- SHA-256 of the file of the agreement that no longer lists it
    pairs.as_at,  -- first day on which it and the agreement before both count
    before.measure_code,  -- code of the measure
    case when replacements.replaced_by is null then 'retired' else 'replaced' end as change_kind,  -- retired or replaced
    replacements.replaced_by,  -- measures that say that they go on with it
    before.workbook_sha256 as defined_sha256,  -- SHA-256 of the file of the agreement before, which defines it
    before.as_at as defined_as_at  -- day on which that became known
from pairs
inner join staging.portfolio_agreement_measure as before
    on pairs.earlier_sha256 = before.workbook_sha256 and pairs.earlier_as_at = before.as_at
left join changes
    on
        pairs.workbook_sha256 = changes.workbook_sha256
        and pairs.as_at = changes.as_at
        and before.measure_code = changes.measure_code
left join replacements
    on
        pairs.workbook_sha256 = replacements.workbook_sha256
        and pairs.as_at = replacements.as_at
        and before.measure_code = replacements.replaces
where changes.measure_code is null
