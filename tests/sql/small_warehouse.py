"""A warehouse in miniature: a few staged rows of every source, corrected editions among them, built as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from pipelines.authorities import STOCKPORT
from pipelines.warehouse.build import build_macro_of, build_model, build_union, open_build
from pipelines.warehouse.inputs import authority_rows
from pipelines.warehouse.models import UNIONS, build_order
from tests.sql.community import community_rows, notes
from tests.sql.finance import finance_rows
from tests.sql.harness import Row, day, dec, models, staged_types
from tests.sql.national_indicators import national_indicator_rows
from tests.sql.plans import plan_rows
from tests.sql.printed_report import printed_rows
from tests.sql.published_editions import published_rows
from tests.sql.staged import corrections, figure, receipts, staged

RATES: dict[str, Row] = {
    "IN.16": {"numerator": "Achieved", "denominator": "Completed"},
    "IN.17": {"numerator": "Completed", "denominator": "Starts"},
    "IN.18": {"numerator": "Achieved", "denominator": "Starts"},
    "IN.19": {"numerator": "Priority area learners", "denominator": "Starts"},
}
"""What rates are made of, in the agreement's words."""


def agreement() -> list[Row]:
    high, low, percent = {"good_performance": "High"}, {"good_performance": "Low"}, {"unit": "%"}
    academic = {"year": "Academic", "rated_on": "Forecast", "forecast_method": "Service forecast"} | high | percent
    rolling = {"year": "Rolling four quarters", "rated_on": "Latest", "forecast_method": "Mean of last four waves"}
    whole = {"year": "Financial", "rated_on": "Year to date", "forecast_method": "Straight line", "unit": "£"}
    measures: list[tuple[str, Row, str | None]] = [
        ("IN.1.2", {"year": "Financial", "rated_on": "Forecast", "forecast_method": "None"} | percent, "27"),
        ("IN.3", whole | high, "100000"),
        ("IN.5", {"year": "Financial", "rated_on": "Forecast", "forecast_method": "None"} | low, None),
        ("IN.12", rolling | percent, None),
        ("IN.14", {"year": "Snapshot", "rated_on": "Latest", "forecast_method": "Last value"} | high, None),
        ("IN.16", academic, "97"),
        ("IN.17", academic, "95"),
        ("IN.18", academic, "93"),
        ("IN.19", academic, "45"),
        ("New measure", whole | high, None),
    ]
    targets_raised: dict[str, dict[str, str]] = {"agreement": {}, "agreement corrected": {"IN.16": "99"}}
    return [
        staged(sha256, number, "2021-22", "2021-04-01", 12, **_agreed(code, columns, target, number))
        for sha256, raised in targets_raised.items()
        for number, (code, columns, first_target) in enumerate(measures, 5)
        for target in [raised.get(code, first_target)]
    ]


def _agreed(code: str, columns: Row, target: str | None, row_number: int) -> Row:
    availability = {"IN.5": "minimise", "IN.12": "none", "IN.14": "maximise", "New measure": "to_be_confirmed"}
    row = {
        "approved_on": "15 June 2021",
        "code": code,
        "measure_name": f"Measure {code}",
        "priority": "1. Sector",
        "category": "Council",
        "unit": "Number",
        "frequency": "Quarterly",
        "owner": "Policy",
        **RATES.get(code, {}),
        **columns,
        **figure("target", None if target is None else dec(target), "K", row_number),
    }
    return row | {"target_availability": availability.get(code, "value")}


def courses() -> list[Row]:
    editions = {"courses 2019": (2019, (100, 90, 80, 40)), "courses 2020": (2020, (120, 115, 108, 48))}
    stages = ("starts", "completed", "achieved", "priority_area_learners")
    rows = []
    for sha256, (first, whole) in editions.items():
        for number, subject in enumerate(("Maths", "English"), 5):
            figures: Row = {"subject": subject, "course": f"{subject} 1"}
            for column, stage, count in zip("CDEF", stages, whole, strict=True):
                figures |= figure(stage, count + number, column, number)
            rows.append(staged(sha256, number, f"{first}-{first - 1999} academic", f"{first}-08-01", 12, **figures))
    return rows


