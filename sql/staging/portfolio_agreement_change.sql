-- What one agreement makes of a measure of its own or of the one before: kept, new, renamed, redefined, replaced or retired.
-- grain: agreement, as known between two days, x measure of it or of the one before
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

measures as (
    select
        measure_code,
        as_at,
        workbook_sha256,
    from staging.portfolio_agreement_measure
),

compared as (
    select
        workbook_sha256,
        later_as_at,
        as_at,
        measure_code,
        previous_code,
        replaces,
        case
            when earlier_sha256 is null then 'first'
            when previous_code is null then 'new'
            when other_figures is not null or claims > 1 or is_code_reused then 'redefined'
            when has_other_name and replaces is null then 'redefined'
            when previous_code <> measure_code then 'renumbered'
            when has_other_name then 'renamed'
            when has_other_polarity then 'polarity_changed'
            else 'unchanged'
        end as change_kind,
        nullif(
            concat_ws(
                ', ',
                case when has_other_name then 'name' end,
                other_figures,
                case when has_other_polarity then 'polarity' end,
                case when claims > 1 then 'split' end,
                case when is_code_reused then 'code of another' end
            ),
            ''
        ) as changed,
    from staging.portfolio_agreement_definition
),

replacements as (
    select
        workbook_sha256,
        as_at,
        replaces,
        string_agg(measure_code, ', ' order by measure_code) as replaced_by,
    from compared
    where replaces <> measure_code
    group by all
)

select
    workbook_sha256,  -- SHA-256 of the file of the agreement that says so
    as_at,  -- first day on which it was known
    measure_code,  -- code of the measure
    change_kind,  -- first, unchanged, new, renamed, polarity_changed, renumbered, redefined, replaced or retired
    changed,  -- what differs from the agreement before
    previous_code,  -- measure of the agreement before that it was compared with
    cast(null as varchar) as replaced_by,  -- measures that say that they go on with it, where it is listed no longer
    workbook_sha256 as defined_sha256,  -- SHA-256 of the file of the agreement that defines it
    later_as_at as defined_as_at  -- day on which that became known
from compared
union all
-- measures that the agreement before lists and this one does not
select
    pairs.workbook_sha256,
    pairs.as_at,
    before.measure_code,
    case when replacements.replaced_by is null then 'retired' else 'replaced' end as change_kind,
    null as changed,
    null as previous_code,
    replacements.replaced_by,
    before.workbook_sha256 as defined_sha256,
    before.as_at as defined_as_at,
from pairs
inner join measures as before on pairs.earlier_sha256 = before.workbook_sha256 and pairs.earlier_as_at = before.as_at
left join compared as later
    on
        pairs.workbook_sha256 = later.workbook_sha256
        and pairs.as_at = later.as_at
        and before.measure_code = later.measure_code
left join replacements
    on
        pairs.workbook_sha256 = replacements.workbook_sha256
        and pairs.as_at = replacements.as_at
        and before.measure_code = replacements.replaces
where later.measure_code is null
