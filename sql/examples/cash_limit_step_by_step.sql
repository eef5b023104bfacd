-- How did the cash limit become what it is: what was reported before, each change with its reason, and the new limit?
-- One row per line of the latest monitoring, in its order; running_pounds is the limit after each line.
select
    edition_period,
    line_number,
    line_kind,
    description,
    amount_pounds,
    running_pounds,
    workbook,
    sheet,
    cell,
from marts.cash_limit_bridge
where superseded_on is null
order by edition_period, line_number
