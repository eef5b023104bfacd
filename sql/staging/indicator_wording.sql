-- Indicators that plans name, by how their wordings begin without "% of": plans word the ends differently. National
-- indicators keep their code; those without one have codes of their own.
-- grain: beginning of a wording
-- key: wording_begins
with
worded as (
    select
        indicator_code,
        indicator_name,
        wording_begins,
    from (
        values
        ('NI 4', '% of people who feel they can influence decisions in their locality', 'people who feel they can influence decisions'),
        ('NI 6', 'Participation in regular volunteering', 'formal volunteering'),
        (
            'ENGAGE.1',
            '% of people who feel well informed about how to get involved in local decision making',
            'people who feel well informed about how to get involved'
        ),
        (
            'ENGAGE.2',
            '% of people who believe local public services act on residents'' concerns',
            'people who believe local public services act on residents'' concerns'
        ),
        (
            'ENGAGE.3',
            '% of people who agree public services promote residents'' interests',
            'people who agree public services promote residents'' interests'
        )
    ) as listed (indicator_code, indicator_name, wording_begins)
)

select
    indicator_code,  -- code, such as NI 4
    indicator_name,  -- name as printed
    wording_begins  -- how a wording of it begins, in small letters, without "% of"
from worded
