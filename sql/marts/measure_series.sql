-- Codes whose figures the series of a renumbered measure goes on from: its code in the agreement before, and the code
-- before that one. Of a measure whose figures are known by its name, in any agreement, the code that they stand under.
-- grain: renumbered measure x earlier code, as known between two days
-- key: measure_code, member_code, as_at
with
history as (
    select
        measure_code,
        previous_code,
        change_kind,
        valid_from,
        as_at,
        superseded_on,
        workbook_sha256,
    from marts.measure_history
),

renumbered as (
    select
        history.measure_code,
        history.previous_code,
        history.valid_from,
        case when other.measure_code is not null then history.valid_from end as figures_until,
        history.as_at,
        history.superseded_on,
    from history
    -- what now has the old code is another measure
    left join history as other
        on
            history.workbook_sha256 = other.workbook_sha256
            and history.as_at = other.as_at
            and history.previous_code = other.measure_code
            and other.change_kind not in ('replaced', 'retired')
    where history.change_kind = 'renumbered'
),

agreed as (
    select
        measure_code,
        plain_words(measure_name) as plain_name,
        as_at,
        superseded_on,
        workbook_sha256,
    from staging.portfolio_agreement_measure
),

by_name as (
    select
        agreed.measure_code,
        named.measure_code as member_code,
        agreed.as_at,
        agreed.superseded_on,
    from agreed
    inner join staging.measure_by_name as named
        on agreed.plain_name = plain_words(named.measure_name) and agreed.measure_code <> named.measure_code
    -- the agreement may have given that code to another measure
    anti join agreed as other
        on
            agreed.workbook_sha256 = other.workbook_sha256
            and agreed.as_at = other.as_at
            and named.measure_code = other.measure_code
),

members as (
    select
        measure_code,
        member_code,
        cast(null as date) as figures_until,
        as_at,
        superseded_on,
    from by_name
    union all
    select
        measure_code,
        previous_code as member_code,
        figures_until,
        as_at,
        superseded_on,
    from renumbered
    union all
    select
        later.measure_code,
        earlier.previous_code as member_code,
        least(later.figures_until, earlier.figures_until) as figures_until,
        greatest(later.as_at, earlier.as_at) as as_at,
        least(later.superseded_on, earlier.superseded_on) as superseded_on,
    from renumbered as later
    inner join renumbered as earlier
        on
            later.previous_code = earlier.measure_code
            and earlier.valid_from < later.valid_from
            and coalesce(earlier.superseded_on > later.as_at, true)
            and coalesce(later.superseded_on > earlier.as_at, true)
)

select
    measure_code,  -- code of the measure
    member_code,  -- code that its figures had before
    figures_until,  -- first day whose figures are no longer of it, since another measure has that code; null where none has
    as_at,  -- first day on which it was known
    superseded_on  -- first day on which a corrected agreement counts; null while it counts
from members
