-- Words by which claims about a whole source say which of its measures they are about. What a finance workbook gives is no
-- measure: the amounts have names of their own there.
-- grain: source x words x what the figure stands as
-- key: source, words, stands_as
with
listed as (
    select
        source,
        words,
        stands_as,
        measure_code,
    from (
        values
        ('dwp_grants', 'residents supported', 'value', 'GRANT.2'),
        ('dwp_grants', 'distributed', 'value', 'GRANT.1'),
        ('dwp_grants', 'paid', 'value', 'GRANT.1'),
        ('dwp_grants', 'spen', 'value', 'GRANT.1'),
        ('dwp_grants', 'allocat', 'value', 'GRANT.3'),
        ('dwp_grants', 'debt cleared', 'value', 'GRANT.4'),
        ('dwp_grants', 'investment in', 'mentioned', 'GRANT.1'),
        ('finance', 'reserve', 'value', 'reserves'),
        ('finance', 'cash limit', 'value', 'cash limit'),
        ('finance', 'budget', 'value', 'cash limit'),
        ('finance', 'outturn', 'value', 'outturn'),
        ('finance', 'net expenditure', 'value', 'net expenditure'),
        ('state_of_the_sector', 'social enterprise', 'value', 'SECTOR.2'),
        ('state_of_the_sector', 'social enterprise', 'share', 'SECTOR.3'),
        ('state_of_the_sector', 'micro', 'value', 'SECTOR.1'),
        ('state_of_the_sector', 'non-public', 'value', 'SECTOR.4'),
        ('state_of_the_sector', 'neighbourhoods and communities', 'value', 'SECTOR.5'),
        ('state_of_the_sector', 'groups', 'value', 'IN.14')
    ) as claimed (source, words, stands_as, measure_code)
)

select
    source,  -- source that the claim names
    words,  -- words in the claim, in small letters
    stands_as,  -- value, share (in brackets behind it), or mentioned (in the words of the claim)
    measure_code  -- measure that they mean, or what of the finance workbook
from listed
