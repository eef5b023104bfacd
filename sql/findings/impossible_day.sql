-- Days named in text that no month has, such as the 31st of June, with or without a year.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
texts as (
    select
        supplied_text,
        workbook,
        sheet,
        cell,
        '(?:January|February|March|April|May|June|July|August|September|October|November|December'
        || '|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)' as any_month,
    from marts.supplied_text
    where superseded_on is null
),

days as (
    select
        *,
        unnest(
            regexp_extract_all(
                supplied_text,
                '\b[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?' || any_month || '(?: [0-9]{4})?\b'
                || '|\b' || any_month || ' [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}\b'
            )
        ) as named,
        cast(regexp_extract(named, '\b([0-9]{1,2})(?:[a-z]|\W|$)', 1) as integer) as day_number,
        coalesce(nullif(regexp_extract(named, '[0-9]{4}$'), ''), '2000') as year_or_any,
        strptime(left(regexp_extract(named, '[A-Z][a-z]+'), 3) || ' ' || year_or_any, '%b %Y') as month_start,
    from texts
)

select distinct
    'impossible_day' as check_name,  -- what was checked
    named as subject,  -- what the finding is about
    supplied_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- nothing is subtracted
    'fail' as severity,  -- fail or warn
    'There is no such day: ' || strftime(month_start, '%B') || case when year_or_any = '2000' then '' else ' ' || year_or_any end
    || ' has ' || day(last_day(month_start)) || '.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from days
where
    (day_number = 0 or day_number > day(last_day(month_start)))
    -- beyond 31 without a year it counts something, and is no day
    and (day_number <= 31 or year_or_any <> '2000')
