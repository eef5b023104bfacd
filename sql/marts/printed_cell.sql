-- Cells of the printed report's table of measures beside what the marts have in their place, and whether the two agree.
-- grain: edition x printed cell
-- key: workbook_sha256, as_at, cell
with
cells as (
    select
        measure_code,
        report_quarter,
        printed_column,
        column_year,
        printed_text,
        figures,
        case printed_column when 'year_before' then 1 when 'two_years_before' then 2 end as years_back,
        case
            when printed_column = 'good_performance' then case lower(printed_text) when 'high' then 'high' when 'low' then 'low' else 'none' end
            when printed_column = 'target' and figures[1].value is not null then 'numeric'
            else map_from_entries([
                ('r', 'R'), ('red', 'R'), ('a', 'A'), ('amber', 'A'), ('g', 'G'), ('green', 'G'), ('n/a', 'none'), ('illegible', 'illegible'),
                ('better', 'better'), ('getting better', 'better'), ('worse', 'worse'), ('getting worse', 'worse'), ('stable', 'stable'),
                ('tbc', 'to_be_confirmed'), ('aim to maximise', 'maximise'), ('aim to minimise', 'minimise')
            ])[lower(printed_text)]
        end as reading,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from staging.published_report_cell
),

figures as (
    select
        workbook_sha256,
        as_at,
        cell,
        bool_and(agrees) as all_agree,
    from marts.printed_recomputed
    group by workbook_sha256, as_at, cell
),

year_ends as (
    select
        report_quarter,
        measure_code,
        years_back,
        value,
    from marts.year_end
),

ratings as (
    select
        report_quarter,
        as_at,
        measure_code,
        value,
        status,
        trend,
    from marts.reported_status
),

definitions as (
    select
        report_quarter,
        measure_code,
        polarity,
        target_type,
        target_value,
    from marts.rating_definition
),

placed as (
    select
        cells.*,
        figures.all_agree,
        case cells.printed_column
            when 'current' then ratings.value when 'target' then definitions.target_value else year_ends.value
        end as value,
        case cells.printed_column
            when 'status' then coalesce(ratings.status, 'none') when 'trend' then coalesce(ratings.trend, 'none')
            when 'target' then definitions.target_type when 'good_performance' then definitions.polarity
        end as word,
    from cells
    left join ratings using (report_quarter, as_at, measure_code)
    left join definitions using (report_quarter, measure_code)
    left join year_ends using (report_quarter, measure_code, years_back)
    left join figures using (workbook_sha256, as_at, cell)
)

select
    measure_code,  -- code of the measure; null where the agreement has none so named
    report_quarter,  -- last quarter that the report is about
    printed_column,  -- good_performance, two_years_before, year_before, current, target, status or trend
    column_year,  -- financial year that the column is of
    printed_text,  -- the cell as printed
    reading,  -- what a status, trend, target or word for good performance says; null where that is not known
    value,  -- figure of the marts in that place, in the measure's unit; null where there is none
    word,  -- status, trend, kind of target or polarity of the marts; none where there is none
    case
        when measure_code is null then 'not_compared' when reading = 'illegible' then 'illegible'
        when printed_column = 'target' and reading = 'numeric' and word = 'numeric'
            then case when abs(figures[1].value - value) * 2 <= figures[1].rounds_to then 'agrees' else 'differs' end
        when printed_column in ('status', 'trend', 'target', 'good_performance') then case when reading = word then 'agrees' else 'differs' end
        when len(figures) > 0 and all_agree is null then 'not_compared'
        when coalesce(all_agree, value is null) then 'agrees'
        else 'differs'
    end as outcome,  -- agrees as far as printed, differs, illegible, or not_compared where the marts have no such figure
    as_at,  -- day of publication
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell  -- address of the cell
from placed
