-- Outcomes that recipients of DWP grants report.
-- grain: edition x recipient x outcome
-- key: workbook_sha256, as_at, recipient, outcome
with
outcomes as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        recipient,
        outcome,
        outcome_value,
        outcome_value_availability,
        outcome_value_cell,
        outcome_value_text,
    from staged.dwp_grants_outcomes
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'dwp_grants'
)

select
    outcomes.period_label as edition_period,  -- quarter up to whose end the edition goes
    outcomes.recipient,  -- who reports the outcome
    outcomes.outcome,  -- what was achieved
    outcomes.outcome_value as outcome_pounds,  -- its value, pounds
    outcomes.outcome_value_availability as outcome_availability,  -- value, or why there is none
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    outcomes.workbook,  -- file name
    outcomes.workbook_sha256,  -- SHA-256 of the file
    outcomes.sheet,  -- sheet
    outcomes.outcome_value_cell as cell,  -- address of the cell
    outcomes.outcome_value_text as cell_text  -- text of the cell
from outcomes
inner join editions
    on
        outcomes.workbook_sha256 = editions.workbook_sha256
        and outcomes.workbook = editions.workbook
        and outcomes.corrections is not distinct from editions.corrections
