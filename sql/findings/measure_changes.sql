-- What the agreements leave open of a measure from one to the next: a series that breaks, a measure that is gone without a
-- word, and one that is said to go on with a measure that there was not.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
history as (
    select
        measure_code,
        measure_name,
        agreement_year,
        change_kind,
        changed,
        previous_code,
        workbook,
        sheet,
        cell,
    from marts.measure_history
    where superseded_on is null
),

replacing as (
    select
        measure_code,
        agreement_year,
        replaces,
    from staging.portfolio_agreement_measure
    where superseded_on is null and replaces is not null
),

judged as (
    select
        history.*,
        case
            when history.change_kind = 'redefined' then 'measure_redefined'
            when history.change_kind = 'retired' then 'measure_no_longer_listed'
            when history.change_kind in ('new', 'first') and replacing.replaces is not null then 'replaces_unknown_measure'
        end as check_name,
        replacing.replaces,
    from history
    left join replacing
        on history.measure_code = replacing.measure_code and history.agreement_year = replacing.agreement_year
)

select
    check_name,  -- what was checked
    measure_code || ', agreement ' || agreement_year as subject,  -- what the finding is about
    case when check_name = 'replaces_unknown_measure' then replaces else measure_name end as published,  -- what was supplied
    changed as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    case check_name
        when 'measure_redefined'
            then
                'It differs from ' || previous_code || ' of the agreement before in: ' || changed
                || '. No trend crosses the break. If only its name changed, its own code in the column Replaces says so.'
        when 'measure_no_longer_listed'
            then
                'The agreement before lists it, and this one neither lists it nor says what replaces it. Its figures stay; '
                || 'if it has another code now, the old one belongs in the column Replaces.'
        else 'It is said to replace a measure that the agreement before does not list, so its series begins anew.'
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from judged
where check_name is not null
