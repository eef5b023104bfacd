-- An observation stands once: measure, area, period, component, value kind and edition tell it apart.
-- on: marts.observation
-- blocking: yes
select
    measure_code,
    area_code,
    period_label,
    component,
    value_kind,
    edition,
    count(*) as times,
from marts.observation
group by measure_code, area_code, period_label, component, value_kind, edition
having count(*) > 1