def forecasts() -> list[Row]:
    given = {"forecast": {"IN.16": "94", "IN.19": "41"}, "forecast corrected": {"IN.16": "98", "IN.19": "41"}}
    return [
        staged(sha256, number, "2021-22-Q2", "2021-07-01", 3, measure_code=code, basis="enrolments to date")
        | figure("forecast", dec(value), "B", number)
        for sha256, values in given.items()
        for number, (code, value) in enumerate(values.items(), 3)
    ]


WAVES = {
    "Apr-Jun 2020": ("2020-04-01", "29", "44"),
    "Jul-Sep 2020": ("2020-07-01", "30", "45"),
    "Oct-Dec 2020": ("2020-10-01", "31", "46"),
    "Jan-Mar 2021": ("2021-01-01", "32", "47"),
    "Jan-Mar 2021 corrected": ("2021-01-01", "34", "47"),
    "Apr-Jun 2021": ("2021-04-01", "33", "49"),
}
"""First day of each wave, and who strongly agrees and tends to agree; alike in all areas."""

WITHOUT_GREATER_MANCHESTER = "Oct-Dec 2020"


def responses() -> list[Row]:
    return [
        staged(sha256, number, sha256.removesuffix(" corrected"), start, 3, area=area, response=response, base=500)
        | figure("respondents", dec(share), column, number)
        | {"question": "My local area is a place where people look out for each other"}
        for sha256, (start, strongly, tend) in WAVES.items()
        for area, column in {"Stockport": "H", "Trafford": "J", "Greater Manchester": "L"}.items()
        if (area, sha256) != ("Greater Manchester", WITHOUT_GREATER_MANCHESTER)
        for number, (response, share) in enumerate({"Strongly agree": strongly, "Tend to agree": tend}.items(), 5)
    ]


def sector() -> list[Row]:
    editions = {
        "sector May 2020": ("2020-05", "2020-05-01", "1620"),
        "sector May": ("2021-05", "2021-05-01", "1600"),
        "sector October": ("2021-10", "2021-10-01", "1672"),
    }
    shares = {"Social enterprises (number)": "147", "Social enterprises (% of organisations)": "9"}
    return [
        staged(sha256, number, label, start, 1, indicator=indicator)
        | figure("authority", dec(value), "B", number)
        | figure("greater_manchester", None, "C", number)
        for sha256, (label, start, groups) in editions.items()
        for number, (indicator, value) in enumerate({"Number of VCSE groups": groups, **shares}.items(), 4)
    ]


def grants() -> dict[str, list[Row]]:
    period = ("2021-22-Q2", "2021-04-01", 6)
    spend = [
        staged("grants", number, *period, paid_on=day(paid_on), scheme="COVID Winter Grant", strand=strand)
        | {"recipient": "Citizens Advice", **figure("amount", dec(pounds), "E", number)}
        | {**figure("households", 10, "F", number), **figure("residents", 25, "G", number)}
        for number, (paid_on, strand, pounds) in enumerate(
            [("2021-04-20", "Third sector", "40000"), ("2021-08-03", "Vouchers", "2500.50")], 5
        )
    ]
    allocation = staged("grants", 5, *period, scheme="COVID Winter Grant", funder="DWP", months="Dec 2020 - Mar 2021")
    allocation |= {**figure("allocation", dec("850000"), "D", 5), **figure("national_total", None, "E", 5)}
    outcome = staged("grants", 5, *period, recipient="Citizens Advice", outcome="debt cleared")
    outcome |= figure("outcome_value", dec("12000"), "C", 5)
    return {
        "staged.dwp_grants_spend": spend,
        "staged.dwp_grants_allocations": [allocation],
        "staged.dwp_grants_outcomes": [outcome],
    }


def activity() -> list[Row]:
    period = ("2021-22-Q2", "2021-07-01", 3)
    bound = figure("activity", dec("45"), "C", 3) | {"activity_qualifier": "at_least"}
    return [
        staged("activity", 3, *period, programme="Champions", item="Trained", as_of="Oct 2021", **bound),
        staged("activity", 4, *period, programme="Hub", item="Sessions", as_of="Q2 2021/22")
        | figure("activity", dec("4"), "C", 4),
    ]


