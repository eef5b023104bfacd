-- How every measure of an agreement differs from the one that its series would go on from. It goes on over another name or
-- code only where the agreement says so in its column Replaces, and over no other unit, calendar, numerator or denominator.
-- grain: agreement, as known between two days, x measure of it
-- key: workbook_sha256, as_at, measure_code
with
definitions as (
    select
        workbook_sha256,
        later_as_at,
        as_at,
        measure_code,
        earlier_sha256,
        previous_code,
        replaces,
        has_other_name,
        has_other_polarity,
        other_figures,
        claims,
        is_code_reused,
    from staging.portfolio_agreement_definition
)

select
    workbook_sha256,  -- SHA-256 of the file of the agreement
    later_as_at,  -- day on which it became known
    as_at,  -- first day on which it and the agreement before both count
    measure_code,  -- code of the measure
    previous_code,  -- measure of the agreement before that it was compared with
    replaces,  -- code that it continues: as it says, or of the same name without a code
    case
        when earlier_sha256 is null then 'first'
        when previous_code is null then 'new'
        when other_figures is not null or claims > 1 or is_code_reused then 'redefined'
        when has_other_name and replaces is null then 'redefined'
        when previous_code <> measure_code then 'renumbered'
        when has_other_name then 'renamed'
        when has_other_polarity then 'polarity_changed'
        else 'unchanged'
    end as change_kind,  -- first, unchanged, new, renamed, polarity_changed, renumbered or redefined
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
    ) as changed  -- what differs: name, unit, calendar, numerator, denominator, polarity, split (several claim one series), code of another
from definitions
