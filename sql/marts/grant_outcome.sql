-- Outcomes that recipients of DWP grants report, against all that the recipient was paid: pounds achieved per pound paid.
-- grain: edition x recipient x outcome
-- key: edition_period, as_at, workbook_sha256, recipient, outcome
with
outcomes as (
    select
        edition_period,
        recipient,
        outcome,
        outcome_pounds,
        outcome_availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.dwp_grants_outcome
),

paid as (
    select
        recipient,
        as_at,
        workbook,
        workbook_sha256,
        sum(amount_pounds) as paid_pounds,
        string_agg(distinct funder, '; ' order by funder) as funders,
        string_agg(distinct scheme, '; ' order by scheme) as schemes,
    from marts.grant_payment
    group by recipient, as_at, workbook, workbook_sha256
)

select
    outcomes.edition_period,  -- quarter up to whose end the edition goes
    outcomes.recipient,  -- who reports the outcome
    paid.funders,  -- who pays the grants that the recipient was paid from; null where no payment is listed
    paid.schemes,  -- those grants
    outcomes.outcome,  -- what was achieved
    cast(outcomes.outcome_pounds as decimal(28, 2)) as outcome_pounds,  -- its value, pounds
    outcomes.outcome_availability,  -- value, or why there is none
    cast(paid.paid_pounds as decimal(28, 2)) as paid_pounds,  -- paid to the recipient, all schemes and strands, pounds
    divided(outcomes.outcome_pounds, paid.paid_pounds) as outcome_per_pound,  -- pounds achieved per pound paid; null where nothing was paid
    outcomes.as_at,  -- day on which the edition became known
    outcomes.superseded_on,  -- first day on which a later edition counts; null while it counts
    outcomes.workbook,  -- file name
    outcomes.workbook_sha256,  -- SHA-256 of the file
    outcomes.sheet,  -- sheet
    outcomes.cell,  -- address of the cell
    outcomes.cell_text  -- text of the cell
from outcomes
left join paid
    on
        outcomes.recipient = paid.recipient
        and outcomes.workbook_sha256 = paid.workbook_sha256
        and outcomes.workbook = paid.workbook
        and outcomes.as_at = paid.as_at
