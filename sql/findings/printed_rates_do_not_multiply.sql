-- Printed rates of which one is the product of two others by the agreement's words (a of b, times b of c, is a of c), and
-- is not, however the three were rounded.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
definitions as (
    select
        measure_code,
        lower(numerator) as numerator,
        lower(denominator) as denominator,
    from staging.portfolio_agreement_measure
    where superseded_on is null and unit = '%' and numerator is not null and denominator is not null
),

rates as (
    select
        figure.measure_code,
        definitions.numerator,
        definitions.denominator,
        figure.printed_column,
        figure.column_year,
        figure.printed_value,
        figure.printed_value - figure.rounds_to / 2 as least,
        figure.printed_value + figure.rounds_to / 2 as most,
        figure.workbook,
        figure.workbook_sha256,
        figure.sheet,
        figure.cell,
    from marts.printed_figure as figure
    inner join definitions on figure.measure_code = definitions.measure_code
    where
        figure.superseded_on is null
        and figure.role = 'value'
        and figure.unit = '%'
        and figure.printed_column <> 'target'
),

products as (
    select
        first.measure_code as first_code,
        second.measure_code as second_code,
        whole.*,
        first.printed_value as first_value,
        second.printed_value as second_value,
        divided(first.printed_value * second.printed_value, 100) as product,
        divided(first.least * second.least, 100) as product_least,
        divided(first.most * second.most, 100) as product_most,
    from rates as whole
    inner join rates as first
        on
            whole.workbook_sha256 = first.workbook_sha256
            and whole.printed_column = first.printed_column
            and whole.numerator = first.numerator
            and whole.measure_code <> first.measure_code
    inner join rates as second
        on
            whole.workbook_sha256 = second.workbook_sha256
            and whole.printed_column = second.printed_column
            and first.denominator = second.numerator
            and second.denominator = whole.denominator
            and whole.measure_code <> second.measure_code
)

select
    'printed_rates_do_not_multiply' as check_name,  -- what was checked
    first_code || ' x ' || second_code || ' = ' || measure_code || ', ' || column_year || ', ' || printed_column as subject,  -- what the finding is about
    shown(printed_value) || '%' as published,  -- what was supplied
    shown(product) || '%' as recomputed,  -- what it should be, where that can be computed
    cast(product - printed_value as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    shown(first_value) || '% of ' || shown(second_value) || '% is ' || shown(product) || '%, and with all rounding between '
    || shown(product_least) || '% and ' || shown(product_most) || '%: ' || shown(printed_value)
    || '% would fit ' || second_code || ' at ' || shown(divided(printed_value * 100, first_value)) || '% or '
    || first_code || ' at ' || shown(divided(printed_value * 100, second_value)) || '%.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from products
where least > product_most or most < product_least
