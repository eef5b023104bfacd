"""The supplied workbooks by pandas, openpyxl and to_sql, as an analyst would write it; in an environment of its own.

What it makes is a SQLite database through SQLAlchemy, which `to_sql` is most used with and fastest at: every figure
with the cell that it stands in, the texts beside them, and the values of all measures of the portfolio agreement.

It knows where each table of these very workbooks begins, and trusts what stands there. It checks no types, keys, totals
or rules; it refuses nothing and tells nobody; it reads no formats, dates, footnotes or italics; it keeps no receipts,
editions, corrections or provenance of values; it rates nothing, finds nothing that does not fit, and makes no report.
All that is in our time and not in its own.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd  # type: ignore[import-untyped]
from sqlalchemy import create_engine

SHARE = 0.0
"""Stands for the factor of figures that Excel may hold as fractions although they are per cents."""

EACH = "each"
"""Stands for every column of a crosstab but its first."""


class Block(NamedTuple):
    """A table in a sheet: a heading that only its own row of headings has, its figures by factor, its texts.

    units: rows of units between headings and figures. left_out: rows whose first cell matches this are made of others.
    """

    heading: str
    figures: Mapping[str, float] = {}
    texts: tuple[str, ...] = ()
    units: int = 0
    left_out: str | None = None


def _as(factor: float, *headings: str) -> dict[str, float]:
    return dict.fromkeys(headings, factor)


LEARNERS = ("Starts", "Completed", "Achieved", "Learners from priority areas")
LIMIT = ("Previously Reported (Q1.5)", "Increase/ (Reduction)", "Budget at Q2")
OUTTURN = ("Net Cash Limit", "Forecast Net Expenditure", "Forecast Appropriations", "Forecast Outturn")
RESERVES = ('Balance of Reserve/ "Approved Use" £000', 'Planned use of Reserves / "Approved Use" 2021/22 £000')
SAVINGS = "2.3 Portfolio Savings Programme"
RISKS = "Financial implications / risks / barriers"
ACTION = ("Delivery", "Responsibility for delivery", "Target Date", RISKS, "Link to indicator")
PRINTED = ("Good Performance", "2019/20 Actual", "2020/21 Actual", "2021/22 Q2 Interim / Forecast", "2021/22 Target")
COURSES = Block("Starts", _as(1, *LEARNERS), left_out="(?i)(?:total| rate)$")
CROSSTAB = Block("%", _as(1, EACH))

BLOCKS = {
    ("action_plan", "Action plan"): [
        Block("Delivery", texts=ACTION, left_out="^(?:STRATEGIC|OUTCOME|ACTION|Delivery$)|.+ [-–]$")
    ],
    ("commentary", "Commentary"): [Block("Kind", texts=("Commentary",))],
    ("community_safety_survey", "Q5a"): [CROSSTAB],
    ("community_safety_survey", "Q5b"): [CROSSTAB],
    ("community_safety_survey", "Q5c"): [CROSSTAB],
    ("community_safety_survey", "Data"): [Block("Response", _as(100, "Proportion") | _as(1, "Base (n)"))],
    ("continuing_education", "Classroom based"): [COURSES],
    ("continuing_education", "CBL"): [COURSES],
    ("continuing_education", "Forecast"): [Block("PI Code", _as(SHARE, "Forecast 2021/22"))],
    ("dwp_grants", "Allocations"): [Block("Funder", _as(1, "Allocation", "National total"))],
    ("dwp_grants", "Outcomes"): [Block("Outcome", _as(1, "Value"))],
    ("dwp_grants", "Spend"): [
        Block("Strand", _as(1, "Amount (£)", "Households", "Residents supported"), left_out="^Total$")
    ],
    ("finance", "2.1 Cash limit"): [
        Block(LIMIT[0], _as(1e3, *LIMIT), units=1),
        Block("Description", _as(1e6, "£m")),
        Block(OUTTURN[0], _as(1e3, *OUTTURN), units=1),
    ],
    ("finance", "2.2 Reserves"): [Block("To be used for", _as(1e3, *RESERVES))],
    ("finance", "2.3 Savings"): [Block(SAVINGS, texts=(SAVINGS,))],
    ("local_fund", "Register"): [
        Block("Ref", _as(1, "Requested", "Awarded (£)"), ("Ref", "Applicant type", "Decision"))
    ],
    ("national_indicators", "Local figures"): [Block("Area", _as(1, "Value"))],
    ("national_indicators", "Targets"): [Block("Title", _as(1, "2010/11", "2011/12"))],
    ("portfolio_agreement", "Measures"): [Block("PI Code", _as(SHARE, "Target 2021/22"), ("PI Code",))],
    ("portfolio_agreement", "Priorities"): [Block("Title", _as(1, "Priority"))],
    ("programme_activity", "Activity"): [Block("Item", _as(1, "Value"))],
    ("published_report", "Claims in the text"): [Block("Claim", texts=("Claim", "Value"))],
    ("published_report", "Measures as printed"): [Block("PI Code", texts=(*PRINTED, "Status", "Trend"))],
    ("recorded_crime", "Table 1"): [Block("Measure", _as(1, "Count", "Rate per 1,000 population"))],
    ("sector_support", "Events"): [Block("Event", _as(1, "Attendance"), ("Event",))],
    ("sector_support", "Return"): [Block("Item", _as(1, "Value"))],
    ("state_of_the_sector", "Summary"): [
        Block("Stockport", _as(SHARE, "Stockport", "Greater Manchester"), ("Base / note",))
    ],
}
"""Where the tables are, by source and sheet."""

RENAMED = {
    "Enrolments": "Starts",
    "Completers": "Completed",
    "Achievers": "Achieved",
    "Priority area learners": "Learners from priority areas",
    "SMBC": "Stockport",
}
"""Headings by which other editions call the same."""


def read_workbook(path: Path) -> Iterator[pd.DataFrame]:
    """The cells of all tables of a workbook, a row per figure or text, beside what its row says in other columns."""
    sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl", keep_default_na=False, na_values=[""])
    source = path.parent.name
    for sheet, cells in sheets.items():
        for block in BLOCKS.get((source, sheet), []):
            found = long_form(cells, block)
            if source == "community_safety_survey" and sheet != "Data":
                found["Question"] = cells.iloc[1, 0].split("agree or disagree: ")[1]
            if source == "recorded_crime":
                found = pd.concat([population(cells), found])
            yield found.assign(source=source, workbook=path.name, sheet=sheet)


def long_form(cells: pd.DataFrame, block: Block) -> pd.DataFrame:
    """A table's figures and texts one below the other, each with its cell."""
    top = cells.replace(RENAMED).eq(block.heading).any(axis=1).idxmax()
    headings = cells.loc[top].fillna(cells.loc[top - 1]) if top else cells.loc[top]
    headings = headings.replace(RENAMED)
    rows = until_blank(cells.loc[top + 1 + block.units :])
    if block.left_out:
        rows = rows[~rows[0].astype(str).str.contains(block.left_out)]
    figures = [p for p, name in headings.items() if name in block.figures or (EACH in block.figures and p)]
    texts = [p for p, name in headings.items() if name in block.texts]
    beside = {p: name for p, name in headings.items() if p not in figures and isinstance(name, str)}
    wide = rows.assign(**{name: rows[p] for p, name in beside.items()})
    long = wide.melt(
        id_vars=list(beside.values()),
        value_vars=figures + texts,
        var_name="position",
        value_name="said",
        ignore_index=False,
    ).dropna(subset="said")
    long["cell"] = long["position"].map(lambda p: chr(ord("A") + p)) + (long.index + 1).astype(str)
    long["heading"] = long["position"].map(headings)
    is_figure = long["position"].isin(figures)
    factors = long["heading"].map(block.figures).astype(float).fillna(1)
    is_fraction = factors.eq(SHARE) & pd.to_numeric(long["said"], errors="coerce").abs().le(1)
    factors = factors.replace(SHARE, 1).mask(is_fraction, 100)
    long["value"] = (numbers(long["said"]) * factors).where(is_figure)
    return long.assign(is_figure=is_figure).drop(columns="position")


