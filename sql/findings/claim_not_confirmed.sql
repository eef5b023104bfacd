-- Figures claimed in the text of the printed report that the workbooks do not give, or that could not be checked, and why.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
claims as (
    select
        claim,
        section,
        printed_text,
        stands_as,
        printed_value,
        unit,
        rounds_to,
        is_change,
        recomputed,
        outcome,
        basis,
        not_checked_because,
        workbook,
        workbook_sha256,
        sheet,
        claimed_cell,
        cell,
    from marts.claim
    where superseded_on is null
),

-- of how many a number would be the percentage that the same claim states
bases as (
    select
        number.workbook_sha256,
        number.claimed_cell,
        abs(share.printed_value) as pct,
        divided(number.printed_value * 100, abs(share.printed_value)) as base,
        divided(number.printed_value * 100, abs(share.printed_value) + share.rounds_to / 2) as least,
        divided(number.printed_value * 100, abs(share.printed_value) - share.rounds_to / 2) as most,
    from claims as number
    inner join claims as share
        on
            number.workbook_sha256 = share.workbook_sha256
            and number.claimed_cell = share.claimed_cell
            and number.unit = '' and share.unit = '%'
    where number.stands_as = 'value' and number.is_change
)

select
    'claim_not_confirmed' as check_name,  -- what was checked
    claims.section || ': ' || claims.claim
    || case claims.stands_as when 'value' then '' when 'share' then ' (in brackets)' else ' (in its words)' end as subject,  -- what the finding is about
    case when claims.stands_as = 'value' then claims.printed_text else shown_in(claims.printed_value, claims.unit) end as published,  -- what was supplied
    case when claims.is_change then 'nearest: ' else '' end || shown_in(claims.recomputed, claims.unit) as recomputed,  -- what it should be, where that can be computed
    cast(claims.recomputed - claims.printed_value as decimal(28, 6)) as difference,  -- the nearest reading less published
    case when claims.outcome = 'not_confirmed' then 'fail' else 'warn' end as severity,  -- fail or warn
    case
        when claims.outcome = 'not_checked' then 'It was not checked: ' || claims.not_checked_because || '.'
        when claims.is_change
            then
                'No change from the year before is ' || shown_in(claims.printed_value, claims.unit) || '. The workbooks give: '
                || claims.basis || '.'
        else 'The workbooks give: ' || claims.basis || '.'
    end
    || coalesce(
        ' ' || shown(claims.printed_value) || ' would be ' || shown(bases.pct) || '% of ' || shown(round(bases.base, 0)) || ' (of '
        || shown(ceil(bases.least)) || coalesce(' to ' || shown(floor(bases.most)), ' or more') || ' with rounding).', ''
    ) as explanation,  -- what it means
    claims.workbook,  -- file name
    claims.sheet,  -- sheet
    claims.cell  -- address of the cell
from claims
left join bases
    on
        claims.workbook_sha256 = bases.workbook_sha256
        and claims.claimed_cell = bases.claimed_cell
        and claims.stands_as = 'value'
where claims.outcome <> 'confirmed'
