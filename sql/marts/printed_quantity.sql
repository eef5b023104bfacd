-- What the printed report says of the quantities that its rates are made of, in the agreement's words: a count that is
-- printed stands for itself, and a rate beside its count says between which bounds its denominator lies.
-- grain: edition x printed cell x quantity
-- key: workbook_sha256, as_at, cell, quantity
with
figures as (
    select
        measure_code,
        printed_column,
        column_year,
        printed_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        max(printed_value) filter (where role = 'value') as rate,
        max(rounds_to) filter (where role = 'value') / 2 as half_step,
        max(printed_value) filter (where role in ('count', 'numerator')) as part,
        max(printed_value) filter (where role = 'denominator') as whole,
    from marts.printed_figure
    where measure_code is not null
    group by
        measure_code, printed_column, column_year, printed_text, as_at, superseded_on, workbook, workbook_sha256, sheet, cell
),

definitions as (
    select
        measure_code,
        numerator,
        denominator,
        case unit when '%' then 100 when 'per 1,000' then 1000 end as factor,
    from staging.portfolio_agreement_measure
    where superseded_on is null and numerator is not null and denominator is not null
),

-- words of the agreement that mean one quantity: what is awarded is what was successfully applied for
synonyms as (
    select
        words,
        quantity,
    from (values ('awards', 'successful applications')) as listed (words, quantity)
),

stated as (
    select
        figures.*,
        definitions.numerator as words,
        'numerator' as stands_as,
        part as least,
        part as most,
    from figures
    inner join definitions on figures.measure_code = definitions.measure_code
    where part is not null
    union all
    select
        figures.*,
        definitions.denominator as words,
        'denominator' as stands_as,
        coalesce(whole, divided(part * definitions.factor, rate + half_step)) as least,
        coalesce(whole, divided(part * definitions.factor, rate - half_step)) as most,
    from figures
    inner join definitions on figures.measure_code = definitions.measure_code
    where whole is not null or (part > 0 and rate > half_step)
)

select
    stated.measure_code,  -- code of the measure
    stated.printed_column,  -- column of the printed table
    stated.column_year,  -- financial year that the column is of
    coalesce(synonyms.quantity, lower(stated.words)) as quantity,  -- what is counted, in the agreement's words, one of several that mean the same
    stated.words,  -- the agreement's words
    stated.stands_as,  -- numerator or denominator
    cast(stated.least as decimal(28, 6)) as least,  -- least that it can be
    cast(stated.most as decimal(28, 6)) as most,  -- most that it can be
    stated.least < stated.most as is_implied,  -- whether it is worked out from a rate and its count
    case
        when stated.least < stated.most
            then 'between ' || shown(ceil(stated.least)) || ' and ' || shown(floor(stated.most))
        else shown(stated.least)
    end as in_words,  -- the same, in words
    stated.printed_text,  -- the cell as printed
    stated.as_at,  -- day of publication
    stated.superseded_on,  -- first day on which a later edition counts; null while it counts
    stated.workbook,  -- file name
    stated.workbook_sha256,  -- SHA-256 of the file
    stated.sheet,  -- sheet
    stated.cell  -- address of the cell
from stated
left join synonyms on lower(stated.words) = synonyms.words
