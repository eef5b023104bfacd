-- Measures whose next figure is overdue on the day of the build, with who supplies it. marts.freshness has all measures, also
-- as of each quarter's cut-off, and marts.source_freshness the sources, those that bring no measure among them.
-- grain: measure
-- key: measure_code
with
freshness as (
    select
        as_of,
        measure_code,
        measure_name,
        source,
        owner,
        frequency,
        last_period,
        last_received_on,
        source_sent_on,
        next_period,
        due_on,
        grace_until,
        periods_missed,
        days_overdue,
        state,
        note,
    from marts.freshness
    where is_now and state in ('late', 'silent', 'never_received')
),

sources as (
    select
        source,
        title,
        owner,
    from staged.source
)

select
    freshness.as_of,  -- day of the build
    freshness.measure_code,  -- code of the measure
    freshness.measure_name,  -- name of the measure
    freshness.source,  -- source whose files bring its figures; null where none ever did
    sources.title as source_title,  -- title of the source
    sources.owner as supplier,  -- who supplies it
    freshness.owner,  -- who answers for the measure
    freshness.frequency,  -- how often the agreement has it reported: Quarterly or Annual
    freshness.last_period,  -- latest period with a figure; null where none was ever received
    freshness.last_received_on,  -- day on which that became known
    freshness.source_sent_on,  -- day on which anything last came from its source
    freshness.next_period,  -- period of the figure that is overdue, the first of them
    freshness.due_on,  -- last day on which it was in time
    freshness.grace_until,  -- last day of grace
    freshness.periods_missed,  -- periods whose days of grace have gone by without a figure
    freshness.days_overdue,  -- days since it was due
    freshness.state,  -- late while its source still sends, silent when it does not, or never_received
    freshness.note  -- what the workbook says of the figure that is missing
from freshness
left join sources on freshness.source = sources.source
