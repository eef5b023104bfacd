-- Published figures of locked quarters that would be others by now: the code, a correction or the days of receipts have
-- changed since. What an erratum has restated as it became known after the cut-off is compared with what stood before.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
quarters as (
    select
        report_quarter,
        cut_off,
    from marts.reporting_quarter
),

locked as (
    select
        figures.report_quarter,
        figures.measure_code,
        figures.value,
        figures.value_period,
        figures.previous_value,
        figures.target_value,
        figures.status,
        figures.status_reason,
        figures.trend,
        figures.trend_reason,
        figures.override_status,
        figures.commentary,
        figures.workbook,
        figures.cell,
    from staging.locked_figure as figures
    inner join quarters on figures.report_quarter = quarters.report_quarter and figures.known_by <= quarters.cut_off
    qualify row_number() over (partition by figures.report_quarter, measure_code order by decision_order desc) = 1
),

computed as (
    select
        report_quarter,
        measure_code,
        value,
        value_period,
        previous_value,
        target_value,
        status,
        status_reason,
        trend,
        trend_reason,
        override_status,
        commentary,
    from marts.computed_status
    where report_quarter in (select report_quarter from locked)
),

compared as (
    select
        coalesce(locked.report_quarter, computed.report_quarter) as report_quarter,
        coalesce(locked.measure_code, computed.measure_code) as measure_code,
        locked.measure_code is not null and computed.measure_code is not null as is_in_both,
        computed.value - locked.value as difference,
        locked.workbook,
        locked.cell,
        unnest([
            { 'figure': 'value', 'published': in_full(locked.value), 'recomputed': in_full(computed.value) },
            { 'figure': 'value_period', 'published': locked.value_period, 'recomputed': computed.value_period },
            { 'figure': 'previous_value', 'published': in_full(locked.previous_value), 'recomputed': in_full(computed.previous_value) },
            { 'figure': 'target_value', 'published': in_full(locked.target_value), 'recomputed': in_full(computed.target_value) },
            { 'figure': 'status', 'published': locked.status, 'recomputed': computed.status },
            { 'figure': 'status_reason', 'published': locked.status_reason, 'recomputed': computed.status_reason },
            { 'figure': 'trend', 'published': locked.trend, 'recomputed': computed.trend },
            { 'figure': 'trend_reason', 'published': locked.trend_reason, 'recomputed': computed.trend_reason },
            { 'figure': 'override_status', 'published': locked.override_status, 'recomputed': computed.override_status },
            { 'figure': 'commentary', 'published': locked.commentary, 'recomputed': computed.commentary }
        ]) as compared_figure,
    from locked
    full outer join computed
        on locked.report_quarter = computed.report_quarter and locked.measure_code = computed.measure_code
),

figures as (
    select
        report_quarter,
        measure_code,
        is_in_both,
        difference,
        workbook,
        cell,
        struct_extract(compared_figure, 'figure') as figure,
        struct_extract(compared_figure, 'published') as published,
        struct_extract(compared_figure, 'recomputed') as recomputed,
    from compared
),

differing as (
    select
        report_quarter,
        measure_code,
        string_agg(figure || ' ' || coalesce(published, 'nothing'), ', ' order by figure) as published,
        string_agg(figure || ' ' || coalesce(recomputed, 'nothing'), ', ' order by figure) as recomputed,
        max(difference) as difference,
        max(workbook) as workbook,
        max(cell) as cell,
    from figures
    -- of a measure that only one side has, what is never blank says it
    where published is distinct from recomputed and (is_in_both or figure = 'status_reason')
    group by report_quarter, measure_code
)

select
    'locked_figure_differs' as check_name,  -- what was checked
    report_quarter || ', ' || measure_code as subject,  -- what the finding is about
    published,  -- what was supplied
    recomputed,  -- what it should be, where that can be computed
    cast(difference as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    report_quarter || ' is locked, so what is published of ' || measure_code || ' stays: ' || published
    || '. Without the lock it would be: ' || recomputed || '. The code, a correction or the day of a receipt has changed '
    || 'since; an erratum lets the new figures through.' as explanation,  -- what it means
    workbook,  -- file name
    'csv' as sheet,  -- sheet
    cell  -- address of the cell
from differing
