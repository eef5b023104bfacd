-- What each action names as the indicator that it is to move. A cell may name several: each begins with its code or with %.
-- grain: edition x action x indicator named
-- key: plan_year, as_at, workbook_sha256, action_code, place
with
actions as (
    select
        plan_year,
        action_code,
        indicators,
        indicators_cell,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
    from staging.action_plan_action
    where indicators is not null
),

wordings as (
    select
        indicator_code,
        indicator_name,
        wording_begins,
    from staging.indicator_wording
),

parted as (
    select
        actions.*,
        string_split(regexp_replace(indicators, '(^|\s)(NI \d+[a-z]*(?: proxy)?:? ?%?|%)', '\1|\2', 'gi'), '|') as parts,
    from actions
),

split as (
    select
        parted.* exclude (parts),
        trim(unnest(parts), ' ;,') as indicator_text,
        generate_subscripts(parts, 1) as part_number,
    from parted
),

named as (
    select
        split.*,
        row_number() over (partition by workbook_sha256, as_at, action_code order by part_number) as place,
    from split
    where indicator_text <> ''
),

worded as (
    select
        named.*,
        'NI ' || nullif(lower(regexp_extract(indicator_text, '(?i)^NI (\d+[a-z]*)', 1)), '') as national_code,
        trim(regexp_replace(lower(indicator_text), '^(?:ni \d+[a-z]*(?: proxy)?:?)? ?(?:% ?(?:of )?)?', '')) as wording,
    from named
),

recognised as (
    select
        worded.*,
        coalesce(worded.national_code, wordings.indicator_code) as known_code,
        wordings.indicator_name,
        case
            when worded.national_code is not null or wordings.indicator_code like 'NI %' then 'national'
            when wordings.indicator_code is not null or worded.indicator_text like '\%%' escape '\' then 'local'
            when regexp_matches(worded.wording, '\bto be (?:worked up|developed|determined|agreed|confirmed)\b|^tbc$')
                then 'to_be_developed'
            when starts_with(worded.wording, 'see ') then 'elsewhere'
            else 'evidence'
        end as indicator_kind,
    from worded
    left join wordings
        on
            coalesce(worded.national_code = wordings.indicator_code, false)
            or (worded.national_code is null and starts_with(worded.wording, wordings.wording_begins))
)

select
    plan_year,  -- financial year of the plan
    action_code,  -- code of the action
    place,  -- order in the cell
    case
        when indicator_kind in ('national', 'local') then coalesce(known_code, wording)
    end as indicator_code,  -- code, or the wording of one that is not listed; null for what is no indicator
    coalesce(indicator_name, indicator_text) as indicator_name,  -- name under which all wordings are one
    indicator_text,  -- as printed
    indicator_kind,  -- national, local, to_be_developed, elsewhere (another plan names it) or evidence (words, no indicator)
    indicator_kind = 'local' and known_code is null as is_unlisted,  -- whether it is an indicator that no list knows
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    indicators_cell as cell  -- address of the cell
from recognised
