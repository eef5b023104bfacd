-- Targets of rates that cannot just be met together: where one rate is the product of two others by the agreement's own
-- numerators and denominators (achieved of starts = achieved of completed x completed of starts), so must be its target.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
rates as (
    select
        measure_code,
        measure_name,
        agreement_year,
        polarity,
        lower(trim(numerator)) as numerator,
        lower(trim(denominator)) as denominator,
        target_value,
        target_text,
        as_at,
        workbook,
        workbook_sha256,
        sheet,
        target_cell,
    from staging.portfolio_agreement_measure
    where superseded_on is null and target_type = 'numeric' and unit = '%' and polarity <> 'none' and numerator <> denominator
),

products as (
    select
        whole.*,
        part.measure_code as part_code,
        base.measure_code as base_code,
        divided(part.target_value * base.target_value, 100) as implied,
        -- rounded to the side on which the product is met
        case whole.polarity when 'high' then 1 else -1 end as side,
        side * ceil(side * divided(whole.target_value * 100, base.target_value) * 100) as part_needed,
        side * ceil(side * divided(whole.target_value * 100, part.target_value) * 100) as base_needed,
    from rates as whole
    inner join rates as part
        on
            whole.workbook_sha256 = part.workbook_sha256
            and whole.as_at = part.as_at
            and whole.polarity = part.polarity
            and whole.numerator = part.numerator
            and whole.denominator <> part.denominator
    inner join rates as base
        on
            part.workbook_sha256 = base.workbook_sha256
            and part.as_at = base.as_at
            and part.polarity = base.polarity
            and part.denominator = base.numerator
            and whole.denominator = base.denominator
)

select
    'component_targets_that_do_not_fit' as check_name,  -- what was checked
    measure_code || ', ' || agreement_year || ': ' || part_code || ' x ' || base_code as subject,  -- what the finding is about
    target_text as published,  -- what was supplied
    rtrim(rtrim(cast(implied as varchar), '0'), '.') || '%' as recomputed,  -- what it should be, where that can be computed
    cast(implied - target_value as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'By the agreement''s numerators and denominators ''' || measure_name || ''' is ' || part_code || ' x ' || base_code
    || '. Where both are just on target it is not: they give ' || rtrim(rtrim(cast(implied as varchar), '0'), '.')
    || '% against a target of ' || rtrim(rtrim(cast(target_value as varchar), '0'), '.') || '%. A target of that for '
    || measure_code
    -- no rate is above 100%
    || case when part_needed > 10000 then '' else ', or ' || shown(divided(part_needed, 100)) || '% for ' || part_code end
    || case when base_needed > 10000 then '' else ', or ' || shown(divided(base_needed, 100)) || '% for ' || base_code end
    || ', would mend it.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    target_cell as cell  -- address of the cell
from products
where case polarity when 'high' then implied < target_value else implied > target_value end
