-- Risks of data that do not come: supply that has failed, figures that are late, silent or were never received, and late or
-- silent sources that bring no measure of the quarter.
-- grain: reporting quarter x subject x kind
-- key: report_quarter, subject_kind, subject, kind
with
sources as (
    select
        days.report_quarter,
        source.source,
        source.title,
        source.owner,
        source.last_received_on,
        source.next_period,
        source.due_on,
        source.grace_until,
        source.periods_missed,
        source.days_overdue,
        source.state,
    from marts.risk_day as days
    inner join marts.source_freshness as source on days.seen_on = source.as_of
),

figures as (
    select
        days.report_quarter,
        freshness.measure_code,
        freshness.source,
        freshness.next_period,
        freshness.due_on,
        freshness.grace_until,
        freshness.periods_missed,
        freshness.days_overdue,
        freshness.state,
        freshness.note,
    from marts.risk_day as days
    inner join marts.freshness on days.seen_on = freshness.as_of
    inner join marts.rating_definition as defined
        on days.report_quarter = defined.report_quarter and freshness.measure_code = defined.measure_code
),

-- the file that came last from a source, by the day as of which it is told
files as (
    select
        days.report_quarter,
        edition.source,
        arg_max(edition.workbook, edition.as_at || edition.workbook) as workbook,
    from marts.risk_day as days
    inner join staging.edition on days.seen_on >= edition.as_at
    group by days.report_quarter, edition.source
),

failures as (
    select
        failure.report_quarter,
        failure.measure_code,
        failure.first_missing_period,
        failure.last_missing_period,
        failure.periods_missing,
        failure.reason,
        origin.workbook,
        origin.sheet,
        origin.cell,
    from marts.supply_failure as failure
    left join marts.observation_origin as origin on failure.origin_id = origin.origin_id and origin.role <> 'denominator'
),

found as (
    select
        report_quarter,
        'measure' as subject_kind,
        measure_code as subject,
        'supply_failure' as kind,
    from failures
    union all
    select
        report_quarter,
        'measure' as subject_kind,
        measure_code as subject,
        state as kind,
    from figures
    where state in ('late', 'silent', 'never_received')
    union all
    -- a source from which nothing ever came has promised nothing
    select
        sources.report_quarter,
        'source' as subject_kind,
        sources.source as subject,
        'source_overdue' as kind,
    from sources
    anti join figures on sources.report_quarter = figures.report_quarter and sources.source = figures.source
    where sources.state in ('late', 'silent')
)

select
    found.report_quarter,  -- label of the quarter
    found.subject_kind,  -- measure or source
    found.subject,  -- code of the measure, or name of the source
    found.kind,  -- kind of risk
    sources.title as source_title,  -- title of the source that should send it
    sources.owner as supplier,  -- who supplies it
    sources.last_received_on as source_sent_on,  -- day on which anything last came from that source
    coalesce(failures.last_missing_period, figures.next_period, sources.next_period) as value_period,  -- period that is awaited; of a supply that failed, the last without a figure
    failures.first_missing_period as against_period,  -- of a supply that failed, the first period without a figure
    coalesce(figures.due_on, sources.due_on) as due_on,  -- last day on which it was in time
    coalesce(figures.grace_until, sources.grace_until) as grace_until,  -- last day of grace
    coalesce(figures.days_overdue, sources.days_overdue) as days_overdue,  -- days since it was due
    coalesce(failures.periods_missing, figures.periods_missed, sources.periods_missed) as counted,  -- periods of which nothing has come
    coalesce(failures.reason, figures.note) as said,  -- what the workbook says of the figure that is missing
    coalesce(failures.workbook, files.workbook) as workbook,  -- file that says so, else the last that came from the source
    failures.sheet,  -- sheet
    failures.cell  -- address of the cell
from found
left join failures
    on found.kind = 'supply_failure' and found.report_quarter = failures.report_quarter and found.subject = failures.measure_code
left join figures
    on found.report_quarter = figures.report_quarter and found.subject = figures.measure_code and found.kind = figures.state
left join sources
    on found.report_quarter = sources.report_quarter and sources.source = if(found.subject_kind = 'source', found.subject, figures.source)
left join files on sources.report_quarter = files.report_quarter and sources.source = files.source
