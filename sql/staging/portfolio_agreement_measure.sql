-- The measures of the portfolio agreement, their words turned into the values that the rules of rating use.
-- grain: edition x measure
-- key: workbook_sha256, as_at, measure_code
with
measures as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        period_start,
        code,
        code_cell,
        measure_name,
        priority,
        category,
        good_performance,
        unit,
        year,
        numerator,
        denominator,
        frequency,
        target,
        target_availability,
        target_cell,
        target_text,
        rated_on,
        trend_compares,
        forecast_method,
        gm_strategy,
        owner,
        note,
        approved_on,
        tolerance,
        replaces,
        plain_words(measure_name) as plain_name,
        row_number() over (partition by workbook_sha256, workbook, corrections, code, plain_name order by row_number) as nth,
    from staged.portfolio_agreement_measures
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'portfolio_agreement'
),

uncoded as (
    select
        plain_name,
        nth,
        measure_code,
    from staging.uncoded_measure
)

select
    case when measures.code = 'New measure' then uncoded.measure_code else measures.code end as measure_code,  -- code; those without one are IN.N1 and on, in the sheet order of the first agreement that lists them
    measures.measure_name,  -- name of the measure
    cast(substr(measures.priority, 1, 1) as integer) as priority_number,  -- number of the priority that it serves
    measures.priority,  -- number and title of the priority
    measures.category,  -- Council, Partnership or Contextual
    case measures.good_performance when 'High' then 'high' when 'Low' then 'low' else 'none' end as polarity,  -- high or low where one of them is good, else none
    measures.category = 'Contextual' or coalesce(measures.good_performance, '') = 'Contextual' as is_contextual,  -- whether it is shown for context and never rated
    measures.unit,  -- %, Number, £ or per 1,000
    case measures.year
        when 'Financial' then 'financial' when 'Academic' then 'academic' when 'Snapshot' then 'snapshot' else 'rolling'
    end as year_type,  -- calendar that the measure runs by
    measures.numerator,  -- what is counted, of a rate, in words
    measures.denominator,  -- what it is counted against, in words
    measures.frequency,  -- how often it is reported: Quarterly or Annual
    case
        when measures.target_availability = 'value' then 'numeric' else measures.target_availability
    end as target_type,  -- numeric, maximise, minimise, none or to_be_confirmed
    measures.target as target_value,  -- target in the measure's unit
    coalesce(try_cast(regexp_extract(measures.tolerance, '^[0-9.]+') as decimal(28, 6)), 5) as tolerance_value,  -- how far below target is still Amber
    case
        when measures.tolerance is null or measures.tolerance like '%\%' escape '\' then 'relative'
        else 'absolute'
    end as tolerance_kind,  -- relative: per cent of the target; absolute: points or the measure's unit
    measures.rated_on,  -- Forecast, Year to date or Latest
    measures.trend_compares,  -- which values the trend compares
    measures.forecast_method,  -- how a year-end figure is come by
    measures.gm_strategy is not null as headline,  -- in the Greater Manchester Strategy framework or a corporate headline
    measures.owner,  -- who answers for the measure
    measures.note,  -- note of the agreement
    measures.replaces,  -- code in the agreement before of the measure that it continues, where it says so
    cast(strptime(measures.approved_on, '%d %B %Y') as date) as approved_on,  -- day on which Cabinet approved the agreement
    measures.period_label as agreement_year,  -- financial year of the agreement
    measures.period_start as agreement_start,  -- first day of that year
    measures.row_number as sheet_row,  -- row of the sheet, for the order of the agreement
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    measures.workbook,  -- file name
    measures.workbook_sha256,  -- SHA-256 of the file
    measures.sheet,  -- sheet
    measures.code_cell,  -- address of the code
    measures.target_cell,  -- address of the target
    measures.target_text  -- target as supplied
from measures
inner join editions
    on
        measures.workbook_sha256 = editions.workbook_sha256
        and measures.workbook = editions.workbook
        and measures.corrections is not distinct from editions.corrections
left join uncoded on measures.plain_name = uncoded.plain_name and measures.nth = uncoded.nth
