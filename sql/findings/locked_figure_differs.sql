-- Published figures of locked quarters that would be others by now: the code, a correction or the days of receipts have
-- changed since. What an erratum has restated as it became known after the cut-off is compared with what stood before.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
locked as (
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
        override_reason,
        commentary,
        workbook,
        cell,
    from staging.locked_figure
    inner join marts.reporting_quarter using (report_quarter)
    where locked_figure.known_by <= reporting_quarter.cut_off
    qualify row_number() over (partition by report_quarter, measure_code order by decision_order desc) = 1
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
        override_reason,
        commentary,
    from marts.computed_status
    where report_quarter in (select report_quarter from locked)
),

figures as (
    select figure
    from (
        values
        ('value'), ('value_period'), ('previous_value'), ('target_value'), ('status'), ('status_reason'),
        ('trend'), ('trend_reason'), ('override_status'), ('override_reason'), ('commentary')
    ) as listed (figure)
),

compared as (
    select
        coalesce(locked.report_quarter, computed.report_quarter) as report_quarter,
        coalesce(locked.measure_code, computed.measure_code) as measure_code,
        figures.figure,
        case figures.figure
            when 'value' then in_full(locked.value)
            when 'value_period' then locked.value_period
            when 'previous_value' then in_full(locked.previous_value)
            when 'target_value' then in_full(locked.target_value)
            when 'status' then locked.status
            when 'status_reason' then locked.status_reason
            when 'trend' then locked.trend
            when 'trend_reason' then locked.trend_reason
            when 'override_status' then locked.override_status
            when 'override_reason' then locked.override_reason
            when 'commentary' then locked.commentary
        end as published,
        case figures.figure
            when 'value' then in_full(computed.value)
            when 'value_period' then computed.value_period
            when 'previous_value' then in_full(computed.previous_value)
            when 'target_value' then in_full(computed.target_value)
            when 'status' then computed.status
            when 'status_reason' then computed.status_reason
            when 'trend' then computed.trend
            when 'trend_reason' then computed.trend_reason
            when 'override_status' then computed.override_status
            when 'override_reason' then computed.override_reason
            when 'commentary' then computed.commentary
        end as recomputed,
        locked.workbook,
        locked.cell,
    from locked
    full outer join computed
        on locked.report_quarter = computed.report_quarter and locked.measure_code = computed.measure_code
    cross join figures
    -- a measure that only one of them has is said once, by what is never blank
    where (locked.measure_code is not null and computed.measure_code is not null) or figures.figure = 'status_reason'
)

select
    'locked_figure_differs' as check_name,  -- what was checked
    report_quarter || ', ' || measure_code || ', ' || figure as subject,  -- what the finding is about
    published,  -- what was supplied
    recomputed,  -- what it should be, where that can be computed
    cast(try_cast(recomputed as decimal(28, 6)) - try_cast(published as decimal(28, 6)) as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    report_quarter || ' is locked, so ' || figure || ' of ' || measure_code || ' stays '
    || coalesce('''' || published || '''', 'without a figure') || '; without the lock it would be '
    || coalesce('''' || recomputed || '''', 'without a figure')
    || '. The code, a correction or the day of a receipt has changed; an erratum lets the new figure through.' as explanation,  -- what it means
    workbook,  -- file name
    'csv' as sheet,  -- sheet
    cell  -- address of the cell
from compared
where published is distinct from recomputed
