-- Areas that figures are given for, also under codes that are no longer theirs.
-- grain: area code
-- key: area_code
with
areas as (
    select
        area_code,
        area_name,
        area_type,
        is_authority,
    from staging.area
    union
    select
        area_code,
        area_name,
        area_type,
        false as is_authority,
    from staging.listed_area
    where area_code not in (select area_code from staging.area)
),

changes as (
    select
        old_code,
        min(changed_on) as code_until,
        min(change_kind) as change_kind,
        string_agg(new_code, ', ' order by new_code) as replaced_by,
        max(new_code) filter (where change_kind = 'recoded') as same_area_code,
    from staging.area_change
    group by old_code
),

authority as (
    select area_code
    from areas
    where is_authority
)

select
    areas.area_code,  -- GSS code, or LOCAL. and a name for a neighbourhood that has none
    areas.area_name,  -- name as printed
    areas.area_type,  -- kind of area
    areas.is_authority or coalesce(changes.same_area_code in (select area_code from authority), false) as is_authority,  -- whether it is the authority whose measures are rated, also under an earlier code
    coalesce(changes.same_area_code, areas.area_code) as current_code,  -- code under which figures of the same area stand now
    changes.code_until,  -- first day on which the code is no longer one; null while it is
    changes.change_kind,  -- recoded (the same area), boundary, merged or split (another area)
    changes.replaced_by  -- codes in its place
from areas
left join changes on areas.area_code = changes.old_code
