-- Codes of areas that were replaced, by day: the upper-tier authorities of England since 2012, and the codes that the areas
-- of Greater Manchester had before 2011. To be checked against the Code History Database of the Office for National
-- Statistics, which is not at hand: the codes were written down from knowledge of the field.
-- grain: replaced code x code in its place
-- key: old_code, new_code
with
replaced as (
    select
        old_code,
        new_code,
        changed_on,
        change_kind,
    from (
        values
        ('00BL', 'E08000001', date '2011-01-01', 'recoded'),
        ('00BM', 'E08000002', date '2011-01-01', 'recoded'),
        ('00BN', 'E08000003', date '2011-01-01', 'recoded'),
        ('00BP', 'E08000004', date '2011-01-01', 'recoded'),
        ('00BQ', 'E08000005', date '2011-01-01', 'recoded'),
        ('00BR', 'E08000006', date '2011-01-01', 'recoded'),
        ('00BS', 'E08000007', date '2011-01-01', 'recoded'),
        ('00BT', 'E08000008', date '2011-01-01', 'recoded'),
        ('00BU', 'E08000009', date '2011-01-01', 'recoded'),
        ('00BW', 'E08000010', date '2011-01-01', 'recoded'),
        ('E06000048', 'E06000057', date '2013-04-01', 'boundary'),
        ('E08000020', 'E08000037', date '2013-04-01', 'boundary'),
        ('E08000016', 'E08000038', date '2019-04-01', 'boundary'),
        ('E08000019', 'E08000039', date '2019-04-01', 'boundary'),
        ('E06000028', 'E06000058', date '2019-04-01', 'merged'),
        ('E06000029', 'E06000058', date '2019-04-01', 'merged'),
        ('E10000009', 'E06000059', date '2019-04-01', 'boundary'),
        ('E10000002', 'E06000060', date '2020-04-01', 'recoded'),
        ('E10000021', 'E06000061', date '2021-04-01', 'split'),
        ('E10000021', 'E06000062', date '2021-04-01', 'split'),
        ('E10000006', 'E06000063', date '2023-04-01', 'split'),
        ('E10000006', 'E06000064', date '2023-04-01', 'split'),
        ('E10000023', 'E06000065', date '2023-04-01', 'recoded'),
        ('E10000027', 'E06000066', date '2023-04-01', 'recoded')
    ) as listed (old_code, new_code, changed_on, change_kind)
)

select
    old_code,  -- code until that day
    new_code,  -- code from that day on
    changed_on,  -- first day on which the old code is no longer one
    change_kind  -- recoded (the same area), boundary, merged or split (another area)
from replaced
