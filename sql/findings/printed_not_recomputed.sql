-- Printed figures that the workbooks did not give on the day of publication, as far as they are printed. Two that would
-- agree if they were swapped are a finding of their own; of a rate with its fraction, the fraction is compared here, and
-- the rate with its fraction in `printed_rate_against_fraction`.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
compared as (
    select
        measure_code,
        column_year,
        period_label,
        place,
        role,
        component,
        printed_value,
        unit,
        recomputed,
        agrees,
        is_cut_off,
        printed_text,
        as_at,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        count(*) filter (where role in ('numerator', 'denominator')) over its_cell as fraction_figures,
        max(recomputed) filter (where role = 'value') over its_cell as recomputed_rate,
        max(printed_value) filter (where role = 'value') over its_cell as rate,
        max(rounds_to) filter (where role = 'value') over its_cell as rate_rounds_to,
        bool_or(agrees) filter (where role = 'value') over its_cell as rate_agrees,
    from marts.printed_recomputed
    where superseded_on is null
    window its_cell as (partition by workbook_sha256, cell)
),

swapped as (
    select
        workbook_sha256,
        cell,
        place,
    from marts.printed_swap
    union
    select
        workbook_sha256,
        other_cell as cell,
        other_place as place,
    from marts.printed_swap
),

-- what else a count in brackets would be the printed rate of
other_wholes as (
    select
        compared.workbook_sha256,
        compared.cell,
        observation.denominator,
        string_agg(distinct observation.measure_code, ' and ' order by observation.measure_code) as measures,
    from compared
    inner join marts.observation
        on
            compared.period_label = observation.period_label
            and compared.measure_code <> observation.measure_code
            and abs(divided(compared.printed_value * 100, observation.denominator) - compared.rate) * 2
            <= compared.rate_rounds_to
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where compared.role = 'count' and not compared.agrees and observation.superseded_on is null
    group by compared.workbook_sha256, compared.cell, observation.denominator
),

explained as (
    select
        compared.*,
        other_wholes.denominator as other_whole,
        other_wholes.measures,
    from compared
    anti join swapped
        on
            compared.workbook_sha256 = swapped.workbook_sha256
            and compared.cell = swapped.cell
            and compared.place = swapped.place
    left join other_wholes
        on
            compared.workbook_sha256 = other_wholes.workbook_sha256
            and compared.cell = other_wholes.cell
            and compared.role = 'count'
    where not compared.agrees and not (compared.role = 'value' and compared.fraction_figures > 0)
)

select
    'printed_not_recomputed' as check_name,  -- what was checked
    measure_code || ', ' || column_year || ', '
    || case role when 'count' then 'number in brackets' else coalesce(component, role) end as subject,  -- what the finding is about
    printed_text as published,  -- what was supplied
    shown_in(recomputed, unit) as recomputed,  -- what it should be, where that can be computed
    cast(recomputed - printed_value as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    case
        when is_cut_off
            then 'The workbooks give ' || shown(recomputed) || ': the printed figure was truncated, not rounded.'
        else 'The workbooks give ' || shown(recomputed) || ' where ' || shown(printed_value) || ' is printed.'
    end
    || case
        when role = 'count' and rate_agrees
            then ' The printed rate of ' || shown(rate) || '% agrees with them, and with ' || shown(recomputed) || ' beside it.'
        when role in ('numerator', 'denominator') and not rate_agrees
            then ' With it the rate is ' || shown(recomputed_rate) || '%, not ' || shown(rate) || '%.'
        else ''
    end
    || coalesce(
        ' ' || shown(printed_value) || ' is ' || shown(rate) || '% of ' || shown(other_whole) || ', which is what '
        || measures || ' are measured against.', ''
    ) as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from explained