def until_blank(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows above the first that is blank."""
    blank = rows.isna().all(axis=1)
    return rows.loc[: blank.idxmax() - 1] if blank.any() else rows


def population(cells: pd.DataFrame) -> pd.DataFrame:
    """The population that a table of recorded crime names above its headings."""
    said = cells[0][cells[0].str.startswith("Population used", na=False)]
    value = numbers(said)
    cell = "A" + (said.index + 1).astype(str)
    return pd.DataFrame({"said": said, "cell": cell, "heading": "Population", "value": value, "is_figure": True})


def numbers(said: pd.Series) -> pd.Series:
    """What is said as numbers; none of words."""
    parts = said.astype(str).str.extract(r"(-?[\d,]*\.?\d+)\s*([km]?)")
    factors = parts[1].map({"k": 1e3, "m": 1e6}).fillna(1)
    return parts[0].str.replace(",", "").astype(float) * factors.astype(float)


def period_of(workbook: str) -> str:
    """The period that the name of a file states, as `2021-22-Q2`, `2020-21`, `Jul-Sep 2020` or `2021-10`."""
    if found := re.search(r"(\d{4}-\d{2})(?: (Q\d))?", workbook):
        return "-".join(part for part in found.groups() if part)
    if found := re.search(r"[A-Z][a-z]{2}-[A-Z][a-z]{2} \d{4}", workbook):
        return found[0]
    return f"{datetime.strptime(' '.join(Path(workbook).stem.split()[-2:]), '%B %Y'):%Y-%m}"


def measure_values(every: pd.DataFrame) -> pd.DataFrame:
    """The values of the measures: measure_code, area, period, kind, component, value."""
    of = dict(tuple(every[every["is_figure"]].groupby("source")))
    found = [
        survey(of["community_safety_survey"]),
        courses(of["continuing_education"]),
        fund(of["local_fund"]),
        sector(of["sector_support"]),
        groups(of["state_of_the_sector"]),
        crime(of["recorded_crime"]),
    ]
    return pd.concat(found).fillna({"area": "Stockport", "kind": "actual", "component": "total"})


def survey(rows: pd.DataFrame) -> pd.DataFrame:
    """IN.11 to IN.13: those who agree, by area and wave, and the means of four consecutive waves."""
    rows = rows[rows["heading"] != "Base (n)"]
    code = rows["Question"].map(
        lambda said: "IN.11" if "backgrounds" in said else "IN.12" if "look out" in said else "IN.13"
    )
    rows = rows.assign(
        measure_code=code,
        area=rows["Local authority"].fillna(rows["heading"]),
        component=rows["Response"].fillna(rows["%"]).str.lower(),
    )
    rows = rows[rows["component"].isin(["strongly agree", "tend to agree"])]
    key = ["measure_code", "area", "component"]
    total = rows.groupby(["measure_code", "area", "period"], as_index=False)["value"].sum()
    waves = pd.concat([rows[[*key, "period", "value"]], total.assign(component="total")])
    begins = pd.to_datetime(waves["period"].str[:3] + waves["period"].str[-5:], format="%b %Y")
    waves = waves.assign(quarter=begins.dt.to_period("Q")).sort_values([*key, "quarter"])
    series = waves.groupby(key)
    mean = series["value"].rolling(4).mean().droplevel([0, 1, 2])
    consecutive = series["quarter"].shift(3) == waves["quarter"] - 3
    years = waves.assign(value=mean, period="year to " + waves["quarter"].dt.end_time.dt.strftime("%b %Y"))
    return pd.concat([waves, years[consecutive]]).drop(columns="quarter")


def courses(rows: pd.DataFrame) -> pd.DataFrame:
    """IN.16 to IN.19: rates of learners by academic year, and the service's forecasts of them."""
    learners = rows.pivot_table(index="period", columns="heading", values="value", aggfunc="sum")
    rates = pd.DataFrame(
        {
            "IN.16": learners["Achieved"] / learners["Completed"],
            "IN.17": learners["Completed"] / learners["Starts"],
            "IN.18": learners["Achieved"] / learners["Starts"],
            "IN.19": learners["Learners from priority areas"] / learners["Starts"],
        }
    ).dropna()
    actual = (rates * 100).reset_index().melt("period", var_name="measure_code").assign(kind="actual")
    forecast = rows[rows["heading"].str.startswith("Forecast")].rename(columns={"PI Code": "measure_code"})
    found = pd.concat([actual, forecast[["period", "measure_code", "value"]].assign(kind="forecast")])
    return found.assign(period=found["period"].str[:7] + " academic")


def fund(rows: pd.DataFrame) -> pd.DataFrame:
    """IN.1.1, IN.1.2 and the successful applicants by kind: from the registers of whole years."""
    asked = rows[rows["heading"] == "Requested"]
    awards = asked[asked["Decision"] == "Awarded"]
    small = rows[(rows["heading"] == "Awarded (£)") & (rows["value"] < 500)]
    applications, awarded = asked.groupby("period").size(), awards.groupby("period").size()
    kinds = awards.groupby(["period", "Applicant type"]).size().unstack()
    found = pd.DataFrame(
        {
            "IN.1.1": awarded / applications * 100,
            "IN.1.2": small.groupby("period").size() / awarded * 100,
            "IN.N1": kinds["First time"],
            "IN.N2": kinds["Repeat"],
        }
    )
    return found.reset_index().melt("period", var_name="measure_code")


def sector(rows: pd.DataFrame) -> pd.DataFrame:
    """IN.2, IN.3 and the measures of networks and engaged organisations: as stated, events as listed."""
    begins = {"External": "IN.3", "Organisations": "IN.N4", "Community": "IN.N3", "Collaboration": "IN.2"}
    stated = rows.assign(measure_code=rows["Item"].str.split().str[0].map(begins)).dropna(subset="measure_code")
    events = rows.dropna(subset="Event")
    listed = [
        events.groupby(["period", "Event"]).size().rename("value").reset_index().rename(columns={"Event": "component"}),
        events.groupby("period").size().rename("value").reset_index(),
    ]
    return pd.concat([stated[["measure_code", "period", "value"]], pd.concat(listed).assign(measure_code="IN.2")])


def groups(rows: pd.DataFrame) -> pd.DataFrame:
    """IN.14: groups or organisations of the sector, in both areas where they are given; counts of May are interim."""
    counted = rows["Indicator"].fillna(rows["Measure"]).str.match("Number of VCSE (?:groups|organisations)$")
    found = rows[counted].rename(columns={"heading": "area"})
    kind = found["period"].str.endswith("-05").map({True: "interim", False: "actual"})
    return found[["area", "period", "value"]].assign(measure_code="IN.14", kind=kind)


def crime(rows: pd.DataFrame) -> pd.DataFrame:
    """IN.5 to IN.10: offences per 1,000 of the population, and victims of domestic abuse again."""
    codes = {
        "Victim": "IN.6",
        "Violent": "IN.7",
        "Thefts": "IN.8",
        "Anti": "IN.9",
        "Public": "IN.10",
        "Domestic": "IN.5",
    }
    people = rows[rows["heading"] == "Population"].set_index("period")["value"]
    counts = rows[rows["heading"] == "Count"]
    found = counts[["period", "value"]].assign(measure_code=counts["Measure"].str.extract(r"(\w+)")[0].map(codes))
    rate = found["value"] / found["period"].map(people) * 1000
    return found.assign(value=rate.where(found["measure_code"] != "IN.5", found["value"])).dropna(subset="value")


def main(raw: Path, database: Path) -> None:
    """Reads all workbooks and writes the database."""
    every = pd.concat(
        [found for path in sorted(raw.glob("*/*.xlsx")) for found in read_workbook(path)], ignore_index=True
    )
    every["period"] = every["workbook"].map(period_of)
    place = ["source", "workbook", "period", "sheet", "cell", "heading"]
    with create_engine(f"sqlite:///{database}").begin() as connection:
        figures = every.loc[every["is_figure"], [*place, "value"]]
        figures.to_sql("figure", connection, index=False, if_exists="replace")
        texts = every.loc[~every["is_figure"], [*place, "said"]]
        texts.to_sql("text", connection, index=False, if_exists="replace")
        measure_values(every).to_sql("measure_value", connection, index=False, if_exists="replace")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
