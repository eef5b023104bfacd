-- The time that a claim names in words: quarters, years and months, and whether it speaks of a forecast. Empty lists where it
-- names none: then it is about the year so far, or the latest figure.
-- grain: claim x figure in it
-- key: workbook_sha256, as_at, claimed_cell, stands_as, place
with
figures as (
    select
        report_quarter,
        claim,
        plain_words,
        stands_as,
        place,
        as_at,
        workbook_sha256,
        claimed_cell,
    from marts.claim_text
),

named as (
    select
        figures.*,
        list_transform(
            regexp_extract_all(plain_words, '\b(?:q|quarter )([1-4])\b', 1), lambda name: cast(name as integer)
        ) as numbered,
        list_transform(
            regexp_extract_all(plain_words, '\b(first|second|third|fourth) quarter\b', 1),
            lambda name: list_position(['first', 'second', 'third', 'fourth'], name)
        ) as spelled,
        case
            when regexp_matches(plain_words, '\b(this|the) quarter\b') then [cast(right(report_quarter, 1) as integer)]
            else []
        end as reported,
    from figures
)

select
    stands_as,  -- value, share, component, or mentioned (in the words of the claim)
    place,  -- place of the figure in its cell, from 1
    list_sort(list_distinct(list_concat(numbered, spelled, reported))) as quarters,  -- numbers of the quarters, in order
    regexp_matches(claim, '\bQ[1-4] ?(?:to|-) ?Q[1-4]\b') as is_range,  -- whether it is from the first of them to the last
    list_transform(
        regexp_extract_all(claim, '\b20\d\d ?[/-] ?(?:20)?\d\d\b'), lambda name: left(name, 4) || '-' || right(name, 2)
    ) as years,  -- years, such as 2021-22
    list_transform(
        regexp_extract_all(plain_words, '\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* 20\d\d\b'),
        lambda name: strftime(coalesce(try_strptime(name, '%B %Y'), try_strptime(name, '%b %Y')), '%Y-%m')
    ) as months,  -- months, such as 2021-10
    regexp_matches(plain_words, '\b(?:forecast\w*|projected|projection|expected|predicted)\b') as is_forecast,  -- whether it speaks of a forecast
    as_at,  -- day of publication
    workbook_sha256,  -- SHA-256 of the file
    claimed_cell  -- address of the claimed figure
from named
