-- Periods named in text that cannot be: a year such as 2017/17, a year from one month to another that is no twelve
-- months, quarters that do not fill the time they are said to, data of a time that had not come.
-- A period in quotation marks is quoted, not stated.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
texts as (
    select
        supplied_text,
        as_at,
        workbook,
        sheet,
        cell,
        '(?:January|February|March|April|May|June|July|August|September|October|November|December)' as month_name,
    from marts.supplied_text
    where superseded_on is null
),

years as (
    select
        *,
        unnest(regexp_extract_all(supplied_text, '(?:^|[^0-9/''‘’"“”-])((?:19|20)[0-9]{2}[/–-][0-9]{2})(?:[^0-9/–-]|$)', 1)) as named,
        cast(substr(named, 3, 2) as integer) as first_year,
        cast(substr(named, 6, 2) as integer) as second_year,
    from texts
),

spans as (
    select
        *,
        unnest(regexp_extract_all(supplied_text, month_name || ' [0-9]{4} (?:to|until|-|–) ' || month_name || ' [0-9]{4}')) as named,
        strptime(regexp_extract(named, '^\w+ \d{4}'), '%B %Y') as first_month,
        strptime(regexp_extract(named, '\w+ \d{4}$'), '%B %Y') as last_month,
        date_diff('month', first_month, last_month) + 1 as months,
        list_position(
            ['two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
            lower(regexp_extract(supplied_text, '(?i)\b(two|three|four|five|six|seven|eight) quarter', 1))
        ) + 1 as quarters,
        regexp_matches(supplied_text, '(?i)\byear (from )?' || named) as is_said_a_year,
        regexp_matches(supplied_text, '(?i)\b(survey|undertaken|data|average|delivered|collected|actual)') as is_said_past,
    from texts
),

wrong as (
    select
        named,
        supplied_text,
        workbook,
        sheet,
        cell,
        'No year is ' || named || ': ' || substr(named, 1, 2) || lpad(cast((second_year + 99) % 100 as varchar), 2, '0')
        || substr(named, 5, 1) || substr(named, 6, 2) || ' or ' || substr(named, 1, 5)
        || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') || ' may be meant.' as explanation,
    from years
    where
        case substr(named, 5, 1)
            when '/' then second_year <> (first_year + 1) % 100
            -- with a dash, a month or several years
            else second_year <= first_year and second_year > 12
        end
    union all
    select
        named,
        supplied_text,
        workbook,
        sheet,
        cell,
        concat_ws(
            ' ',
            case when months < 1 then 'It ends before it begins.' end,
            case when is_said_a_year and months <> 12 then 'It is said to be a year and has ' || months || ' months.' end,
            case when quarters * 3 <> months then quarters || ' quarters have ' || quarters * 3 || ' months, not ' || months || '.' end,
            case when is_said_past and last_month > as_at then 'It ends after ' || strftime(as_at, '%-d %B %Y') || ', when this was supplied.' end,
            case
                when is_said_a_year and months <> 12
                    then strftime(first_month, '%B %Y') || ' to ' || strftime(first_month + interval 11 month, '%B %Y') || ' may be meant.'
            end
        ) as explanation,
    from spans
)

select distinct
    'impossible_period' as check_name,  -- what was checked
    named as subject,  -- what the finding is about
    supplied_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- nothing is subtracted
    'fail' as severity,  -- fail or warn
    explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from wrong
where explanation <> ''
