-- The priorities of the portfolio, also those that no measure serves.
-- grain: edition x priority
-- key: workbook_sha256, as_at, priority_number
with
priorities as (
    select
        workbook,
        workbook_sha256,
        corrections,
        period_label,
        priority_number,
        priority_title,
    from staged.portfolio_agreement_priorities
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'portfolio_agreement'
)

select
    priorities.period_label as agreement_year,  -- financial year of the agreement
    priorities.priority_number,  -- number of the priority
    priorities.priority_title,  -- title of the priority
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    priorities.workbook_sha256  -- SHA-256 of the file
from priorities
inner join editions
    on
        priorities.workbook_sha256 = editions.workbook_sha256
        and priorities.workbook = editions.workbook
        and priorities.corrections is not distinct from editions.corrections
