-- From which cells of which workbooks does a published figure come, here the achievement rate (IN.18) of 2020-21?
-- One row per cell, with the text that it holds. The numerators' and denominators' amounts add up to those of the figure.
select
    observation.measure_code,
    observation.period_label,
    observation.value,
    observation_origin.role,
    observation_origin.workbook,
    observation_origin.sheet,
    observation_origin.cell,
    observation_origin.cell_text,
    observation_origin.amount,
from marts.observation
inner join marts.observation_origin on observation.origin_id = observation_origin.origin_id
where
    observation.measure_code = 'IN.18'
    and observation.period_label = '2020-21 academic'
    and observation.component = 'total'
    and observation.superseded_on is null
order by observation_origin.role, observation_origin.workbook, observation_origin.sheet, observation_origin.cell
