-- The authority whose measures are rated, as its installation says.
-- grain: authority (one)
-- key: area_code
select distinct
    area_code,  -- GSS code
    authority_name,  -- name of its area
    organisation  -- who publishes
from staged.authority
