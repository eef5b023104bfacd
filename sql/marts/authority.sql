-- The authority whose measures are rated, and who publishes.
-- grain: authority (one)
-- key: area_code
select
    area_code,  -- GSS code
    authority_name,  -- name of its area
    organisation  -- who publishes
from staging.authority
