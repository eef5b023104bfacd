"""Makes the figures of a whole country: the same numbers on every machine, by every version of the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

FIRST_QUARTER = "2012-04-01"

_DELIVERY = """
copy (
    with
    quarters as (
        select
            area,
            measure,
            quarter,
            -- products of primes, modulo another: no random generator, whose numbers its version may change
            (area * 7919 + measure * 104729 + quarter * 1299709) * 15485863 % 1000003 as drawn,
        from range({first_area}, {first_area} + {areas}) as areas (area)
        cross join range({measures}) as measures (measure)
        cross join range({quarters}) as quarters (quarter)
    ),

    editions as (
        select
            *,
            cast(date '{first_quarter}' + to_months(cast(3 * quarter as integer)) as date) as period_start,
            unnest(case when drawn % 20 = 0 then [1, 2] else [1] end) as edition,
        from quarters
    )

    select
        printf('E%08d', area) as area_code,
        printf('M%03d', measure) as measure_code,
        cast(year(period_start) * 4 + quarter(period_start) as integer) as quarter_number,
        case when drawn % 33 <> 0 then 50000000 + measure % 40 * 1000000 + drawn % 1009 * 10000 + edition * 100000 end
            as value_millionths,
        cast(period_start + to_months(3 + 12 * (edition - 1)) as date) as as_at,
        case
            when edition = 1 and drawn % 20 = 0 then cast(as_at + to_months(12) as date)
            else date '9999-12-31'
        end as superseded_on,
    from editions
    order by area_code, measure_code, quarter_number, as_at
) to '{path}' (format parquet)
"""
"""One authority's delivery: a value or none for every area, measure and quarter; every twentieth revised a year on."""

_TARGETS = """
copy (
    select
        printf('M%03d', measure) as measure_code,
        cast(case when measure % 3 = 0 then -1 else 1 end as bigint) as polarity_sign,
        55000000 + measure % 40 * 1000000 as target_millionths,
        target_millionths // 20 as tolerance_millionths,
    from range({measures}) as measures (measure)
    order by measure_code
) to '{path}' (format parquet)
"""
"""A target for each measure, whose tolerance is 5% of it; polarity_sign: 1 where high is good, -1 where low is."""


@dataclass(frozen=True)
class Size:
    """How much of a country. areas: of each authority, itself or its wards."""

    authorities: int
    areas: int
    measures: int = 150
    quarters: int = 40

    @property
    def observations(self) -> int:
        """Area, measure and quarter: those with a second edition count once."""
        return self.authorities * self.areas * self.measures * self.quarters


def write_country(folder: Path, size: Size) -> Sequence[Path]:
    """Writes `targets.parquet`, and a Parquet for each authority in order of its areas; returns the latter.

    Columns: area_code, measure_code, quarter_number (four times the calendar year and its quarter), value_millionths
    (in millionths of the measure's unit, so that arithmetic is exact and in whole numbers; null where none was given),
    as_at (first day on which it is known), superseded_on (first day on which it no longer counts). One row per area,
    measure, quarter and edition, in that order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    deliveries = [folder / f"authority_{number:03}.parquet" for number in range(size.authorities)]
    with duckdb.connect() as connection:
        connection.execute(_TARGETS.format(measures=size.measures, path=folder / "targets.parquet"))
        for number, path in enumerate(deliveries):
            connection.execute(
                _DELIVERY.format(
                    first_area=number * size.areas,
                    areas=size.areas,
                    measures=size.measures,
                    quarters=size.quarters,
                    first_quarter=FIRST_QUARTER,
                    path=path,
                )
            )
    return deliveries
