"""Staged rows of published editions, made up: two forces, three councils, a restated count, years of each calendar."""

from typing import Any

from assets.sources.lait import NEIGHBOURS
from assets.sources.police_force_areas import GROUPS
from tests.sql.harness import Row, dec
from tests.sql.staged import figure, staged

GREATER_MANCHESTER_POLICE = "E23000005"
CHESHIRE_POLICE = "E23000006"
OFFENCES = ("total", *GROUPS)


def published_rows() -> dict[str, list[Row]]:
    """Rows of the staged tables of all published sources."""
    return {
        "staged.population_persons": residents(),
        "staged.police_force_areas_offences": offences(),
        "staged.police_force_areas_rates": rates(),
        "staged.fe_learners_learners": learners(),
        "staged.lait_figures": lait_figures(),
        "staged.lait_dictionary": dictionary(),
        "staged.lait_neighbours": neighbours(),
    }


def residents() -> list[Row]:
    counted = [
        ("E92000001", "ENGLAND", "Country", 560),
        ("E12000002", "NORTH WEST", "Region", 73),
        ("E08000007", "Stockport", "Metropolitan District", 29),
        ("E10000013", "Gloucestershire", "County", 64),
    ]
    return [
        staged("residents", number, "2020-06", "2020-06-01", 1, area_code=code, area_name=name, geography=kind)
        | figure("all_ages", count, "D", number)
        for number, (code, name, kind, count) in enumerate(counted, 9)
    ]


def offences() -> list[Row]:
    return _police({"K04000001": ("ENGLAND AND WALES", 100), **_forces(7), None: ("British Transport Police", 3)})


def rates() -> list[Row]:
    return [
        row | figure("residential_burglary_households", row["total"] and dec("1.5"), "S", row["row_number"])
        for row in _police({"K04000001": ("ENGLAND AND WALES", dec("9.25")), **_forces(dec("7.5"))})
    ]


def _forces(value: Any) -> dict[str | None, tuple[str, Any]]:
    return {
        "E12000002": ("North West", value),
        CHESHIRE_POLICE: ("Cheshire", value),
        GREATER_MANCHESTER_POLICE: ("Greater Manchester", None),
        "E23000037": ("Gloucestershire", value),
    }


def _police(areas: dict[str | None, tuple[str, Any]]) -> list[Row]:
    rows = []
    for number, (code, (name, value)) in enumerate(areas.items(), 7):
        row = staged("offences", number, "year to Dec 2019", "2019-01-01", 12, area_code=code, area_name=name)
        for place, offence in enumerate(OFFENCES):
            row |= figure(offence, value, chr(ord("C") + place), number)
        rows.append(row)
    return rows


def learners() -> list[Row]:
    editions = {
        "learners": {"2019/20": 630, "2020/21 (Aug to Oct)": 120},
        "learners restated": {"2019/20": 1050, "2020/21 (Q3 Aug to Apr)": 700},
    }
    providers = {
        "10006335": "STOCKPORT METROPOLITAN BOROUGH COUNCIL",
        "10004175": "MANCHESTER CITY COUNCIL",
        "10005032": "SALFORD CITY COLLEGE",
    }
    places = [
        (sha256, *place)
        for sha256, years in editions.items()
        for place in enumerate(
            (
                (year, count, ukprn, who)
                for year, count in years.items()
                for ukprn in providers
                for who in GROUPS_OF_LEARNERS
            ),
            2,
        )
    ]
    return [
        learner_row(sha256, number, year, providers[ukprn], ukprn, who, count)
        for sha256, number, (year, count, ukprn, who) in places
    ]


GROUPS_OF_LEARNERS = ("Total", "LLDD - yes")


def learner_row(sha256: str, number: int, year: str, provider: str, ukprn: str, who: str, count: int) -> Row:
    """Learners in education and training; those on apprenticeships are too few to print, nobody asked for tailored."""
    row = staged(sha256, number, "whole series", "1900-01-01", 2400, academic_year=year, provider=provider, ukprn=ukprn)
    row |= {"characteristic": who, **figure("apprenticeships", None, "E", number), "apprenticeships_text": "low"}
    row |= {"apprenticeships_availability": "suppressed", **figure("education_and_training", count, "F", number)}
    row |= {**figure("tailored_learning", None, "", number), "tailored_learning_cell": None}
    return row | figure("community_learning", 0, "G", number)


MEASURES_BY_CALENDAR = {
    "KS2": ("Academic Year", "% of pupils", "High", "2016"),
    "HE_19_FSM": ("Academic Year", "% entered", "High", "2014-15"),
    "16-17 NEET": ("Financial Year", "% of 16 - 17 year olds", "Low", "2019"),
    "FirstYJS": ("Calendar Year", "Rate per 100,000 of 10-17 population", "Low", "2018"),
    "Conceptions": ("Calendar Year", "Rate per 1000 15 - 17 year olds", "Low", "2018"),
    "PriFSM": ("Annual - January", "% of pupils", "NA", "2021"),
    "Attain8": ("Academic Year", "Score per pupil", "High", "2019"),
}
"""Calendar, unit, polarity and the year of the figures, by short name."""

LAIT_AREAS = {"356": "Stockport", "916": "Gloucestershire", "981": "North West", "970": "England", "999": "Barsetshire"}


def lait_figures() -> list[Row]:
    years = {short: year for short, (_, _, _, year) in MEASURES_BY_CALENDAR.items()} | {"NotDefined": "2019"}
    places = [(short, number, area) for short in years for number, area in LAIT_AREAS.items()]
    return [
        staged("lait", row_number, "whole series", "1900-01-01", 2400, measure_short=short, years=years[short])
        | {"area": area, "la_number": la_number, "region": "NA", **figure("figure", dec("24.8"), "E", row_number)}
        for row_number, (short, la_number, area) in enumerate(places, 2)
    ]


def dictionary() -> list[Row]:
    return [
        staged("lait dictionary", number, "dictionary", "1900-01-01", 2400, measure_short=short, measure_code="1")
        | {"measure_name": f"Measure {short}", "topic": "Children", "polarity": polarity, "unit": unit}
        | {"year_type": calendar}
        for number, (short, (calendar, unit, polarity, _)) in enumerate(MEASURES_BY_CALENDAR.items(), 2)
    ]


def neighbours() -> list[Row]:
    nearest = {f"neighbour_{rank}": "916" if rank == 1 else f"{900 + rank}" for rank in NEIGHBOURS}
    closeness = {f"closeness_{rank}": "Very close" for rank in NEIGHBOURS}
    return [
        staged("lait neighbours", 4, "2021-05", "2021-05-01", 1, la_number="356", la_name="Stockport")
        | nearest
        | closeness
    ]
