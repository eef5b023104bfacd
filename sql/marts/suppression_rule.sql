-- The rule by which counts of people are suppressed in everything public, in the one place where its threshold stands. It is
-- the usual one of UK public statistics for counts of people in an area (docs/decisions/0027). A count of none is shown.
-- grain: rule
-- key: least_shown
select
    5 as least_shown,  -- the least count of people that is shown; 1 up to one less is suppressed
    'Counts of people from 1 to 4 are suppressed, and so is what they could be worked out from: the rate that they are part of, or another figure of the same total. None is shown as 0.' as rule  -- the rule in words
