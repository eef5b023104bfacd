-- How much of each grant has been paid out, to how many residents, and what is left of it?
-- One row per scheme; allocation = paid + unspent, to the penny.
select
    scheme,
    period_state,
    allocation_pounds,
    paid_pounds,
    unspent_pounds,
    spent_pct,
    payment_count,
    recipient_count,
    residents_count,
    cost_per_resident_pounds,
from marts.grant_scheme
where superseded_on is null
order by allocation_pounds desc, scheme asc
