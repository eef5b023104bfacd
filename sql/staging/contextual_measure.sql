-- Measures that sources report and the portfolio agreement does not list: shown for context, never rated.
-- grain: measure
-- key: measure_code
with
listed as (
    select
        measure_code,
        measure_name,
        unit,
        year_type,
        owner,
    from (
        values
        ('SECTOR.1', 'Micro organisations (annual income under £10k), share of VCSE organisations', '%', 'snapshot', 'Sector3'),
        ('SECTOR.2', 'Social enterprises', 'Number', 'snapshot', 'Sector3'),
        ('SECTOR.3', 'Social enterprises, share of VCSE organisations', '%', 'snapshot', 'Sector3'),
        ('SECTOR.4', 'Organisations with at least one source of non-public sector funds', '%', 'snapshot', 'Sector3'),
        ('SECTOR.5', 'Organisations that work across specific neighbourhoods and communities', '%', 'snapshot', 'Sector3'),
        ('GRANT.1', 'DWP grants paid', '£', 'financial', 'Financial Resilience'),
        ('GRANT.2', 'Residents supported by DWP grants', 'Number', 'financial', 'Financial Resilience'),
        ('GRANT.3', 'DWP grants allocated', '£', 'financial', 'Financial Resilience'),
        ('GRANT.4', 'Debt cleared for residents by grant recipients', '£', 'financial', 'Financial Resilience')
    ) as contextual (measure_code, measure_name, unit, year_type, owner)
)

select
    measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    unit,  -- %, Number or £
    year_type,  -- calendar that the measure runs by
    owner  -- who answers for the figures
from listed
