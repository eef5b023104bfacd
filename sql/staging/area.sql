-- Areas that figures are given for, with every name that workbooks use for them.
-- grain: area name
-- key: area_alias
with
authority as (
    select
        area_code,
        authority_name,
        area_alias,
    from staged.authority
),

named as (
    select
        area_alias,
        area_code,
        area_name,
        area_type,
    from (
        values
        ('Bolton', 'E08000001', 'Bolton', 'metropolitan district'),
        ('Bury', 'E08000002', 'Bury', 'metropolitan district'),
        ('Manchester', 'E08000003', 'Manchester', 'metropolitan district'),
        ('Oldham', 'E08000004', 'Oldham', 'metropolitan district'),
        ('Rochdale', 'E08000005', 'Rochdale', 'metropolitan district'),
        ('Salford', 'E08000006', 'Salford', 'metropolitan district'),
        ('Stockport', 'E08000007', 'Stockport', 'metropolitan district'),
        ('SMBC', 'E08000007', 'Stockport', 'metropolitan district'),
        ('Tameside', 'E08000008', 'Tameside', 'metropolitan district'),
        ('Trafford', 'E08000009', 'Trafford', 'metropolitan district'),
        ('Wigan', 'E08000010', 'Wigan', 'metropolitan district'),
        ('Greater Manchester', 'E47000001', 'Greater Manchester', 'combined authority'),
        ('England', 'E92000001', 'England', 'country'),
        ('Priority 1 areas', 'LOCAL.PRIORITY_1', 'Priority 1 areas', 'neighbourhood'),
        ('Brinnington', 'LOCAL.BRINNINGTON', 'Brinnington', 'neighbourhood')
    ) as listed (area_alias, area_code, area_name, area_type)
),

known as (
    select distinct
        area_code,
        area_name,
        area_type,
    from named
),

own as (
    select
        authority.area_alias,
        authority.area_code,
        coalesce(known.area_name, authority.authority_name) as area_name,
        coalesce(known.area_type, 'local authority') as area_type,
    from authority
    left join known on authority.area_code = known.area_code
),

listed as (
    select
        area_alias,
        area_code,
        area_name,
        area_type,
    from named
    -- a name that the authority says is its own is nobody else's
    where lower(area_alias) not in (select lower(area_alias) from own)
    union all
    select
        area_alias,
        area_code,
        area_name,
        area_type,
    from own
)

select
    area_alias,  -- name of the area as some workbook writes it
    area_code,  -- GSS code, or LOCAL. and a name for a neighbourhood that has none
    area_name,  -- name as printed
    area_type,  -- kind of area
    area_code in (select area_code from authority) as is_authority  -- whether it is the authority whose measures are rated
from listed
