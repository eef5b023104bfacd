-- For each reporting quarter, the commentary on its measures that was known, and the override where there is one.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        known_by,
    from marts.reporting_quarter
),

texts as (
    select
        report_quarter,
        measure_code,
        commentary,
        override_status,
        override_reason,
        as_at,
        superseded_on,
        sheet_row,
    from marts.commentary
)

select
    quarters.report_quarter,  -- label of the quarter
    texts.measure_code,  -- code of the measure
    string_agg(texts.commentary, chr(10) order by texts.sheet_row) as commentary,  -- its texts in the order of their sheet, a line each
    max(texts.override_status) as override_status,  -- R, A or G that a person put in the place of the computed status
    max(texts.override_reason) as override_reason  -- why
from quarters
inner join texts
    on
        quarters.report_quarter = texts.report_quarter
        and texts.as_at <= quarters.known_by
        and coalesce(quarters.known_by < texts.superseded_on, true)
group by quarters.report_quarter, texts.measure_code
