-- Claims that the printed report's text makes with a figure, each as printed.
-- grain: edition x claim
-- key: workbook_sha256, as_at, claimed_cell
with
claims as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        place,
        claim,
        claim_figures,
        claim_cell,
        claimed,
        claimed_figures,
        claimed_cell,
        about,
    from staged.published_report_claims
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'published_report'
)

select
    claims.period_label as report_quarter,  -- last quarter that the report is about
    claims.place,  -- section of the report
    claims.claim,  -- what is claimed, in words
    claims.claim_figures,  -- figures mentioned in those words
    claims.claim_cell,  -- address of the words
    claims.claimed as printed_text,  -- the figure as printed
    claims.claimed_figures as figures,  -- figures read in it: role, label, value, unit, decimals, rounds_to
    claims.claimed_cell,  -- address of the figure
    claims.about,  -- measures or source that the claim is about
    editions.as_at,  -- day of publication
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    claims.workbook,  -- file name
    claims.workbook_sha256,  -- SHA-256 of the file
    claims.sheet  -- sheet
from claims
inner join editions
    on
        claims.workbook_sha256 = editions.workbook_sha256
        and claims.workbook = editions.workbook
        and claims.corrections is not distinct from editions.corrections
