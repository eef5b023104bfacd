-- When each source's next file is due, and whether it is late or the source fell silent: as each quarter's cut-off and the
-- day of the build saw it. Silent is a source that has let two due dates or more go by, grace included, since anything came
-- from it, be it refused. A file is due so many days after its period as the source's contract says. A source of which
-- nothing ever came has promised nothing yet.
-- grain: day as of which it is told x source
-- key: as_of, source
with
sources as (
    select
        source,
        title,
        owner,
        expected,
        months,
        year_ends,
        due_days,
        grace_days,
    from staged.source
),

days as (
    select
        as_of,
        is_now,
    from marts.freshness_day
),

receipts as (
    select
        days.as_of,
        receipt.source,
        max(receipt.received_on) as last_received_on,
        arg_max(receipt.workbook, receipt.received_on || receipt.workbook) as last_workbook,
        arg_max(receipt.outcome, receipt.received_on || receipt.workbook) in ('quarantined', 'conflict') as last_was_refused,
    from days
    inner join staged.receipt on days.as_of >= receipt.received_on
    group by days.as_of, receipt.source
),

loaded as (
    select
        days.as_of,
        edition.source,
        max(edition.period_end) as supplied_until,
        arg_max(edition.period_label, edition.period_end || edition.period_label) as last_period,
    from days
    inner join staging.edition on days.as_of >= edition.as_at and coalesce(days.as_of < edition.superseded_on, true)
    group by days.as_of, edition.source
),

awaited as (
    select
        receipts.as_of,
        receipts.source,
        receipts.last_received_on,
        supply_period.period_label,
        supply_period.period_start,
        cast(supply_period.period_end + to_days(cast(sources.due_days as integer)) as date) as due_on,
        cast(supply_period.period_end + to_days(cast(sources.due_days + sources.grace_days as integer)) as date) as grace_until,
    from receipts
    inner join sources on receipts.source = sources.source
    inner join marts.supply_period on sources.months = supply_period.months and sources.year_ends = supply_period.year_ends
    left join loaded on receipts.as_of = loaded.as_of and receipts.source = loaded.source
    -- of a source whose files were all refused, the first that is awaited is of the period in which it began to send
    where supply_period.period_end > coalesce(loaded.supplied_until, receipts.last_received_on)
),

counted as (
    select
        as_of,
        source,
        arg_min(period_label, period_start) as next_period,
        min(due_on) as due_on,
        min(grace_until) as grace_until,
        count(*) filter (where grace_until < as_of) as periods_missed,
        count(*) filter (where grace_until < as_of and due_on > last_received_on) as missed_since_received,
        min(case when due_on > as_of then due_on when grace_until >= as_of then cast(grace_until + interval 1 day as date) end) as changes_on,
    from awaited
    group by as_of, source
)

select
    days.as_of,  -- day as of which it is told
    days.is_now,  -- whether that is the day of the build
    sources.source,  -- name of the source
    sources.title,  -- title of the source
    sources.owner,  -- who supplies it
    sources.expected,  -- when files come, in the words of its contract
    loaded.last_period,  -- period of the latest file that counts
    receipts.last_received_on,  -- day on which anything last came from it, be it refused
    case when receipts.last_was_refused then receipts.last_workbook end as refused_workbook,  -- its latest file, where that was refused
    counted.next_period,  -- first period of which nothing has come; null where no day can be told
    counted.due_on,  -- last day on which that is in time
    counted.grace_until,  -- last day of grace
    coalesce(counted.periods_missed, 0) as periods_missed,  -- periods whose days of grace have gone by without a file
    case when counted.periods_missed > 0 then days.as_of - counted.due_on end as days_overdue,  -- days since it was due; null unless overdue
    case
        when receipts.source is null then 'never_received'
        when counted.source is null then 'not_expected'
        when counted.missed_since_received >= 2 then 'silent'
        when counted.periods_missed > 0 then 'late'
        when counted.due_on <= days.as_of then 'due'
        else 'not_yet_due'
    end as state,  -- not_yet_due, due (within grace), late, silent, never_received, or not_expected where no day can be told
    counted.changes_on  -- first day after it on which more will be due or overdue, if nothing comes
from days
cross join sources
left join receipts on days.as_of = receipts.as_of and sources.source = receipts.source
left join loaded on days.as_of = loaded.as_of and sources.source = loaded.source
left join counted on days.as_of = counted.as_of and sources.source = counted.source