def priorities() -> list[Row]:
    return [
        staged(sha256, 3, "2021-22", "2021-04-01", 12, priority_number=1, priority_title="Sector")
        for sha256 in ("agreement", "agreement corrected")
    ]


def texts() -> list[Row]:
    given = {"commentary": ("IN.16; IN.19", "As forecast"), "commentary corrected": ("IN.16;IN.19", "As last forecast")}
    return [
        staged(sha256, 2, "2021-22-Q2", "2021-07-01", 3, measure_codes=codes, kind="Exception", commentary=said)
        | {"override_status": "A", "override_reason": "agreed", "author": "Policy", "approved_on": day("2021-11-04")}
        for sha256, (codes, said) in given.items()
    ]


def decided() -> dict[str, list[Row]]:
    """A quarter that was locked and signed off, and of which one measure was restated."""
    actions = (("lock", ""), ("sign_off", ""), ("erratum", " IN.16 erratum 1"))
    decisions = [
        {"decision_order": order, "action": action, "report_quarter": "2020-21-Q4", "decided_on": day("2021-06-01")}
        | {"role": "Director", "decided_by": "A. Officer", "reason": "agreed", "workbook": f"2020-21-Q4{named}.csv"}
        for order, (action, named) in enumerate(actions, 1)
    ]
    codes = ["IN.1.2", "IN.3", "IN.5", "IN.12", "IN.14", "IN.16", "IN.17", "IN.18", "IN.19", "IN.N1"]
    unrated: Row = {"status_reason": "no_target", "trend_reason": "value_not_available", "known_by": day("2021-05-13")}
    locked = [
        {"decision_order": 1, "measure_code": code, "line_number": number, "measure_name": f"Measure {code}", **unrated}
        for number, code in enumerate(codes, 2)
    ]
    erratum = {"decision_order": 3, "line_number": 2, "value": dec("93"), "known_by": day("2021-05-20")}
    restated: Row = {"measure_code": "IN.16", "measure_name": "Measure IN.16", "value_period": "2020-21 academic"}
    return {
        "staged.quarter_decision": decisions,
        "staged.locked_figure": [*locked, unrated | restated | erratum],
    }


def staged_rows() -> dict[str, Sequence[Row]]:
    """Rows by staged table; one that is not named is empty."""
    return {
        "staged.receipt": receipts(),
        "staged.build": [{"run_date": day("2021-12-01")}],
        "staged.source": [{"source": "sector_support", "months": 3, "year_ends": 3, "due_days": 14, "grace_days": 14}],
        "staged.correction": corrections(),
        "staged.note": notes(),
        "staged.action_plan_actions": plan_rows(),
        "staged.portfolio_agreement_measures": agreement(),
        "staged.portfolio_agreement_priorities": priorities(),
        "staged.continuing_education_courses": courses(),
        "staged.continuing_education_forecast": forecasts(),
        "staged.community_safety_survey_responses": responses(),
        "staged.state_of_the_sector_summary": sector(),
        **grants(),
        **community_rows(),
        **finance_rows(),
        "staged.programme_activity_activity": activity(),
        "staged.commentary_texts": texts(),
        **decided(),
        "staged.authority": authority_rows(STOCKPORT).to_dicts(),
        **published_rows(),
        **national_indicator_rows(),
        **printed_rows(),
    }


def staged_frames() -> dict[str, pl.DataFrame]:
    """These rows as the staged tables, by name; those that no row is of are empty."""
    rows: Mapping[str, Sequence[Row]] = staged_rows()
    return {
        table.removeprefix("staged."): pl.DataFrame(
            [[row.get(name) for name in schema] for row in rows.get(table, ())],
            schema=schema,
            orient="row",
            strict=True,
        )
        for table, schema in staged_types().items()
    }


@contextmanager
def small_warehouse(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse built from these rows as the nightly job builds it."""
    with open_build(folder / "small.duckdb", staged_frames()) as connection:
        for name in build_order(list(models())):
            if name in UNIONS:
                build_union(connection, name, models())
            else:
                build_model(connection, models()[name])
            build_macro_of(connection, name, models())
        yield connection
