-- What is suppressed in everything public, for the one reason that may be told: a count of few people, or what one could be
-- worked out from.
-- grain: figure
-- key: table_name, figure_key, figure
select
    table_name,  -- mart that the figure stands in
    figure_key,  -- its row there: the origin_id of an observation, else the columns of its key in words
    figure,  -- its column there
    measure_code,  -- code of the measure, of an observation
    area_code,  -- GSS code, of an observation
    period_label,  -- period, of an observation
    year_type,  -- calendar of the period
    component,  -- total, or a named part of it
    as_at,  -- day on which the figure became known
    'confidential' as reason  -- confidential: a count of few people, or what one could be worked out from
from marts.suppression
