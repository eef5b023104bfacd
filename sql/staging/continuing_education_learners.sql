-- Learners of classroom-based courses, counted at each stage. Single courses are illustrative; their sums are published.
-- grain: edition x course x stage
-- key: workbook_sha256, as_at, subject, course, stage
with
courses as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        subject,
        course,
        starts,
        starts_cell,
        starts_text,
        completed,
        completed_cell,
        completed_text,
        achieved,
        achieved_cell,
        achieved_text,
        priority_area_learners,
        priority_area_learners_cell,
        priority_area_learners_text,
    from staged.continuing_education_courses
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'continuing_education'
),

stages as (
    select stage
    from (values ('starts'), ('completed'), ('achieved'), ('priority_area')) as listed (stage)
)

select
    courses.period_label,  -- academic year
    courses.period_start,  -- first day of the academic year
    courses.period_end,  -- first day after the academic year
    courses.subject,  -- subject area
    courses.course,  -- course
    stages.stage,  -- starts, completed, achieved, or priority_area for learners who live in one
    case stages.stage
        when 'starts' then courses.starts
        when 'completed' then courses.completed
        when 'achieved' then courses.achieved
        else courses.priority_area_learners
    end as learners,  -- number of learners
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    courses.workbook,  -- file name
    courses.workbook_sha256,  -- SHA-256 of the file
    courses.sheet,  -- sheet
    case stages.stage
        when 'starts' then courses.starts_cell
        when 'completed' then courses.completed_cell
        when 'achieved' then courses.achieved_cell
        else courses.priority_area_learners_cell
    end as cell,  -- address of the cell
    case stages.stage
        when 'starts' then courses.starts_text
        when 'completed' then courses.completed_text
        when 'achieved' then courses.achieved_text
        else courses.priority_area_learners_text
    end as cell_text  -- text of the cell
from courses
inner join editions
    on
        courses.workbook_sha256 = editions.workbook_sha256
        and courses.workbook = editions.workbook
        and courses.corrections is not distinct from editions.corrections
cross join stages
