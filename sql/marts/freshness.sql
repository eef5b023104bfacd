-- When each measure's next figure is due, and whether it is overdue: as each quarter's cut-off and the day of the build saw
-- it. Late is a figure whose days of grace have gone by while its source still sends; silent, one whose source has let two
-- due dates or more go by since anything came from it. A period that was missed and that a later figure has followed is no
-- longer awaited: marts.figure_gap has it.
-- grain: day as of which it is told x measure
-- key: as_of, measure_code
with
days as (
    select
        as_of,
        report_quarter,
        is_now,
    from marts.freshness_day
),

measures as (
    select
        measure_code,
        measure_name,
        owner,
        frequency,
        retired_from,
        sheet_row,
    from marts.measure
),

listed as (
    select
        days.as_of,
        days.report_quarter,
        days.is_now,
        defined.measure_code,
        defined.measure_name,
        defined.frequency,
    from days
    inner join marts.rating_definition as defined on days.report_quarter = defined.report_quarter
    union all
    select
        days.as_of,
        days.report_quarter,
        days.is_now,
        measures.measure_code,
        measures.measure_name,
        case when coalesce(days.as_of < measures.retired_from, true) then measures.frequency end as frequency,
    from days
    inner join measures on days.is_now
),

counted as (
    select
        awaited.as_of,
        awaited.measure_code,
        any_value(awaited.source) as source,
        bool_or(awaited.is_sent_less_often) as is_sent_less_often,
        arg_min(awaited.period_label, awaited.period_start) as next_period,
        min(awaited.period_start) as next_start,
        min(awaited.due_on) as due_on,
        min(awaited.grace_until) as grace_until,
        count(*) filter (where awaited.grace_until < awaited.as_of) as missed,
        count(*) filter (where awaited.grace_until < awaited.as_of and coalesce(awaited.due_on > sources.last_received_on, true)) as missed_in_silence,
        coalesce(any_value(sources.state) = 'silent', false) as source_is_silent,
        any_value(sources.last_received_on) as source_sent_on,
        min(case when awaited.due_on > awaited.as_of then awaited.due_on when awaited.grace_until >= awaited.as_of then cast(awaited.grace_until + interval 1 day as date) end) as changes_on,
    from marts.figure_awaited as awaited
    left join marts.source_freshness as sources on awaited.as_of = sources.as_of and awaited.source = sources.source
    group by awaited.as_of, awaited.measure_code
)

select
    listed.as_of,  -- day as of which it is told
    listed.report_quarter,  -- quarter of which it is the cut-off; null for the day of the build
    listed.is_now,  -- whether it is the day of the build
    listed.measure_code,  -- code of the measure
    listed.measure_name,  -- name of the measure
    counted.source,  -- source whose files bring its figures; null where none ever did
    measures.owner,  -- who answers for the measure
    listed.frequency,  -- how often the agreement has it reported: Quarterly or Annual; null where none does
    counted.is_sent_less_often,  -- whether its source sends less often than that, and it is awaited as the source sends
    received.last_period,  -- latest period with a figure, or an answer that there will be none
    received.last_received_on,  -- day on which the latest figure, or the word that there is none, became known
    counted.source_sent_on,  -- day on which anything last came from its source
    counted.next_period,  -- period of the next figure
    counted.due_on,  -- last day on which that is in time
    counted.grace_until,  -- last day of grace
    coalesce(counted.missed, 0) as periods_missed,  -- periods whose days of grace have gone by without a figure
    case when counted.missed > 0 then listed.as_of - counted.due_on end as days_overdue,  -- days since it was due; null unless overdue
    case
        when counted.measure_code is null then 'not_expected'
        when counted.missed > 0 and received.measure_code is null then 'never_received'
        when counted.missed > 0 and (counted.source_is_silent or counted.missed_in_silence >= 2) then 'silent'
        when counted.missed > 0 then 'late'
        when counted.due_on <= listed.as_of then 'due'
        when received.last_availability = 'not_collected' then 'not_expected'
        else 'not_yet_due'
    end as state,  -- not_yet_due, due (within grace), late, silent, never_received or not_expected
    case
        when received.not_available_until > counted.next_start then coalesce(received.not_available_note, 'it came as ''not available'', without a reason')
        when received.last_availability = 'not_collected' then coalesce(received.not_collected_note, 'not collected, without a reason')
    end as note,  -- what the workbook says of the figure that is missing, or of why none was collected
    counted.changes_on,  -- first day after it on which more will be due or overdue, if nothing comes
    measures.sheet_row  -- row of the agreement's sheet, for its order
from listed
inner join measures on listed.measure_code = measures.measure_code
left join counted on listed.as_of = counted.as_of and listed.measure_code = counted.measure_code
left join marts.figure_received as received on listed.as_of = received.as_of and listed.measure_code = received.measure_code
