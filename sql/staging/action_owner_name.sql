-- Who may be responsible for actions, with every name that plans use for them. A unit's name is often followed by that of
-- the body that it belongs to, which is then no second owner.
-- grain: name of an owner
-- key: owner_alias
with
named as (
    select
        owner_alias,
        owner_name,
        organisation,
    from (
        values
        ('Adult Social Care', 'Adult Social Care', 'Stockport Council'),
        ('All agencies', 'All agencies of the Stockport Partnership', 'Stockport Partnership'),
        ('Chief Executive''s Directorate', 'Chief Executive''s Directorate', 'Stockport Council'),
        ('Chief Executives Directorate', 'Chief Executive''s Directorate', 'Stockport Council'),
        ('Corporate Consultation', 'Corporate Consultation Office', 'Stockport Council'),
        ('Corporate Consultation Office', 'Corporate Consultation Office', 'Stockport Council'),
        ('Council Information Management Strategy Group', 'Information Management Strategy Group', 'Stockport Council'),
        ('Council Online Steering Group', 'Online Steering Group', 'Stockport Council'),
        ('Engaging Communities Advisory Group', 'Engaging Communities Advisory Group', 'Stockport Partnership'),
        ('Head of Community Safety and Neighbourhoods', 'Head of Community Safety and Neighbourhoods', 'Stockport Council'),
        ('MOVES', 'MOVES', null),
        ('Neighbourhood Renewal', 'Neighbourhood Renewal Team', 'Stockport Council'),
        ('Neighbourhood Renewal Team', 'Neighbourhood Renewal Team', 'Stockport Council'),
        ('Partnership Office', 'Stockport Partnership Office', 'Stockport Partnership'),
        ('Safer Stockport Partnership', 'Safer Stockport Partnership', 'Stockport Partnership'),
        ('SCVS', 'SCVS', null),
        ('Stockport Council', 'Stockport Council', null),
        ('Stockport Partnership', 'Stockport Partnership', null),
        ('Stockport Partnership Office', 'Stockport Partnership Office', 'Stockport Partnership'),
        ('Stronger Communities Partnership', 'Stronger Communities Partnership', 'Stockport Partnership'),
        ('Stronger Communities Partnership Board', 'Stronger Communities Partnership', 'Stockport Partnership'),
        ('Third Sector sub-group', 'Third Sector sub-group', 'Stockport Partnership')
    ) as listed (owner_alias, owner_name, organisation)
)

select
    owner_alias,  -- name as some plan writes it
    owner_name,  -- name under which all are one
    organisation  -- body that it belongs to; null for one of its own
from named
