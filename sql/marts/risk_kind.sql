-- Kinds of threats and risks, the gravest first: what each means, and how severe it is.
-- grain: kind
-- key: kind
with
listed (kind_order, kind, severity, kind_title, meaning) as (
    values
    (1, 'red', 'high', 'Rated Red', 'The figure misses its target by more than the tolerance, which is 5% of the target unless the agreement gives another.'),
    (2, 'supply_failure', 'high', 'Supply has failed', 'For two periods running or more nothing was received but ''not available''.'),
    (3, 'silent', 'high', 'Source is silent', 'Figures are overdue, and their source has let two due dates or more go by.'),
    (4, 'never_received', 'high', 'Never received', 'The agreement lists the measure, and no figure of it has ever come.'),
    (5, 'amber', 'medium', 'Rated Amber', 'The figure misses its target by no more than the tolerance.'),
    (6, 'forecast_misses_target', 'medium', 'Forecast misses the target', 'The rating is no Red or Amber, and yet the forecast of the year-end misses the target.'),
    (7, 'worsening', 'medium', 'Getting worse', 'The figure is less favourable than the previous one by more than 1%.'),
    (8, 'late', 'medium', 'Figure is late', 'The days of grace of a figure or file have gone by, while its source still sends.'),
    (9, 'source_overdue', 'medium', 'Other file is overdue', 'A file that brings no measure of the agreement is late, or its source is silent.'),
    (10, 'action_overdue', 'medium', 'Action is overdue', 'The last day that the plan gives the action has gone by, and no edition of the plan says that it was done.'),
    (11, 'successor_worse', 'medium', 'Successor indicator got worse', 'The latest figure of the present-day measure that follows a national indicator is less favourable than the one before by more than 1%.'),
    (12, 'overridden', 'low', 'Better rating put in by hand', 'A person has put a better rating in the place of a Red or Amber that was computed.'),
    (13, 'target_weaker', 'low', 'Target weaker than what was reached', 'The target asks for less than the last outturn that was known when it was approved, or that is known now.'),
    (14, 'forecast_missed', 'low', 'Earlier forecasts missed', 'Earlier forecasts by the same method were out by more than 5% of the outturn, or had the direction wrong.'),
    (15, 'status_not_robust', 'low', 'Rating hangs on rounding', 'The rating would differ for some figure that prints the same.'),
    (16, 'trend_not_robust', 'low', 'Trend hangs on rounding', 'The trend would differ for some figures that print the same.'),
    (17, 'reading_sensitive', 'low', 'Rating hangs on how 5% is read', 'Five percentage points in the place of 5% of the target would give another rating.')
)

select
    cast(kind_order as integer) as kind_order,  -- 1 for the gravest
    kind,  -- name of the kind
    severity,  -- high, medium or low
    kind_title,  -- the kind in words
    meaning  -- when a risk is of this kind
from listed
